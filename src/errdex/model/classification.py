"""The answer for one raw error."""

from __future__ import annotations

from operator import attrgetter

from errdex.model.category import Basis, Category
from errdex.model.params import NO_PARAMS, FrozenParams, as_json, frozen
from errdex.model.type_names import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from errdex.model.param_types import Params
    from errdex.model.scope import Action, Scope

FIELDS: Final = (
    *("entry", "provider", "status", "code", "category", "retryable", "retry_after", "scope", "action", "resets_in"),
    *("title", "fix", "params", "basis", "docs_url", "source_url", "confidence"),
)
"""Names of an answer's fields, in the order of `to_dict`."""
_OUTAGES: Final = frozenset({Category.SERVER_ERROR, Category.TIMEOUT, Category.OVERLOADED, Category.CONNECTION})


class Classification:
    """What an error is, whether to retry, and what to change. Keeps none of the raw text except the params.

    An immutable value, params included: answers with the same fields are equal, and can be hashed, copied and pickled.
    Read fields by name and, in tests, create answers with keyword arguments: later versions may add fields.

    Slots and properties instead of a dataclass: importing dataclasses would add 8 ms to every program's start, and
    creating a frozen one takes three times as long.
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
        scope: Scope | str = "request",
        action: Action | str = "none",
        resets_in: float | None = None,
        title: str = "",
        fix: str = "",
        params: Params = NO_PARAMS,
        basis: Basis = Basis.NONE,
        docs_url: str | None = None,
        source_url: str | None = None,
        confidence: float = 0.0,
    ) -> None:
        self._entry = entry
        self._provider = provider
        self._status = status
        self._code = code
        self._category = category
        self._retryable = retryable
        self._retry_after = retry_after
        self._scope = scope
        self._action = action
        self._resets_in = resets_in
        self._title = title
        self._fix = fix
        self._params: Params = params if type(params) is FrozenParams else frozen(params)  # type: ignore[assignment]
        self._basis = basis
        self._docs_url = docs_url
        self._source_url = source_url
        self._confidence = confidence

    @property
    def entry(self) -> str | None:
        """Id of the matching entry, such as `cohere/prompt-too-long`, or None."""
        return self._entry

    @property
    def provider(self) -> str | None:
        """The provider whose error it is, or None."""
        return self._provider

    @property
    def status(self) -> int | None:
        """HTTP status as seen, otherwise the entry's, or None."""
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
        """Whether the same request, sent again after at most a few minutes, has a fair chance of succeeding."""
        return self._retryable

    @property
    def retry_after(self) -> float | None:
        """Seconds to wait, if anything says so; None if `retryable` is False."""
        return self._retry_after

    @property
    def scope(self) -> Scope:
        """What else fails the same way: this `request` alone, all to the `model`, all with the `key`, …"""
        from errdex.model.scope import Scope

        return Scope(self._scope)

    @property
    def action(self) -> Action:
        """What to do next: `retry`, `wait`, `shorten`, `switch_model`, `fix_credentials`, …"""
        from errdex.model.scope import Action

        return Action(self._action)

    @property
    def resets_in(self) -> float | None:
        """Seconds until the limit opens again, however long, whether or not `retryable`; None if nothing says so."""
        return self._resets_in

    @property
    def is_outage(self) -> bool:
        """Whether the service or the way to it is at fault, not the request: what a circuit breaker counts."""
        return self._category in _OUTAGES and self._scope != "request"

    @property
    def title(self) -> str:
        """The entry's title."""
        return self._title

    @property
    def fix(self) -> str:
        """What to change, with params filled in."""
        return self._fix

    @property
    def params(self) -> Params:
        """Values found in the message, by name: `limit`, `requested`, `model`, …"""
        return self._params

    @property
    def basis(self) -> Basis:
        """What decided the classification."""
        return self._basis

    @property
    def docs_url(self) -> str | None:
        """URL of the entry's page, or None for an entry of your own."""
        return self._docs_url

    @property
    def source_url(self) -> str | None:
        """URL where the vendor, or someone who ran into it, shows the error."""
        return self._source_url

    @property
    def confidence(self) -> float:
        """How often answers of this basis are right, from 0 to 1; for `wording`, how likely the category is."""
        return self._confidence

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
            "scope": str(self._scope),
            "action": str(self._action),
        }
        if not self:
            del values["scope"]
        if self._action == "none":
            del values["action"]
        if not self.confidence:
            del values["confidence"]
        said = ", ".join(f"{name}={value!r}" for name, value in values.items() if value not in (None, "", NO_PARAMS))
        return f"Classification({said})"

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as a JSON-serialisable dict."""
        values = dict(zip(FIELDS, _values(self), strict=True))
        plain = {
            "category": str(self.category),
            "basis": str(self.basis),
            "scope": str(self._scope),
            "action": str(self._action),
            "params": as_json(self.params),
        }
        return {**values, **plain, "is_outage": self.is_outage}


_values: Final = attrgetter(*Classification.__slots__)


def changed(answer: Classification, **changes: Any) -> Classification:
    """Return a copy of an answer with some fields replaced."""
    return Classification(**{**dict(zip(FIELDS, _values(answer), strict=True)), **changes})
