"""Says in words what a catalog's YAML may contain at a place; taken from the JSON Schema, so that the two agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from pydantic import BaseModel

Shape = dict[str, Any]
"""A part of a JSON Schema."""

_OF_PATTERNS: Final = (
    ("https?", "a URL"),
    ("/", "an id such as acme/too-many-requests"),
    ("[a-z0-9_]+", "a name in lower case"),
)
"""Part of a pattern in the schema → what the pattern accepts."""
_SIMPLE: Final = {"boolean": "true or false", "number": "a number", "integer": "a whole number", "string": "a string"}
_SINGULAR: Final = re.compile(r"\ban? (whole )?(\w+)")


@cache
def _schema(model: type[BaseModel]) -> Shape:
    return model.model_json_schema()


def at(model: type[BaseModel], path: tuple[str | int, ...]) -> Shape:
    """Return the schema of a place in a model; an empty one if the model has no such place."""
    shape = _schema(model)
    for step in path:
        shape = next(iter(_steps(model, shape, step)), {})
    return shape


def keys(model: type[BaseModel], shape: Shape) -> list[str]:
    """Return the keys of a mapping in the schema."""
    return [key for one in _branches(model, shape) for key in one.get("properties", ())]


def _branches(model: type[BaseModel], shape: Shape) -> Iterator[Shape]:
    """Yield the members of a union, or the only schema, with references resolved and without `null`."""
    for one in shape.get("anyOf", [shape]):
        found = _schema(model)["$defs"][one["$ref"].rpartition("/")[2]] if "$ref" in one else one
        if found.get("type") != "null":
            yield found


def _steps(model: type[BaseModel], shape: Shape, step: str | int) -> Iterator[Shape]:
    for one in _branches(model, shape):
        if isinstance(step, int) and "items" in one:
            yield one["items"]
        elif step in one.get("properties", ()):
            yield one["properties"][step]
        elif values := _values(one):
            yield values[0]


def _values(shape: Shape) -> list[Shape]:
    """Return what the values of a mapping with free names are, if it is one."""
    of_any_name = shape.get("additionalProperties")
    return [*shape.get("patternProperties", {}).values(), *([of_any_name] if isinstance(of_any_name, dict) else [])]


def choices(model: type[BaseModel], shape: Shape) -> list[str]:
    """Return the words that a value must be one of."""
    return [choice for one in _branches(model, shape) for choice in one.get("enum", ())]


def takes_text(model: type[BaseModel], shape: Shape) -> bool:
    """Tell whether a value may be any string."""
    return any(words(model, one) == _SIMPLE["string"] for one in _branches(model, shape))


def words(model: type[BaseModel], shape: Shape) -> str:
    """Say what a place may contain: `a number from 100 to 599 or a list of strings`."""
    said = list(dict.fromkeys(_words_of_one(model, one) for one in _branches(model, shape)))
    if "a number" in said and "a whole number" in said:
        said.remove("a whole number")
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} or {said[-1]}"


def _words_of_one(model: type[BaseModel], shape: Shape) -> str:
    kind = shape.get("type")
    if "const" in shape:
        return f"`{shape['const']}`"
    if "enum" in shape:
        return f"one of {', '.join(f'`{choice}`' for choice in shape['enum'])}"
    if kind == "array":
        return f"a list of {_plural(words(model, shape['items']))}"
    if kind == "object" and "properties" in shape:
        keys = shape.get("required") or list(shape["properties"])
        return f"a mapping with {', '.join(f'`{key}`' for key in keys)}"
    if kind == "object":
        return f"a mapping of names to {_plural(words(model, _values(shape)[0]))}"
    if shape.get("format") == "date":
        return "a date such as 2026-11-21"
    if "pattern" in shape:
        return next(said for part, said in _OF_PATTERNS if part in shape["pattern"])
    if "minimum" in shape:
        return f"a number from {shape['minimum']} to {shape['maximum']}"
    if "exclusiveMinimum" in shape:
        return f"a number above {shape['exclusiveMinimum']} and up to {shape['maximum']}"
    return _SIMPLE[str(kind)]


def _plural(said: str) -> str:
    return _SINGULAR.sub(lambda found: f"{found[1] or ''}{found[2]}s", said)
