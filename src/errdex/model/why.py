"""The reasons for an answer, as JSON-serialisable values."""

from __future__ import annotations

from typing import Any, TypedDict


class SeenMessage(TypedDict):
    """A text that may contain a message."""

    text: str
    """Its first 200 characters."""
    known: bool
    """Whether it is the value of a message field, such as a body's `message`."""
    status: int | None
    """HTTP status that belongs to it."""


class SeenEvidence(TypedDict):
    """The evidence read from a raw error."""

    messages: list[SeenMessage]
    status: int | None
    codes: list[str]
    """Machine codes."""
    fields: dict[str, str | int | float | bool]
    """Body fields, by dotted path."""
    exceptions: list[str]
    """Exception classes."""
    providers: list[str]
    """Providers that the raw error points to."""
    headers: dict[str, str]
    """Response headers about retries and rate limits."""


class RankedCandidate(TypedDict):
    """A candidate: an entry that may describe the raw error."""

    entry: str
    """Id of the entry."""
    basis: str
    """The kind of evidence for it."""
    rank: int
    """A smaller rank wins."""
    cue: bool
    """Whether a hint or the raw error points to its provider."""
    literal: int
    """Number of literal characters that matched."""
    status: int | None
    params: dict[str, Any]


class Why(TypedDict):
    """The reasons for an answer."""

    evidence: SeenEvidence | None
    """What was read; None for an exception whose class rules out an API error, such as KeyboardInterrupt."""
    candidates: list[RankedCandidate]
    """The candidates, best first."""
