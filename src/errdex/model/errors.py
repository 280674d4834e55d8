"""Exceptions this package raises, and the places they point to.

ErrdexError
├── CatalogError        a catalog breaks the schema; holds every issue found, each with file, line and column
└── UnknownEntryError   no entry has the id that was asked for

`classify` raises none of them: bad input is an answer, never an exception inside somebody's except block.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple


class Location(NamedTuple):
    """A place in a file; line and column count from 1."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Issue(NamedTuple):
    """One finding about a catalog: where, what, and the stable code of the check that found it."""

    location: Location
    code: str
    message: str
    severity: Literal["error", "warning"] = "error"
    """A warning is about style: what the catalog answers is what its author means."""

    def __str__(self) -> str:
        label = "warning: " if self.severity == "warning" else ""
        return f"{self.location}: {label}{self.message} [{self.code}]"


class ErrdexError(Exception):
    """Root of all exceptions of this package."""


class CatalogError(ErrdexError):
    """A catalog breaks the schema; nothing of it was loaded.

    Attributes:
        issues: Every mistake, each with its place.
    """

    def __init__(self, issues: Sequence[Issue]) -> None:
        super().__init__("\n".join(map(str, issues)))
        self.issues = tuple(issues)


class UnknownEntryError(ErrdexError, LookupError):
    """No entry has this id.

    Attributes:
        entry: What was asked for.
        near: Ids like it.
    """

    def __init__(self, entry: str, near: Sequence[str] = ()) -> None:
        hint = f"; did you mean {', '.join(near)}?" if near else "; `errdex list` shows them all"
        super().__init__(f"no entry {entry!r}{hint}")
        self.entry = entry
        self.near = tuple(near)


def unknown_entry(entry: str, ids: Collection[str]) -> UnknownEntryError:
    """Return the error for an id that is none of these; it names up to three that are like it."""
    from difflib import get_close_matches  # a program seldom asks for an entry that is not there

    near = get_close_matches(entry, ids, n=3, cutoff=0.5) or [name for name in ids if entry.lower() in name][:3]
    return UnknownEntryError(entry, near)
