"""The names of params and their meanings: `catalog/README.md` shows them, and lint checks every hole against them."""

from __future__ import annotations

from typing import Final, get_type_hints

from errdex.model.param_types import Params

MEANINGS: Final[dict[str, str]] = {
    "limit": "the most that is allowed, in the unit of the message: tokens, requests, items, characters",
    "requested": "what was requested or sent, in the unit of `limit`",
    "used": "how much of `limit` is already used",
    "remaining": "how much of `limit` is left",
    "excess": "how far `requested` exceeds `limit`",
    "minimum": "the smallest value or number allowed",
    "maximum": "the largest value allowed; a limit on an amount is `limit`",
    "count": "how many there are of whatever the message counts",
    "unit": "what `limit` counts, in the message's words: `tokens per minute (TPM)`",
    "prompt_tokens": "tokens of the input",
    "function_tokens": "tokens of tool definitions within the input",
    "completion_tokens": "tokens reserved for the output",
    "retry_after": "seconds to wait before the retry; becomes the answer's `retry_after`",
    "timeout": "the time limit that ran out, in seconds",
    "elapsed": "how long it took, in seconds",
    "date": "a date or time, as the message writes it",
    "budget": "the most money that may be spent",
    "cost": "money that was spent",
    "model": "a model's name or id",
    "deployment": "a deployment's name or id",
    "tool": "a tool's name",
    "role": "the role of the message that is not accepted",
    "previous_role": "the role of the message before it",
    "feature": "what is not supported or not allowed",
    "replacement": "what to use instead",
    "parameter": "a field of the request, by its name or path",
    "parameters": "several fields of the request",
    "field": "a field of other data, such as a dataset, a schema or a file",
    "fields": "several fields of other data",
    "value": "the value that is not accepted",
    "type": "the type of what was sent",
    "expected": "the type or form that is accepted",
    "supported": "the values that are accepted",
    "labels": "labels of examples for classification",
    "tags": "tags by which a gateway selects a deployment",
    "index": "position in a list of the request, from 0",
    "other_index": "the other position, if two items of a list conflict",
    "call_index": "position of a tool call in its message, from 0",
    "line": "line number in a file or text",
    "column": "column number in a file or text",
    "id": "the id or name of the object that the message is about: a job, dataset, document, tool call, …",
    "ids": "several such ids",
    "state": "the state of a job or resource",
    "status": "an HTTP status that the message mentions; the answer's own is `answer.status`",
    "method": "the method or function that was called",
    "operation": "the operation of the API, as the cloud names it",
    "endpoint": "an endpoint of the API, by name or path",
    "url": "a URL: the one that was called, or one with more information",
    "host": "the host that was called",
    "port": "the port that was called",
    "address": "host and port, as a client writes them",
    "scheme": "the scheme of an address, such as `https`",
    "region": "a cloud's region",
    "provider": "the provider that a gateway names",
    "organization": "an organization's name or id",
    "project": "a project's name or id",
    "owner": "whose limit or permission it is: a key, user or team",
    "permission": "the missing permission",
    "permissions": "several missing permissions",
    "tier": "a service tier",
    "metric": "the quota that is used up, under the cloud's name for it",
    "version": "a version of the API or of a package",
    "reason": "why, in the message's own words",
    "detail": "the rest of a message whose wording varies",
}
"""Param → its meaning, in an order that helps readers find it."""

TYPES: Final[dict[str, object]] = get_type_hints(Params)
"""The type of each param."""

DURATIONS: Final = frozenset(name for name, meaning in MEANINGS.items() if "seconds" in meaning)
"""The params that are seconds."""
_OF_KINDS: Final[dict[str, object]] = {"int": int, "number": float, "duration": float, "list": tuple[str, ...]}


def type_of(kind: str) -> object:
    """Return the type that a hole of this kind yields."""
    return _OF_KINDS.get(kind, str)


def type_name(type_: object) -> str:
    """Return a type as written in code: `int`, `tuple[str, ...]`."""
    return type_.__name__ if isinstance(type_, type) and type_ in (int, float, str) else str(type_)


def fits(name: str, kind: str) -> bool:
    """Tell whether a hole of this kind may have this name; a name outside the vocabulary fits any kind."""
    expected = TYPES.get(name, type_of(kind))
    return expected == type_of(kind) or (expected is float and kind == "int")


def table() -> str:
    """Return the vocabulary as the Markdown table of `catalog/README.md`."""
    rows = [f"| `{name}` | {type_name(TYPES[name])} | {meaning} |" for name, meaning in MEANINGS.items()]
    return "\n".join(["| param | type | meaning |", "| --- | --- | --- |", *rows]) + "\n"
