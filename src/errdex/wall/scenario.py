"""A scenario: rules that say which requests fail and how, as written in YAML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from errdex.wall.order import LONGEST, order

_Path = tuple[str | int, ...]


def _readable(text: str) -> str:
    order(text)
    return text


_Order = Annotated[str, AfterValidator(_readable)]
_Seconds = Annotated[float, Field(ge=0, le=LONGEST)]
_Count = Annotated[int, Field(ge=1, le=1_000_000_000)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class When(_Strict):
    """The requests that a rule is for; all given keys must match."""

    api: Literal["openai", "anthropic", "cohere", "google", "bedrock", "mistral", "groq"] | None = None
    """The API that is called."""
    operation: str | None = None
    """The call, such as chat, messages or embeddings."""
    model: str | None = None
    """The model, with `*` for any characters."""
    key: str | None = None
    """The API key."""
    stream: bool | None = None
    """Whether a stream is asked for."""


class Bucket(_Strict):
    """A limit of requests or tokens that fills up evenly, as providers have them by the minute."""

    requests: _Count | None = None
    """Requests that a full bucket allows at once."""
    tokens: _Count | None = None
    """Tokens that a full bucket allows at once."""
    per: Annotated[float, Field(gt=0, le=86400)] = 60
    """Seconds in which an empty bucket fills up."""
    fail: _Order
    """What a request gets for which too little is left."""
    by: Literal["key", "all"] = "key"
    """Whether each key has a bucket of its own."""

    @model_validator(mode="after")
    def _limits_something(self) -> Bucket:
        if self.requests is None and self.tokens is None:
            raise ValueError("`requests`, `tokens` or both are missing: what the bucket limits")
        return self


class Quota(_Strict):
    """A number of requests for a long time."""

    requests: _Count
    """Requests until it is used up."""
    per: Literal["day", "month"] = "month"
    """When it is full again; a month has 30 days, counted from the first request."""
    fail: _Order
    """What a request gets when it is used up."""
    by: Literal["key", "all"] = "key"
    """Whether each key has a quota of its own."""


class Outage(_Strict):
    """A time in which nothing works."""

    starts: _Seconds = 0
    """Seconds from the start of the scenario."""
    lasts: _Seconds
    """Seconds."""
    do: _Order = "refuse"
    """What a request gets."""


class Slow(_Strict):
    """Answers that take their time."""

    wait: _Seconds = 0
    """Seconds before an answer begins."""
    pace: _Seconds = 0
    """Seconds between the events of a stream."""


KINDS = ("sequence", "shares", "bucket", "quota", "outage", "slow")


class Rule(_Strict):
    """What happens to some requests; exactly one of its kinds."""

    when: When | None = None
    """The requests that it is for; all of them if missing."""
    sequence: Annotated[list[_Order], Field(min_length=1)] | None = None
    """Orders for one request after another."""
    then: Literal["pass", "repeat", "last"] | None = None
    """What follows the sequence: plain answers (the default), the sequence again, or its last order for ever."""
    shares: Annotated[dict[_Order, Annotated[float, Field(gt=0, le=1)]], Field(min_length=1)] | None = None
    """Orders, each with the share of requests that get it."""
    seed: int = 0
    """Which requests of `shares` those are: the same seed gives the same ones."""
    bucket: Bucket | None = None
    """A limit that fills up again evenly."""
    quota: Quota | None = None
    """A number of requests for a day or a month."""
    outage: Outage | None = None
    """A time in which nothing works."""
    slow: Slow | None = None
    """Answers that take their time."""

    @model_validator(mode="after")
    def _is_one_kind(self) -> Rule:
        kinds = [kind for kind in KINDS if getattr(self, kind) is not None]
        if len(kinds) != 1:
            found = f"it has {' and '.join(kinds)}" if kinds else "it has none"
            raise ValueError(f"a rule has exactly one of {', '.join(KINDS)}; {found}")
        if self.then and not self.sequence:
            raise ValueError("`then` belongs to a `sequence`")
        if self.shares and sum(self.shares.values()) > 1 + 1e-9:
            raise ValueError(f"the shares add up to {sum(self.shares.values()):g}, and must not exceed 1")
        return self

    def orders(self) -> Iterator[tuple[_Path, str]]:
        """Yield every order, with its place in the rule."""
        for index, text in enumerate(self.sequence or ()):
            yield ("sequence", index), text
        for text in self.shares or ():
            yield ("shares", text), text
        for kind, key in (("bucket", "fail"), ("quota", "fail"), ("outage", "do")):
            if (part := getattr(self, kind)) is not None:
                yield (kind, key), getattr(part, key)


class Scenario(_Strict):
    """What the wall does with requests that do not say so themselves."""

    rules: list[Rule]
    """Tried in order; the first that does not let a request pass decides."""


def model_of(value: Any) -> Scenario:
    """Return the scenario of a mapping, such as one that a test writes in Python."""
    return Scenario.model_validate(value)
