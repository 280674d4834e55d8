"""Lint's checks of templates: whether they are fast and safe to find, and belong to one entry."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from errdex.authoring.cjk import characters, weight
from errdex.authoring.common_words import is_common
from errdex.authoring.compiler import strip_prefix
from errdex.authoring.key_words import key_words, literals
from errdex.authoring.nodes import Place
from errdex.authoring.param_vocabulary import MEANINGS, TYPES, fits, type_name, type_of
from errdex.authoring.provider_tables import own_prefixes
from errdex.authoring.schema import Entry, Match
from errdex.authoring.source import Source
from errdex.authoring.template import Hole, Part, compile_parts
from errdex.model.errors import Issue
from errdex.rules.holes import OPEN

MIN_KEY_LITERAL: Final = 8
"""Latin letters that the longest literal must weigh; a Chinese character weighs more than one."""
MIN_UNSUPPORTED: Final = 24
"""The same for all literals of a message without `support: required`: nine Chinese characters."""
MIN_COMMON: Final = 40
"""The same if all its words are common."""

_FIX_HOLE: Final = re.compile(r"(?<!\{)\{([a-z_][a-z0-9_]*)\}")
_WORD: Final = re.compile(r"[a-z0-9_]+")


def each(source: Source) -> Iterator[tuple[Entry, Place]]:
    """Yield every entry and its place."""
    for name, entry in source.entries.items():
        yield entry, source.places[name]


def templates(entry: Entry) -> Iterator[tuple[Match, tuple[str | int, ...]]]:
    """Yield the items that have a message, each with its path below the entry."""
    for number, message in enumerate(entry.messages):
        yield Match(message=message), ("messages", number)
    for number, item in enumerate(entry.match):
        if item.message is not None:
            yield item, ("match", number, "message")


def _parts(item: Match) -> list[Part]:
    return compile_parts(item.message or "")


def weak_template(source: Source) -> Iterator[Issue]:
    """A template cannot be found quickly or safely."""
    for entry, place in each(source):
        for item, where in templates(entry):
            template, parts = item.message, _parts(item)
            first = parts[0]
            if isinstance(first, Hole) and first.kind in OPEN:
                yield Issue(
                    place.at(*where),
                    "open-start",
                    f"{template!r} begins with a {first.kind} hole; begin with a literal",
                )
            longest = max(map(weight, literals(parts)), default=0)
            if longest < MIN_KEY_LITERAL:
                yield Issue(
                    place.at(*where),
                    "no-key-literal",
                    f"{template!r} has no literal of {MIN_KEY_LITERAL} characters or more (of 3 in Chinese)",
                )
            elif not key_words(parts):
                yield Issue(place.at(*where), "no-key-literal", f"{template!r} has no word that touches no hole")


def missing_support(source: Source) -> Iterator[Issue]:
    """A short or common wording would be found in innocent texts."""
    for entry, place in each(source):
        if entry.support:
            continue
        for item, where in templates(entry):
            if len(item.model_fields_set) > 1:
                continue  # a code, field, class or status already supports it
            text = " ".join(literals(_parts(item)))
            size = weight(text.strip())
            common = all(is_common(word) for word in _WORD.findall(text)) and not characters(text)
            if size < MIN_UNSUPPORTED or (size < MIN_COMMON and common):
                words = "common words" if common else "literal text"
                yield Issue(
                    place.at(*where),
                    "support",
                    f"{item.message!r} is {len(text.strip())} characters of {words}; add `support: required`",
                )


def fix_hole(source: Source) -> Iterator[Issue]:
    """A fix uses a value that some message does not have, or a hole has two types."""
    for entry, place in each(source):
        kinds: dict[str, str] = {}
        shown: list[set[str]] = []
        for item, where in templates(entry):
            holes = [part for part in _parts(item) if isinstance(part, Hole)]
            shown.append({hole.name for hole in holes if hole.kind != "secret" and hole.name != "_"})
            for hole in holes:
                kind = type_name(type_of(hole.kind))
                before = kinds.setdefault(hole.name, kind)
                if hole.name != "_" and before != kind:
                    yield Issue(
                        place.at(*where), "hole-kind", f"hole {hole.name!r} gives {kind} here, but {before} earlier"
                    )
        shown += [set() for item in entry.match if item.message is None]
        for name in _FIX_HOLE.findall(entry.fix or ""):
            if not all(name in names for names in shown):
                yield Issue(
                    place.at("fix"), "fix-hole", f"the fix uses {{{name}}}, which not every message of the entry has"
                )


def param_name(source: Source) -> Iterator[Issue]:
    """A hole's name is not in the vocabulary of params, or has values of another type there."""
    for entry, place in each(source):
        for item, where in templates(entry):
            for hole in _parts(item):
                if not isinstance(hole, Hole) or hole.name == "_" or hole.kind == "secret":
                    continue
                if hole.name not in MEANINGS and is_built_in(source):
                    near = get_close_matches(hole.name, MEANINGS, n=1)
                    hint = f"; did you mean {near[0]!r}?" if near else ""
                    yield Issue(place.at(*where), "param-name", f"param {hole.name!r} is not in the vocabulary{hint}")
                if not fits(hole.name, hole.kind):
                    known, got = type_name(TYPES[hole.name]), type_name(type_of(hole.kind))
                    message = f"param {hole.name!r} is {known} everywhere; a hole of kind {hole.kind} gives {got}"
                    yield Issue(place.at(*where), "param-type", message)


def is_built_in(source: Source) -> bool:
    """Tell whether this is the built-in catalog: only that one has a provider `http`."""
    return "http" in source.providers


def _wording(source: Source, entry: Entry, item: Match) -> list[str]:
    """Return a message's parts without its holes' names and its provider's prefix."""
    parts = _parts(item)
    provider = source.providers.get(entry.provider)
    if provider:
        strip_prefix(parts, own_prefixes(provider))
    return ["{}" if isinstance(part, Hole) else part for part in parts]


def same_wording(source: Source) -> Iterator[Issue]:
    """Two entries have the same template: one shadows the other, or they belong to two providers and must say so."""
    owners: defaultdict[tuple[str, ...], list[tuple[Entry, tuple[str | int, ...]]]] = defaultdict(list)
    for entry, _ in each(source):
        for item, where in templates(entry):
            wording = _wording(source, entry, item)
            owners[(*wording, repr(item.model_copy(update={"message": None})))].append((entry, where))
    for signature, found in owners.items():
        first = found[0][0]
        for entry, where in found[1:]:
            place = source.places[entry.id].at(*where)
            if entry.id == first.id:
                yield Issue(place, "shadowed-message", f"{''.join(map(str, signature[:-1]))!r} is in this entry twice")
            elif entry.provider == first.provider:
                yield Issue(place, "shadowed-message", f"{first.id} has the same message and shadows this one")
            elif first.id not in entry.same_as and entry.id not in first.same_as:
                message = f"{first.id} has the same wording; list it in `same_as`"
                yield Issue(place, "same-as", message, "warning")
