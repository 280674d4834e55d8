"""The checks of a catalog; each yields issues with a stable code, and all are reported in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from errdex.authoring.common_words import is_common
from errdex.authoring.compiler import compile_source
from errdex.authoring.overlay import add_ours, read_over
from errdex.authoring.source import PROVIDER, Source
from errdex.classifier.catalog import Catalog
from errdex.lint.cut_values import cut_value
from errdex.lint.example_checks import example_issues
from errdex.lint.reference import disagreement
from errdex.lint.style_checks import (
    bare_seconds,
    contradiction,
    long_file,
    odd_length,
    redundant_course,
    redundant_retryable,
)
from errdex.lint.template_checks import (
    each,
    fix_hole,
    is_built_in,
    missing_support,
    param_name,
    same_wording,
    weak_template,
)
from errdex.lint.unmatchable import unmatchable, unmatchable_head
from errdex.model.errors import Issue
from errdex.rules import compiled
from errdex.rules.compiled import Rules

_RESERVED: Final = ("example.com", "example.org", "example.net", ".example", ".test", ".invalid")
"""Endings of host names that nobody can visit (RFC 2606)."""


class Report(NamedTuple):
    """What lint found."""

    issues: list[Issue]
    entries: int
    examples: int
    broken: bool
    """Whether the issues are mistakes that keep the catalog from being loaded; the other checks were not run then."""

    @property
    def errors(self) -> int:
        """The number of issues that are not just warnings."""
        return sum(issue.severity == "error" for issue in self.issues)


def lint(root: Path) -> Report:
    """Check the catalog in a folder: a user's on top of the built-in one, or the built-in one itself.

    It is broken if and only if `Catalog.load` raises: both use the mistakes found by `read_over`.
    """
    source, issues = read_over(root)
    examples = sum(len(entry.examples) + len(entry.counterexamples) for entry in source.entries.values())
    if issues:
        return Report(issues, len(source.entries), examples, broken=True)
    for check in CHECKS:
        issues += check(source)
    rules, pages = compile_source(source if is_built_in(source) else add_ours(source))
    issues += example_issues(source, Catalog(Rules(rules), pages))
    return Report(sorted(set(issues)), len(source.entries), examples, broken=False)


def missing_provider(source: Source) -> Iterator[Issue]:
    """A folder of entries has no provider.yaml and is not a built-in provider."""
    known = {*source.providers, *_ours(source, "providers")}
    for entry, place in each(source):
        name = entry.provider
        if name not in known:
            known.add(name)
            near = get_close_matches(name, known - {name}, n=1)
            hint = f"; or did you mean the provider `{near[0]}`?" if near else ""
            content = f"{{provider: {name}, name: {name.title()}, docs: 'https://example.com/'}}"
            message = f"nothing describes the provider `{name}`; write {source.root / name / PROVIDER}: {content}{hint}"
            yield Issue(place.at("id"), "no-provider", message)


def missing_example(source: Source) -> Iterator[Issue]:
    """An entry has no example to test it."""
    for entry, place in each(source):
        if entry.kind != "guide" and not entry.examples:
            yield Issue(place.at("id"), "no-example", "`examples` is missing: add at least one text as seen")


def missing_origin(source: Source) -> Iterator[Issue]:
    """An entry of the built-in catalog does not name its sources; a user's own entry need not."""
    if not is_built_in(source):
        return
    for entry, place in each(source):
        for key in ("provenance", "sources", "verified"):
            if not getattr(entry, key):
                yield Issue(place.at("id"), "no-origin", f"`{key}` is missing: built-in entries must show their origin")
        for number, url in enumerate(entry.sources):
            host = urlsplit(str(url)).hostname or ""
            if host.endswith(_RESERVED):
                message = f"{host} is a name for documentation: give the address where the error was seen"
                yield Issue(place.at("sources", number), "no-origin", message)


def dangling_id(source: Source) -> Iterator[Issue]:
    """An entry refers to an id that does not exist."""
    known = {*source.entries, *_ours(source, "entries")}
    for entry, place in each(source):
        for key in ("related", "same_as"):
            for number, name in enumerate(getattr(entry, key)):
                if name not in known:
                    yield Issue(place.at(key, number), "dangling-id", f"no entry {name!r}")
        if entry.replaced_by and entry.replaced_by not in known:
            yield Issue(place.at("replaced_by"), "dangling-id", f"no entry {entry.replaced_by!r}")


def _ours(source: Source, what: str) -> Set[str]:
    """Return the ids of the built-in entries or providers beneath a user's catalog."""
    return frozenset() if is_built_in(source) else _built_in_ids(what)


@cache
def _built_in_ids(what: str) -> Set[str]:
    return frozenset(compiled.read_pages()[what])


def missing_default(source: Source) -> Iterator[Issue]:
    """A built-in provider has no default for a status that its entries document."""
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


def common_code(source: Source) -> Iterator[Issue]:
    """A machine code is an ordinary word, which would be found everywhere."""
    for entry, place in each(source):
        for number, item in enumerate(entry.match):
            if item.code and item.code.isalpha() and is_common(item.code.lower()):
                yield Issue(
                    place.at("match", number, "code"),
                    "common-code",
                    f"{item.code!r} is an ordinary word; match it as a `field` instead",
                )


CHECKS: Final[tuple[Callable[[Source], Iterator[Issue]], ...]] = (
    cut_value,
    missing_provider,
    missing_example,
    missing_origin,
    weak_template,
    unmatchable,
    unmatchable_head,
    missing_support,
    fix_hole,
    param_name,
    same_wording,
    dangling_id,
    missing_default,
    contradiction,
    common_code,
    redundant_retryable,
    redundant_course,
    odd_length,
    bare_seconds,
    long_file,
    disagreement,
)
