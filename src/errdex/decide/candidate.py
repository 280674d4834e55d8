"""Candidates and their total order: a candidate is a possible entry and its support."""

from __future__ import annotations

from errdex.model.category import Basis
from errdex.model.type_names import Final
from errdex.rules import units
from errdex.rules.tables import Entry

FULL, CODE, FAMILY, INSIDE, EXCEPTION, WORDING, GENERIC, DEFAULT, STATUS, CLASS, UNSURE, CONTRADICTED = range(12)
"""Ranks, the best first. A family or shared wording whose status differs from the one seen comes last."""


FINAL: Final = (400, 401, 403, 404, 405, 413, 422)
"""Statuses that speak against a retry: a generic code alone does not outweigh them, and words must be surer."""


class Candidate:
    """A possible entry and its support.

    Attributes:
        rank: 0 full template, 1 specific code, field or detail, 2 family, 3 full template in the middle of a text,
            4 exception, 5 wording, 6 generic code or short message among other sentences, 7 the provider's default for
            the status, 8 http/<status>, 9 http/4xx or http/5xx, 10 wording of which the model is not sure, 11 family or
            shared wording whose status differs from the one seen.
        entry: The entry.
        basis: What supports it.
        cue: Whether a hint or the evidence points to the entry's provider.
        literal: Number of literal characters that matched.
        cut: Whether the text contains only the beginning of the message.
        status: HTTP status that belongs to it.
        values: Values of the holes.
        low: The folded text that contains the message.
        code: The machine code that identifies it.
        probability: How likely it is right, if the wording model says so.
    """

    __slots__ = ("basis", "code", "cue", "cut", "entry", "literal", "low", "probability", "rank", "status", "values")

    def __init__(
        self,
        rank: int,
        entry: Entry,
        basis: Basis,
        cue: bool,
        literal: int,
        cut: bool,
        status: int | None,
        values: units.Values,
        low: str | None,
        code: str | None,
        probability: float | None = None,
    ) -> None:
        self.rank = rank
        self.entry = entry
        self.basis = basis
        self.cue = cue
        self.literal = literal
        self.cut = cut
        self.status = status
        self.values = values
        self.low = low
        self.code = code
        self.probability = probability

    def judged(self, rank: int, probability: float) -> Candidate:
        """Return the same candidate, as the wording model ranks it."""
        return Candidate(
            rank, self.entry, self.basis, self.cue, self.literal, self.cut, self.status, self.values, self.low,
            self.code, probability,
        )  # fmt: skip

    @property
    def order(self) -> tuple[int, bool, bool, int, bool, bool, bool, str]:
        """Sort key; the candidate with the smallest one is the answer."""
        agrees = self.status is not None and self.status in self.entry.statuses
        shared = self.entry.provider == "http"  # preferred if nothing tells providers apart
        is_family = self.entry.kind == "family"
        return self.rank, not self.cue, self.cut, -self.literal, not agrees, not shared, is_family, self.entry.id


def family_rank(entry: Entry, status: int | None) -> int:
    """Return the rank of a family, given the status that was seen."""
    return CONTRADICTED if contradicts(entry, status) else FAMILY


def item_rank(entry: Entry, generic: bool, status: int | None) -> int:
    """Return the rank of a code, field or detail, given the status that was seen."""
    if entry.kind == "family" and contradicts(entry, status):
        return CONTRADICTED
    if generic and entry.retryable and status in FINAL and status not in entry.statuses:
        return CONTRADICTED
    return GENERIC if generic else FAMILY if entry.kind == "family" else CODE


def contradicts(entry: Entry, status: int | None) -> bool:
    """Tell whether the status that was seen is none of the entry's; False if the entry has none, or none was seen."""
    return status is not None and bool(entry.statuses) and status not in entry.statuses
