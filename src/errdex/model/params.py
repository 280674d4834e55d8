"""Params: the values that an answer keeps from a message. A name means the same thing at every provider.

`errdex.authoring.param_vocabulary` defines each name; lint checks the catalog against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from errdex.model.type_names import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from errdex.model.param_types import Params

Param = int | float | str | tuple[str, ...]
"""The value of a hole."""


class FrozenParams(Mapping[str, Param]):
    """Immutable params: there are no mutating methods, and lists become tuples."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = {name: tuple(value) if type(value) is list else value for name, value in values.items()}

    @classmethod
    def of(cls, values: dict[str, Param]) -> FrozenParams:
        """Return params that hold these values, in which no list is and which nobody else keeps."""
        made = cls.__new__(cls)
        made._values = values
        return made

    def __getitem__(self, name: str) -> Param:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __hash__(self) -> int:
        return hash(frozenset(self._values.items()))

    def __repr__(self) -> str:
        return repr(self._values)


def frozen(values: Mapping[str, Any]) -> Params:
    """Return params that nobody can change."""
    return values if type(values) is FrozenParams else FrozenParams(values)  # type: ignore[return-value]


NO_PARAMS: Final = frozen({})
"""Shared by all answers without params."""


def as_json(params: Mapping[str, object]) -> dict[str, Any]:
    """Return params as JSON values: tuples become lists."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in params.items()}
