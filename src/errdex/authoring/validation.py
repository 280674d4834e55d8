"""A YAML node → a model of the schema, or its mistakes in words that authors understand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import get_close_matches
from typing import Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from errdex.authoring import schema_words
from errdex.authoring.nodes import Place, construct
from errdex.authoring.schema import Entry
from errdex.model.errors import Issue, Location

_Model = TypeVar("_Model", bound=BaseModel)
_Path = tuple[str | int, ...]
_LONGEST: Final = 60  # characters shown of a value that is not accepted
_LIKE: Final = 0.65  # similarity above which a key counts as misspelt


def validate(model: type[_Model], place: Place, hidden: Collection[str] = ()) -> tuple[_Model | None, list[Issue]]:
    """Make a model of the node at a place; if that fails, return everything that is wrong with the node.

    Args:
        model: The class of the model.
        place: The node.
        hidden: Keys of the model that must not be written here.
    """
    assert place.node is not None
    try:
        value = construct(place.node)
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        at = Location(place.path, mark.line + 1, mark.column + 1) if mark else place.at(*_failing(place.node))
        return None, [Issue(at, "yaml", f"not valid YAML: {_problem(error)}")]
    except RecursionError:
        return None, [Issue(place.at(), "yaml", "nested too deeply")]
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        details = error.errors(include_url=False)
    except RecursionError:
        return None, [Issue(place.at(), "yaml", "nested too deeply")]
    lacking = Entry.missing(value) if model is Entry and isinstance(value, dict) else []
    issues = [Issue(place.at(), "schema", _missing(model, (key,), key)) for key in lacking]
    for path, some in _by_path(details, value):
        at = place.at_key(*path) if some[0]["type"] == "extra_forbidden" else place.at(*path)
        issues.append(Issue(at, "schema", _sentence(model, path, some, hidden)))
    return None, issues


def _problem(error: Exception) -> str:
    problem = getattr(error, "problem", None) or str(error)
    if "unhashable" in problem:
        return "a key is not a string; a string that begins with `{` or `[` needs double quotes"
    if "constructor for the tag" in problem:
        return "a string that begins with `!` needs double quotes"
    return f"{problem}; a string that looks like a number or a date needs double quotes"


def _failing(node: yaml.Node) -> _Path:
    """Return the path to the first node whose value cannot be constructed."""
    pairs: list[tuple[str | int, yaml.Node]] = []
    if isinstance(node, yaml.MappingNode):
        pairs = [(key.value, value) for key, value in node.value]
    elif isinstance(node, yaml.SequenceNode):
        pairs = list(enumerate(node.value))
    for step, value in pairs:
        try:
            construct(value)
        except (yaml.YAMLError, ValueError):
            return (step, *_failing(value))
    return ()


def _by_path(details: list[ErrorDetails], value: object) -> Iterator[tuple[_Path, list[ErrorDetails]]]:
    """Yield what is wrong at each place of the YAML; a mistake is reported where it is, and not again above it."""
    found: defaultdict[_Path, list[ErrorDetails]] = defaultdict(list)
    for detail in details:
        if detail["type"] != "missing_keys":  # reported one by one
            found[_path(detail, value)].append(detail)
    for path, some in found.items():
        if not any(len(other) > len(path) and other[: len(path)] == path for other in found):
            yield path, some


def _path(detail: ErrorDetails, value: object) -> _Path:
    """Return the path of a mistake in the YAML, without pydantic's names for the members of a union."""
    path: list[str | int] = []
    steps = detail["loc"]
    for number, step in enumerate(steps):
        if isinstance(value, dict) and (step in value or (detail["type"] == "missing" and number == len(steps) - 1)):
            path.append(step)
            value = value.get(step)
        elif isinstance(value, list) and isinstance(step, int) and step < len(value):
            path.append(step)
            value = value[step]
    return tuple(path)


def _sentence(model: type[BaseModel], path: _Path, details: list[ErrorDetails], hidden: Collection[str]) -> str:
    """Say in one sentence what is wrong at a place; pydantic reports one mistake per member of a union."""
    name = f"`{'.'.join(map(str, path))}`" if path else "this"
    for detail in details:
        if detail["type"] == "extra_forbidden":
            return _unknown(model, path, hidden)
        if detail["type"] == "missing":
            return _missing(model, path, ".".join(map(str, path)))
        if say := _SENTENCES.get(detail["type"]):
            return say(name, detail)
    return _wrong(model, path, name, details[0]["input"], is_key="[key]" in details[0]["loc"])


def _own_words(name: str, detail: ErrorDetails) -> str:
    said = detail["msg"].removeprefix("Value error, ")
    return said if name == "this" else f"{name}: {said}"


_SENTENCES: Final[Mapping[str, Callable[[str, ErrorDetails], str]]] = {
    "value_error": _own_words,
    "string_too_short": lambda name, _: f"{name} must not be empty",
    "too_short": lambda name, _: f"{name} must not be empty",
    "invalid_key": lambda name, _: f"{name} is not a valid key; a key that looks like a number needs quotes",
}
"""Type of a pydantic error → its sentence; for any other type, the sentence says what is expected and what is there."""


def _missing(model: type[BaseModel], path: _Path, name: str) -> str:
    if path == ("messages",):
        return "`messages` or `match` is missing: how to recognise this error"
    meaning = schema_words.at(model, path).get("description", "")
    said = f"`{name}` is missing"
    if meaning:
        said += f": {meaning[:1].lower()}{meaning[1:].rstrip('.')}"
    return f"{said}; a string that contains `: ` needs double quotes" if path[-1] == "raw" else said


def _unknown(model: type[BaseModel], path: _Path, hidden: Collection[str]) -> str:
    known = [key for key in schema_words.keys(model, schema_words.at(model, path[:-1])) if key not in hidden]
    near = get_close_matches(str(path[-1]), known, n=1, cutoff=_LIKE)
    where = f" in `{'.'.join(map(str, path[:-1]))}`" if len(path) > 1 else ""
    hint = f"did you mean `{near[0]}`?" if near else f"known keys are {', '.join(f'`{key}`' for key in known)}"
    return f"unknown key `{path[-1]}`{where}; {hint}"


def _wrong(model: type[BaseModel], path: _Path, name: str, value: object, is_key: bool) -> str:
    if is_key:
        return f"{name}: a key must be a string, not {_shown(value)}; put it in double quotes"
    expected = schema_words.at(model, path)
    if isinstance(value, str) and (near := get_close_matches(value, schema_words.choices(model, expected), n=1)):
        return f"{name} cannot be {_shown(value)}; did you mean `{near[0]}`?"
    said = f"{name} must be {schema_words.words(model, expected)}, not {_shown(value)}"
    if value is not None and not isinstance(value, str | list) and schema_words.takes_text(model, expected):
        return f"{said}; put it in double quotes"
    return said


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    text = repr(value) if isinstance(value, str | int | float) else str(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def error_types() -> frozenset[str]:
    """Return the types of pydantic errors that have their own sentence."""
    return frozenset({*_SENTENCES, "extra_forbidden", "missing", "missing_keys"})
