"""Exceptions that this package raises, and the locations they point to.

ErrdexError
├── CatalogError        a catalog is invalid; lists every issue found, each with file, line and column
├── ScenarioError       a scenario of the wall is invalid; the same
└── UnknownEntryError   no entry has the requested id

`classify` raises none of them: bad input gives an answer, never an exception inside the caller's except block.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Literal, NamedTuple

from errdex.model.printable import printable


class Location(NamedTuple):
    """A position in a file; line and column count from 1."""

    path: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{printable(self.path)}:{self.line}:{self.column}"


class Issue(NamedTuple):
    """A problem in a catalog: where it is, what it is, and the stable code of the check that found it."""

    location: Location
    code: str
    message: str
    severity: Literal["error", "warning"] = "error"
    """A warning is about style: the catalog's answers are still what its author means."""

    def __str__(self) -> str:
        label = "warning: " if self.severity == "warning" else ""
        return f"{self.location}: {label}{printable(self.message)} [{self.code}]"


class ErrdexError(Exception):
    """Base class of this package's exceptions."""


class CatalogError(ErrdexError):
    """A catalog is invalid; none of it was loaded.

    Attributes:
        issues: Every mistake, each with its location.
    """

    def __init__(self, issues: Sequence[Issue]) -> None:
        super().__init__("\n".join(map(str, issues)))
        self.issues = tuple(issues)


class ScenarioError(ErrdexError):
    """A scenario of the wall is invalid; the wall does not start with it.

    Attributes:
        issues: Every mistake, each with its location.
    """

    def __init__(self, issues: Sequence[Issue]) -> None:
        super().__init__("\n".join(map(str, issues)))
        self.issues = tuple(issues)


class UnknownEntryError(ErrdexError, LookupError):
    """No entry has this id.

    Attributes:
        entry: The requested id.
        near: Similar ids.
    """

    def __init__(self, entry: str, near: Sequence[str] = ()) -> None:
        hint = f"; did you mean {', '.join(near)}?" if near else "; `errdex list` shows them all"
        super().__init__(f"no entry {entry!r}{hint}")
        self.entry = entry
        self.near = tuple(near)


def unknown_entry(entry: str, ids: Collection[str]) -> UnknownEntryError:
    """Return the error for an id that is not among `ids`; it names up to three similar ones."""
    from difflib import get_close_matches  # imported here because programs seldom ask for an unknown entry

    near = get_close_matches(entry, ids, n=3, cutoff=0.5) or [name for name in ids if entry.lower() in name][:3]
    return UnknownEntryError(entry, near)
