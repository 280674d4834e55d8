"""Lint's checks of style: warnings about wording and structure that affect no answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from errdex.authoring.nodes import Place
from errdex.authoring.param_vocabulary import DURATIONS
from errdex.authoring.source import Source
from errdex.authoring.values import MAX_FIX, MAX_TITLE
from errdex.lint.template_checks import each
from errdex.model.category import Category
from errdex.model.errors import Issue
from errdex.model.scope import Action

MIN_MEANING: Final = 10
"""Characters below which a meaning is too short to say anything."""
MAX_LINES: Final = 420

# The categories that a status may have without a note; a status that is not listed may have any.
_PLAUSIBLE: Final[dict[int, frozenset[Category]]] = {
    401: frozenset({Category.AUTHENTICATION}),
    402: frozenset({Category.BILLING}),
    404: frozenset({Category.NOT_FOUND}),
    429: frozenset({Category.RATE_LIMIT, Category.QUOTA, Category.BILLING}),
    500: frozenset({Category.SERVER_ERROR}),
    502: frozenset({Category.SERVER_ERROR, Category.OVERLOADED, Category.CONNECTION}),
    503: frozenset({Category.OVERLOADED, Category.NOT_READY, Category.SERVER_ERROR}),
    504: frozenset({Category.TIMEOUT}),
}


def redundant_retryable(source: Source) -> Iterator[Issue]:
    """An entry repeats the verdict of its category."""
    for entry, place in each(source):
        if entry.category is not None and entry.retryable is entry.category.retryable:
            message = f"`retryable` repeats the default of {entry.category}; leave it out"
            yield Issue(place.at("retryable"), "redundant-retryable", message, "warning")


def redundant_course(source: Source) -> Iterator[Issue]:
    """An entry repeats the scope or action of its category, or asks for a retry that its verdict rules out."""
    for entry, place in each(source):
        if entry.category is None:
            continue
        retryable = entry.category.retryable if entry.retryable is None else entry.retryable
        defaults = {"scope": entry.category.scope, "action": entry.category.action_for(retryable)}
        for key, default in defaults.items():
            if getattr(entry, key) is default:
                message = f"`{key}` repeats the default of {entry.category}, `{default}`; leave it out"
                yield Issue(place.at(key), f"redundant-{key}", message, "warning")
        if entry.action is Action.RETRY and not retryable:
            message = "`action: retry` contradicts the verdict, by which a retry cannot help"
            yield Issue(place.at("action"), "contradiction", message, "warning")


def odd_length(source: Source) -> Iterator[Issue]:
    """A text is too long for where it is shown, or too short to say anything."""
    for entry, place in each(source):
        for key, text, most in (("title", entry.title, MAX_TITLE), ("fix", entry.fix or "", MAX_FIX)):
            if len(text) > most:
                message = f"`{key}` has {len(text)} characters; at most {most} fit where it is shown"
                yield Issue(place.at(key), f"long-{key}", message, "warning")
        if len(entry.meaning) < MIN_MEANING:
            message = "`meaning` is too short to say what happened"
            yield Issue(place.at("meaning"), "short-meaning", message, "warning")


def bare_seconds(source: Source) -> Iterator[Issue]:
    """A fix shows a duration, which is filled in as a number, without its unit."""
    for entry, place in each(source):
        for name in re.findall(r"\{([a-z_]+)\}(?! s\b| seconds)", entry.fix or ""):
            if name in DURATIONS:
                message = f"{{{name}}} is filled in as a number; write ` seconds` behind it"
                yield Issue(place.at("fix"), "bare-seconds", message, "warning")


def contradiction(source: Source) -> Iterator[Issue]:
    """A category is unusual for its status, and no note explains it."""
    for entry, place in each(source):
        if entry.category is None or entry.note or entry.kind == "default":
            continue
        for status in entry.statuses:
            if status in _PLAUSIBLE and entry.category not in _PLAUSIBLE[status]:
                message = f"status {status} is not usually {entry.category}; explain it in a `note`"
                yield Issue(place.at("category"), "contradiction", message, "warning")


def long_file(source: Source) -> Iterator[Issue]:
    """A file is too long to navigate."""
    for path in source.files:
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > MAX_LINES:
            yield Issue(Place(str(path)).at(), "long-file", f"{lines} lines; split the file by topic", "warning")
