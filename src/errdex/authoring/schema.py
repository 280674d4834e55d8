"""The structure of a catalog's YAML; the JSON Schema is generated from these classes."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from errdex.authoring.values import (
    MAX_FIX,
    MAX_TITLE,
    Cue,
    Head,
    Id,
    Line,
    Scalar,
    Status,
    StatusClass,
    Template,
    Url,
    has_word,
)
from errdex.model.category import Category
from errdex.model.scope import Action, Scope


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)


class Match(_Strict):
    """One way to recognise the entry; all given keys must match."""

    message: Template | None = None
    """Template of the message."""
    status: Status | StatusClass | None = None
    """HTTP status, or 4xx or 5xx."""
    code: Cue | None = None
    """Machine code or type in the body."""
    generic: bool = False
    """The code or message says no more than a status does (`server_error`, `Provider returned error`), so a family, a
    specific code and any other words outrank it."""
    exception: Cue | None = None
    """Exception class, or the end of its dotted path."""
    field: dict[str, Scalar] | None = Field(default=None, min_length=1)
    """Fields of the body: dotted path to value."""
    header: dict[str, str] | None = Field(default=None, min_length=1)
    """Response headers: name to value, `present` or `absent`."""
    detail: dict[str, Template] | None = Field(default=None, min_length=1)
    """Keys at any depth of the body, with templates for their values."""

    @model_validator(mode="after")
    def _not_empty(self) -> Match:
        if not self.model_fields_set:
            raise ValueError("an item of `match` needs at least one key")
        if self.generic and self.code is None and self.message is None:
            raise ValueError("`generic` needs a `code` or a `message`")
        if not all(has_word(path.rpartition(".")[2]) for path in (*(self.field or ()), *(self.detail or ()))):
            raise ValueError("the name of a field needs a letter or a digit")
        return self


class Example(_Strict):
    """A text as seen, with whatever else was known."""

    raw: Annotated[str, StringConstraints(min_length=1)]
    """The text."""
    status: Status | None = None
    """HTTP status given as a hint."""
    code: str | None = None
    """Machine code given as a hint."""
    headers: dict[str, str] | None = None
    """Response headers given as a hint."""
    provider: str | None = None
    """Provider given as a hint."""
    params: dict[str, int | float | str | list[str]] | None = None
    """Values that the holes must yield."""


class Entry(_Strict):
    """One error, or a guide page."""

    id: Id
    """Stable name `provider/slug`, also the address of the page. Never reused."""
    title: Annotated[Line, Field(json_schema_extra={"maxLength": MAX_TITLE})]
    """The error in one line, from the caller's side."""
    kind: Literal["error", "family", "default", "guide"] = "error"
    """family: wordings not listed yet; default: a bare status; guide: a page without a verdict."""
    status: Status | list[Status] | None = None
    """Documented HTTP status: a fact and a tie-breaker, never a condition."""
    category: Category | None = None
    """What went wrong."""
    retryable: bool | None = None
    """Only if it differs from the category's default."""
    retry_after: Annotated[float, Field(gt=0, le=600)] | None = None
    """Seconds to wait, if a source gives a number."""
    scope: Scope | None = None
    """What else fails the same way; only if it differs from the category's default."""
    action: Action | None = None
    """What to do next; only if it differs from the category's default."""
    messages: list[Template] = Field(default_factory=list)
    """Templates; shorthand for `match` items with only a message."""
    match: list[Match] = Field(default_factory=list)
    """Other ways to recognise the error; one matching item is enough."""
    support: Literal["required"] | None = None
    """The message counts only alone, in a message field, or beside a status, exception class or provider's name."""
    meaning: Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
    """What happened, from the caller's side."""
    fix: Annotated[Line, Field(json_schema_extra={"maxLength": MAX_FIX})] | None = None
    """What to change, in one line; holes are filled in."""
    steps: str | None = None
    """Longer instructions for the page, in Markdown."""
    snippets: dict[Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_+#. -]{1,30}$")], str] | None = None
    """The fix as code: language to snippet."""
    examples: list[str | Example] = Field(default_factory=list)
    """Texts as seen; each must classify as this entry."""
    counterexamples: list[str | Example] = Field(default_factory=list)
    """Similar texts that belong to another entry or are no error."""
    provenance: Literal["documented", "observed"] | None = None
    """documented: on a page of the vendor; observed: seen elsewhere in public."""
    sources: list[Url] = Field(default_factory=list)
    """Public URLs that show it."""
    verified: datetime.date | None = None
    """Date on which the entry was checked against its sources."""
    surface: Literal["http", "stream", "finish_reason", "dataset", "job", "client"] = "http"
    """Where the error appears."""
    endpoints: list[str] = Field(default_factory=list)
    """Endpoints that return it."""
    related: list[Id] = Field(default_factory=list)
    """Entries that a reader may confuse with it."""
    same_as: list[Id] = Field(default_factory=list)
    """Other providers' entries with the same wording."""
    note: str | None = None
    """How doubtful sources were interpreted, and why."""
    withdrawn: bool = False
    """Only in older documentation."""
    replaced_by: Id | None = None
    """The entry that replaces it."""

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Entry:
        if self.kind == "guide":
            if self.category or self.messages or self.match or self.examples:
                raise ValueError("a guide cannot have a category, messages, match or examples")
            return self
        if self.missing(vars(self)):
            raise PydanticCustomError("missing_keys", "keys are missing")
        return self

    @staticmethod
    def missing(given: Mapping[str, object]) -> list[str]:
        """Return the keys that an entry of its kind needs and does not have."""
        if given.get("kind") == "guide":
            return []
        keys = [key for key in ("category", "fix") if given.get(key) is None]
        return keys if given.get("messages") or given.get("match") else [*keys, "messages"]

    @property
    def provider(self) -> str:
        """The part of the id before the slash."""
        return self.id.partition("/")[0]

    @property
    def statuses(self) -> list[int]:
        """Documented statuses as a list."""
        if self.status is None:
            return []
        return [self.status] if isinstance(self.status, int) else self.status

    @property
    def items(self) -> list[Match]:
        """All match items, those of `messages` first."""
        return [*(Match(message=message) for message in self.messages), *self.match]


class Body(_Strict):
    """Where a provider's error body has its messages and codes."""

    messages: list[str] = Field(default_factory=list)
    """Dotted paths of messages."""
    codes: list[str] = Field(default_factory=list)
    """Dotted paths of machine codes."""


class Provider(_Strict):
    """What identifies a provider's errors."""

    provider: Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+$")]
    """The folder's name."""
    name: Cue
    """Its name as people write it."""
    docs: Url
    """URL of its page about errors."""
    hosts: list[Cue] = Field(default_factory=list)
    """Hosts of its API; a text that names one is attributed to this provider."""
    status_page: Url | None = None
    """URL of the page where it reports outages."""
    contact: str | None = None
    """Address or page of its support."""
    names: list[Cue] = Field(default_factory=list)
    """Words before a message that identify it, besides its name; the folder's name counts only if listed here."""
    modules: list[Cue] = Field(default_factory=list)
    """Modules of its SDKs; dotted if others share the top level."""
    body: Body = Field(default_factory=Body)
    """Where its error body has its messages and codes."""
    exceptions: dict[Cue, Status | None] = Field(default_factory=dict)
    """SDK exception class to the status that it represents."""
    prefixes: list[str] = Field(default_factory=list)
    """Prefixes that it puts before messages, and that texts may lack."""
    heads: list[Head] = Field(default_factory=list)
    """What clients write before a message; the holes `status` (int) and `code` become evidence,
    `operation` a field. `{class}` stands for every provider's names that end in `Exception`."""
    gateway: bool = False
    """Relays other providers' errors."""
    compatible: bool = False
    """Other providers' APIs are compatible with its API, so that its SDK may have called another host."""


class Settings(_Strict):
    """The `errdex.yaml` of a user's own catalog."""

    disable: list[str] = Field(default_factory=list)
    """Ids of entries to remove."""
