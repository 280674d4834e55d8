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
    """HTTP status of the raw error as a whole, read from a number or told in words."""
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


class SeenWording(TypedDict):
    """What the wording model says about the words of the raw error."""

    category: str
    probability: float
    """How likely the category is, if this is an error of an LLM API."""
    retry: float
    """How likely a retry is to help."""
    foreign: float
    """How likely this is no error of an LLM API."""
    words: dict[str, float]
    """The features that weigh most for the category (above 0) or against it: words, each cut to its stem, pairs of
    them, kinds of numbers (`#9`), themes (`~money`) and the status (`=429`)."""
    nearest: list[str]
    """Ids of the entries of this category whose messages share most of these words."""


class RankedCandidate(TypedDict):
    """A candidate: an entry, or a category, that may describe the raw error."""

    entry: str | None
    """Id of the entry; None for a category by wording alone."""
    category: str
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
    wording: SeenWording | None
    """What the wording model says; None if it knows too few of the words."""
