"""The values of a message's holes, which an answer keeps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

Param = int | float | str | tuple[str, ...]
"""The value of one hole."""
Params = Mapping[str, Param]
"""The values of a message's holes, by name."""


class FrozenParams(Mapping[str, Param]):
    """Params that nobody can change: no method does, and lists in them become tuples."""

    __slots__ = ("_values",)

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = {name: tuple(value) if type(value) is list else value for name, value in values.items()}

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


NO_PARAMS: Final = FrozenParams({})
"""All answers without params share it."""


def as_json(params: Params) -> dict[str, Any]:
    """Return params as JSON has them: a list where there is a tuple."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in params.items()}
