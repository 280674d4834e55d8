"""The answer for one raw error."""

from __future__ import annotations

from operator import attrgetter
from typing import Any, Final

from errdex.model.category import Basis, Category
from errdex.model.params import NO_PARAMS, Params, as_json, frozen

FIELDS: Final = (
    *("entry", "provider", "status", "code", "category", "retryable", "retry_after", "title", "fix", "params", "basis"),
    *("docs_url", "source_url"),
)
"""What an answer holds, by name, in the order of its dict."""


class Classification:
    """What an error is, whether to retry, and what to change. Keeps nothing of the raw text but its params.

    A value: it cannot be changed, nor can its params; two that say the same are equal; it can be hashed, copied and
    pickled. Read it by name, and make one, for a test, with keywords: later versions know more fields.

    Slots and properties, and no dataclass: that would cost 8 ms of every program's start, and a frozen one three times
    as much for each answer.
    """

    __slots__ = tuple(f"_{name}" for name in FIELDS)

    def __init__(
        self,
        entry: str | None = None,
        provider: str | None = None,
        status: int | None = None,
        code: str | None = None,
        category: Category = Category.UNKNOWN,
        retryable: bool = False,
        retry_after: float | None = None,
        title: str = "",
        fix: str = "",
        params: Params = NO_PARAMS,
        basis: Basis = Basis.NONE,
        docs_url: str | None = None,
        source_url: str | None = None,
    ) -> None:
        self._entry = entry
        self._provider = provider
        self._status = status
        self._code = code
        self._category = category
        self._retryable = retryable
        self._retry_after = retry_after
        self._title = title
        self._fix = fix
        self._params = frozen(params)
        self._basis = basis
        self._docs_url = docs_url
        self._source_url = source_url

    @property
    def entry(self) -> str | None:
        """Id of the matching entry, such as `cohere/prompt-too-long`, or None."""
        return self._entry

    @property
    def provider(self) -> str | None:
        """Whose error it is, or None."""
        return self._provider

    @property
    def status(self) -> int | None:
        """HTTP status as seen, else the entry's, or None."""
        return self._status

    @property
    def code(self) -> str | None:
        """Machine code as seen, or None."""
        return self._code

    @property
    def category(self) -> Category:
        """What went wrong."""
        return self._category

    @property
    def retryable(self) -> bool:
        """Would the same request, sent again after at most a few minutes, have a fair chance?"""
        return self._retryable

    @property
    def retry_after(self) -> float | None:
        """Seconds to wait, if anything says so; None where `retryable` is False."""
        return self._retry_after

    @property
    def title(self) -> str:
        """The entry's title."""
        return self._title

    @property
    def fix(self) -> str:
        """What to change, with the params filled in."""
        return self._fix

    @property
    def params(self) -> Params:
        """Values that the message shows, by name: `limit`, `requested`, `model`, …"""
        return self._params

    @property
    def basis(self) -> Basis:
        """What decided."""
        return self._basis

    @property
    def docs_url(self) -> str | None:
        """The entry's page, or None for an entry of your own."""
        return self._docs_url

    @property
    def source_url(self) -> str | None:
        """Where the vendor, or somebody who met it, shows the error."""
        return self._source_url

    def __bool__(self) -> bool:
        """Tell whether this is an API error at all."""
        return self._basis is not Basis.NONE

    def __eq__(self, other: object) -> bool:
        return _values(self) == _values(other) if type(other) is Classification else NotImplemented

    def __hash__(self) -> int:
        return hash(_values(self))

    def __repr__(self) -> str:
        values = {
            **dict(zip(FIELDS, _values(self), strict=True)),
            "category": str(self.category),
            "basis": str(self.basis),
        }
        said = ", ".join(f"{name}={value!r}" for name, value in values.items() if value not in (None, "", NO_PARAMS))
        return f"Classification({said})"

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as JSON-ready values."""
        values = dict(zip(FIELDS, _values(self), strict=True))
        return {**values, "category": str(self.category), "basis": str(self.basis), "params": as_json(self.params)}


_values: Final = attrgetter(*Classification.__slots__)


def changed(answer: Classification, **changes: Any) -> Classification:
    """Return an answer with other values in some of its fields."""
    return Classification(**{**dict(zip(FIELDS, _values(answer), strict=True)), **changes})
