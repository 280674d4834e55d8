"""The answer for one raw error."""

from __future__ import annotations

from typing import Any, Final, NamedTuple, NoReturn, cast

from errdex.model.category import Basis, Category
from errdex.model.params import Params


class _NoParams(dict[str, Any]):
    """A dict that stays empty: all answers without params share it."""

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("an answer cannot be changed")

    __setitem__ = setdefault = update = __ior__ = _refuse


NO_PARAMS: Final = cast("Params", _NoParams())


class Classification(NamedTuple):
    """What an error is, whether to retry, and what to change. Keeps nothing of the raw text but its params.

    A frozen value without a `__dict__`; a named tuple and no dataclass, which would cost 8 ms of every program's start.
    """

    entry: str | None = None
    """Id of the matching entry, such as `cohere/prompt-too-long`, or None."""
    provider: str | None = None
    """Whose error it is, or None."""
    status: int | None = None
    """HTTP status as seen, else the entry's, or None."""
    code: str | None = None
    """Machine code as seen, or None."""
    category: Category = Category.UNKNOWN
    """What went wrong."""
    retryable: bool = False
    """Would the same request, sent again after at most a few minutes, have a fair chance?"""
    retry_after: float | None = None
    """Seconds to wait, if anything says so; None where `retryable` is False."""
    title: str = ""
    """The entry's title."""
    fix: str = ""
    """What to change, with the params filled in."""
    params: Params = NO_PARAMS
    """Values that the message shows, by name: `limit`, `requested`, `model`, …"""
    basis: Basis = Basis.NONE
    """What decided."""
    docs_url: str | None = None
    """The entry's page."""
    source_url: str | None = None
    """Where the vendor, or somebody who met it, shows the error."""

    def __bool__(self) -> bool:
        """Tell whether this is an API error at all."""
        return self.basis is not Basis.NONE

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as JSON-ready values."""
        values = self._asdict()
        values["category"] = str(self.category)
        values["basis"] = str(self.basis)
        values["params"] = dict(self.params)
        return values
