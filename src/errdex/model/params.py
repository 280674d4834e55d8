"""The types of params: one name stands for one thing, at every provider.

What each name means is told in `errdex.authoring.param_vocabulary`, to which the catalog is held.
"""

from __future__ import annotations

from typing import TypedDict


class Params(TypedDict, total=False):
    """Values that the message of an error shows, by name.

    A user's own catalog may have more names than these; `answer.params.get("team")` is an `object` to a type checker.
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
    parameters: list[str]
    field: str
    fields: list[str]
    value: str
    type: str
    expected: str
    supported: list[str]
    labels: list[str]
    tags: list[str]
    index: int
    other_index: int
    call_index: int
    line: int
    column: int
    id: str
    ids: list[str]
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
    permissions: list[str]
    tier: str
    metric: str
    version: str
    reason: str
    detail: str
