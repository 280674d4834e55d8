"""The names of params and their types.

`errdex.authoring.param_vocabulary` defines each name; lint checks the catalog against it.
"""

from __future__ import annotations

from typing import TypedDict


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
