"""What stands behind an answer, as plain JSON-ready values."""

from __future__ import annotations

from typing import Any, TypedDict


class SeenMessage(TypedDict):
    """A text that may hold a message."""

    text: str
    """Its first 200 characters."""
    known: bool
    """Whether it stood where messages stand, such as in a body's `message`."""
    status: int | None
    """The status that belongs to it."""


class SeenEvidence(TypedDict):
    """What was read from a raw error."""

    messages: list[SeenMessage]
    status: int | None
    codes: list[str]
    """Machine codes."""
    fields: dict[str, str | int | float | bool]
    """Values of the body, by dotted path."""
    exceptions: list[str]
    """Exception classes."""
    providers: list[str]
    """Those that the text points to."""
    headers: dict[str, str]
    """Those that say how long to wait."""


class RankedCandidate(TypedDict):
    """An entry that the raw error may be."""

    entry: str
    """Its id."""
    basis: str
    """What speaks for it."""
    rank: int
    """The smaller wins."""
    cue: bool
    """Whether a hint or the text points to its provider."""
    literal: int
    """Literal characters of its message that were found."""
    status: int | None
    params: dict[str, Any]


class Why(TypedDict):
    """What stands behind an answer."""

    evidence: SeenEvidence | None
    """What was read; None for what is no API error by its class, such as KeyboardInterrupt."""
    candidates: list[RankedCandidate]
    """The entries that it may be, best first."""
