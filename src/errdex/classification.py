"""The answer for one raw error."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from errdex.taxonomy import Basis, Category


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """What an error is, whether to retry, and what to change. Keeps nothing of the raw text but its params.

    Attributes:
        entry: Id of the matching entry, such as `cohere/prompt-too-long`, or None.
        provider: Whose error it is, or None.
        status: HTTP status as seen, else the entry's, or None.
        code: Machine code as seen, or None.
        category: What went wrong.
        retryable: Would the same request, sent again after at most a few minutes, have a fair chance?
        retry_after: Seconds to wait, if anything says so; None where `retryable` is False.
        title: The entry's title.
        fix: What to change, with the params filled in.
        params: Values of the message's holes.
        basis: What decided.
        docs_url: The entry's page.
        source_url: Where the vendor, or somebody who met it, shows the error.
    """

    entry: str | None = None
    provider: str | None = None
    status: int | None = None
    code: str | None = None
    category: Category = Category.UNKNOWN
    retryable: bool = False
    retry_after: float | None = None
    title: str = ""
    fix: str = ""
    params: dict[str, int | float | str | list[str]] = field(default_factory=dict)
    basis: Basis = Basis.NONE
    docs_url: str | None = None
    source_url: str | None = None

    def __bool__(self) -> bool:
        """Tell whether this is an API error at all."""
        return self.basis is not Basis.NONE

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as JSON-ready values."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        values["category"] = str(self.category)
        values["basis"] = str(self.basis)
        values["params"] = dict(self.params)
        return values
