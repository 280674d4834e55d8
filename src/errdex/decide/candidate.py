"""One entry that a raw error may be, with what speaks for it: the total order of candidates."""

from __future__ import annotations

from typing import NamedTuple

from errdex.model.category import Basis
from errdex.rules import units
from errdex.rules.compiled import Entry

FULL, CODE, FAMILY, GENERIC, EXCEPTION, DEFAULT, STATUS, CLASS, CONTRADICTED = range(9)
"""Ranks. A family of another status than the one seen comes after everything."""


class Candidate(NamedTuple):
    """One entry that a raw error may be, with what speaks for it."""

    rank: int
    """0 full template, 1 specific code, field or detail, 2 family, 3 generic code, 4 exception, 5 default of the status
    at its provider, 6 http/<status>, 7 http/4xx or http/5xx, 8 a family or shared wording whose status differs from the
    one seen."""
    entry: Entry
    basis: Basis
    cue: bool
    """A hint or the text points to the entry's provider."""
    literal: int
    """Literal characters that matched."""
    cut: bool
    """The text shows only the beginning of the message."""
    status: int | None
    """The status that belongs to it."""
    values: units.Values
    low: str | None
    """The folded text that holds the message."""
    code: str | None

    @property
    def order(self) -> tuple[int, bool, bool, int, bool, bool, str]:
        """The smallest is the answer."""
        agrees = self.status is not None and self.status in self.entry.statuses
        shared = self.entry.provider == "http"  # where nothing tells providers apart
        return self.rank, not self.cue, self.cut, -self.literal, not agrees, not shared, self.entry.id


def family_rank(entry: Entry, status: int | None) -> int:
    """Return the rank of a family beside the status that was seen."""
    return CONTRADICTED if contradicts(entry, status) else FAMILY


def item_rank(entry: Entry, generic: bool, status: int | None) -> int:
    """Return the rank of a code, field or detail beside the status that was seen."""
    if entry.kind == "family" and contradicts(entry, status):
        return CONTRADICTED
    return GENERIC if generic else FAMILY if entry.kind == "family" else CODE


def contradicts(entry: Entry, status: int | None) -> bool:
    """Tell whether an entry has statuses, and the one that was seen is another."""
    return status is not None and bool(entry.statuses) and status not in entry.statuses
