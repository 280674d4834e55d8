"""Checks of a whole catalog; each is a generator of issues with a stable code, and all are reported in one run."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from errdex.authoring.examples import example_issues
from errdex.authoring.reference import disagreement
from errdex.catalog.compile import compile_source, own_prefixes, strip_prefix
from errdex.catalog.compiled import Rules
from errdex.catalog.key_words import key_words, literals
from errdex.catalog.layers import add_ours
from errdex.catalog.model import Entry, Match
from errdex.catalog.source import Place, Source, read
from errdex.catalog.template import OPEN, Hole, Part, compile_parts
from errdex.catalog.words import is_common
from errdex.classifier import Catalog
from errdex.errors import Issue
from errdex.taxonomy import Category

MIN_KEY_LITERAL: Final = 8
MIN_UNSUPPORTED: Final = 24
"""Literal characters below which a message needs `support: required`."""
MIN_COMMON: Final = 40
"""The same where all its words are common."""
MAX_LINES: Final = 420

_PARAM_TYPES: Final = {"int": "int", "number": "float", "duration": "float", "list": "list"}
_FIX_HOLE: Final = re.compile(r"(?<!\{)\{([a-z_][a-z0-9_]*)\}")
_WORD: Final = re.compile(r"[a-z0-9_]+")
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
    whole = source if (root / "http").is_dir() else add_ours(source)
    rules, pages = compile_source(whole)
    issues += example_issues(source, Catalog(Rules(rules), pages))
    return Report(sorted(set(issues)), len(source.entries), examples, broken=False)


def _each(source: Source) -> Iterator[tuple[Entry, Place]]:
    for name, entry in source.entries.items():
        yield entry, source.places[name]


def _templates(entry: Entry) -> Iterator[tuple[Match, tuple[str | int, ...]]]:
    """Yield the items that have a message, each with its path below the entry."""
    for number, message in enumerate(entry.messages):
        yield Match(message=message), ("messages", number)
    for number, item in enumerate(entry.match):
        if item.message is not None:
            yield item, ("match", number, "message")


def _parts(item: Match) -> list[Part]:
    return compile_parts(item.message or "")


def weak_template(source: Source) -> Iterator[Issue]:
    """A template cannot be found fast or safely."""
    for entry, place in _each(source):
        for item, where in _templates(entry):
            template, parts = item.message, _parts(item)
            first = parts[0]
            if isinstance(first, Hole) and first.kind in OPEN:
                yield Issue(
                    place.at(*where),
                    "open-start",
                    f"{template!r} begins with a {first.kind} hole; begin with a literal",
                )
            longest = max(map(len, literals(parts)), default=0)
            if longest < MIN_KEY_LITERAL:
                yield Issue(
                    place.at(*where), "no-key-literal", f"{template!r} has no literal of {MIN_KEY_LITERAL} characters"
                )
            elif not key_words(parts):
                yield Issue(
                    place.at(*where), "no-key-literal", f"{template!r} has no word that stands apart from its holes"
                )


def missing_support(source: Source) -> Iterator[Issue]:
    """A short or common wording would be seen in innocent texts."""
    for entry, place in _each(source):
        if entry.support:
            continue
        for item, where in _templates(entry):
            if len(item.model_fields_set) > 1:
                continue  # a code, field, class or status supports it already
            text = " ".join(literals(_parts(item)))
            size = len(text.strip())
            common = all(is_common(word) for word in _WORD.findall(text))
            if size < MIN_UNSUPPORTED or (size < MIN_COMMON and common):
                words = "common words" if common else "literal text"
                yield Issue(
                    place.at(*where),
                    "support",
                    f"{item.message!r} is {size} characters of {words}; add `support: required`",
                )


def fix_hole(source: Source) -> Iterator[Issue]:
    """A fix uses a value that some message does not have, or a hole has two kinds."""
    for entry, place in _each(source):
        kinds: dict[str, str] = {}
        shown: list[set[str]] = []
        for item, where in _templates(entry):
            holes = [part for part in _parts(item) if isinstance(part, Hole)]
            shown.append({hole.name for hole in holes if hole.kind != "secret"})
            for hole in holes:
                kind = _PARAM_TYPES.get(hole.kind, "str")
                before = kinds.setdefault(hole.name, kind)
                if hole.name != "_" and before != kind:
                    yield Issue(
                        place.at(*where), "hole-kind", f"hole {hole.name!r} gives {kind} here and {before} before"
                    )
        shown += [set() for item in entry.match if item.message is None]
        for name in _FIX_HOLE.findall(entry.fix or ""):
            if not all(name in names for names in shown):
                yield Issue(
                    place.at("fix"), "fix-hole", f"the fix uses {{{name}}}, which not every message of the entry has"
                )


def _wording(source: Source, entry: Entry, item: Match) -> list[str]:
    """Return a message without the names of its holes and without its provider's own prefix."""
    parts = _parts(item)
    provider = source.providers.get(entry.provider)
    if provider:
        strip_prefix(parts, own_prefixes(provider))
    return ["{}" if isinstance(part, Hole) else part for part in parts]


