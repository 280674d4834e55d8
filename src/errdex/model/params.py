"""Params: the values that an answer keeps from a message. A name means the same thing at every provider.

`errdex.authoring.param_vocabulary` defines each name; lint checks the catalog against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypedDict

Param = int | float | str | tuple[str, ...]
"""The value of a hole."""


class Params(TypedDict, total=False):
    """Values found in an error's message, by name.

    A user's own catalog may define more names; to a type checker, `answer.params.get("team")` is an `object`.
    """

    limit: int
    requested: int
    used: int
    remaining: int
    excess: int
    minimum: float
    maximum: float
    count: int
    unit: str
    prompt_tokens: int
    function_tokens: int
    completion_tokens: int
    retry_after: float
    timeout: float
    elapsed: float
    date: str
    budget: float
    cost: float
    model: str
    deployment: str
    tool: str
    role: str
    previous_role: str
    feature: str
    replacement: str
    parameter: str
    parameters: tuple[str, ...]
    field: str
    fields: tuple[str, ...]
    value: str
    type: str
    expected: str
    supported: tuple[str, ...]
    labels: tuple[str, ...]
    tags: tuple[str, ...]
    index: int
    other_index: int
    call_index: int
    line: int
    column: int
    id: str
    ids: tuple[str, ...]
    state: str
    status: int
    method: str
    operation: str
    endpoint: str
    url: str
    host: str
    port: int
    address: str
    scheme: str
    region: str
    provider: str
    organization: str
    project: str
    owner: str
    permission: str
    permissions: tuple[str, ...]
    tier: str
    metric: str
    version: str
    reason: str
    detail: str


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
