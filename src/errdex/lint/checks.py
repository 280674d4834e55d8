"""Checks of a whole catalog; each is a generator of issues with a stable code, and all are reported in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from errdex.authoring.common_words import is_common
from errdex.authoring.compiler import compile_source
from errdex.authoring.overlay import add_ours
from errdex.authoring.source import Place, Source, read
from errdex.classifier.catalog import Catalog
from errdex.lint.examples import example_issues
from errdex.lint.reference import disagreement
from errdex.lint.template_checks import (
    each,
    fix_hole,
    is_built_in,
    missing_support,
    param_name,
    same_wording,
    weak_template,
)
from errdex.model.category import Category
from errdex.model.errors import Issue
from errdex.rules.compiled import Rules

MAX_LINES: Final = 420

# What a status may mean without a note; a status that is not here may mean anything.
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


class Report(NamedTuple):
    """What lint found."""

    issues: list[Issue]
    entries: int
    examples: int
    broken: bool
    """The YAML could not be loaded; the checks across entries did not run."""


def lint(root: Path) -> Report:
    """Check the catalog in a folder; a folder without `http/` is checked as a user's catalog over ours."""
    source, issues = read(root)
    examples = sum(len(entry.examples) + len(entry.counterexamples) for entry in source.entries.values())
    if issues:
        return Report(issues, len(source.entries), examples, broken=True)
    for check in CHECKS:
        issues += check(source)
    whole = source if is_built_in(source) else add_ours(source)
    rules, pages = compile_source(whole)
    issues += example_issues(source, Catalog(Rules(rules), pages))
    return Report(sorted(set(issues)), len(source.entries), examples, broken=False)


def dangling_id(source: Source) -> Iterator[Issue]:
    """An entry points to an id that does not exist."""
    for entry, place in each(source):
        for key in ("related", "same_as"):
            for number, name in enumerate(getattr(entry, key)):
                if name not in source.entries:
                    yield Issue(place.at(key, number), "dangling-id", f"no entry {name!r}")
        if entry.replaced_by and entry.replaced_by not in source.entries:
            yield Issue(place.at("replaced_by"), "dangling-id", f"no entry {entry.replaced_by!r}")


def missing_default(source: Source) -> Iterator[Issue]:
    """A provider of the built-in catalog lacks the default of a status that its entries document."""
    if not is_built_in(source):
        return  # a user's entries fall back on `http/`
    defaults = {name for name, entry in source.entries.items() if entry.kind == "default"}
    for entry, place in each(source):
        for status in entry.statuses:
            default = f"{entry.provider}/{status}"
            if status >= 400 and default not in defaults:
                defaults.add(default)
                message = f"{entry.provider} has no row for status {status} in its statuses.yaml"
                yield Issue(place.at("status"), "default", message)


def contradiction(source: Source) -> Iterator[Issue]:
    """A category is not what its status says, and no note explains it."""
    for entry, place in each(source):
        if entry.category is None or entry.note or entry.kind == "default":
            continue
        for status in entry.statuses:
            if status in _PLAUSIBLE and entry.category not in _PLAUSIBLE[status]:
                yield Issue(
                    place.at("category"),
                    "contradiction",
                    f"status {status} is not usually {entry.category}; say in a `note` why it is here",
                )


def common_code(source: Source) -> Iterator[Issue]:
    """A machine code is an ordinary word, and would be seen everywhere."""
    for entry, place in each(source):
        for number, item in enumerate(entry.match):
            if item.code and item.code.isalpha() and is_common(item.code.lower()):
                yield Issue(
                    place.at("match", number, "code"),
                    "common-code",
                    f"{item.code!r} is an ordinary word; write it as a `field`",
                )


def long_file(source: Source) -> Iterator[Issue]:
    """A file is too long to find one's way in."""
    for path in source.files:
        lines = path.read_text(encoding="utf-8").count("\n")
        if lines > MAX_LINES:
            yield Issue(Place(str(path)).at(), "long-file", f"{lines} lines; split it by topic")


CHECKS: Final[tuple[Callable[[Source], Iterator[Issue]], ...]] = (
    weak_template,
    missing_support,
    fix_hole,
    param_name,
    same_wording,
    dangling_id,
    missing_default,
    contradiction,
    common_code,
    long_file,
    disagreement,
)