def same_wording(source: Source) -> Iterator[Issue]:
    """Two entries have the same template: one shadows the other, or they belong to two providers and must say so."""
    owners: defaultdict[tuple[str, ...], list[tuple[Entry, tuple[str | int, ...]]]] = defaultdict(list)
    for entry, _ in _each(source):
        for item, where in _templates(entry):
            wording = _wording(source, entry, item)
            owners[(*wording, repr(item.model_copy(update={"message": None})))].append((entry, where))
    for signature, found in owners.items():
        first = found[0][0]
        for entry, where in found[1:]:
            place = source.places[entry.id].at(*where)
            if entry.id == first.id:
                yield Issue(
                    place, "shadowed-message", f"{''.join(map(str, signature[:-1]))!r} stands in this entry twice"
                )
            elif entry.provider == first.provider:
                yield Issue(place, "shadowed-message", f"{first.id} has the same message and shadows this one")
            elif first.id not in entry.same_as and entry.id not in first.same_as:
                yield Issue(place, "same-as", f"{first.id} has the identical wording; name it in `same_as`")


def dangling_id(source: Source) -> Iterator[Issue]:
    """An entry points to an id that does not exist."""
    for entry, place in _each(source):
        for key in ("related", "same_as"):
            for number, name in enumerate(getattr(entry, key)):
                if name not in source.entries:
                    yield Issue(place.at(key, number), "dangling-id", f"no entry {name!r}")
        if entry.replaced_by and entry.replaced_by not in source.entries:
            yield Issue(place.at("replaced_by"), "dangling-id", f"no entry {entry.replaced_by!r}")


def defaults(source: Source) -> Iterator[Issue]:
    """A provider lacks the default of a status that its entries document, or has two."""
    used: defaultdict[str, dict[int, Entry]] = defaultdict(dict)
    given: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry, place in _each(source):
        for status in entry.statuses:
            if status >= 400:
                used[entry.provider].setdefault(status, entry)
        if entry.kind != "default":
            continue
        for item in entry.match:
            given[entry.provider, str(item.status)].append(entry)
        if any(item.status is None for item in entry.match) or entry.messages:
            yield Issue(place.at("match"), "default", "a default matches by status alone: `match: [{status: 404}]`")
    for (_, key), entries in given.items():
        for entry in entries[1:]:
            place = source.places[entry.id]
            yield Issue(place.at("match"), "default", f"{entries[0].id} is the default of status {key} already")
    for provider, statuses in used.items():
        if provider not in source.providers:
            continue  # a user's additions to one of our providers
        for status, entry in statuses.items():
            if (provider, str(status)) not in given:
                place = source.places[entry.id]
                yield Issue(
                    place.at("status"), "default", f"{provider} has no `kind: default` entry for status {status}"
                )


def contradiction(source: Source) -> Iterator[Issue]:
    """A category is not what its status says, and no note explains it."""
    for entry, place in _each(source):
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
    for entry, place in _each(source):
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
    same_wording,
    dangling_id,
    defaults,
    contradiction,
    common_code,
    long_file,
    disagreement,
)
