"""The constants that the JavaScript twin shares with the Python modules: one definition for both.

A module of the twin says what it takes: `const { _OPENING } = require("../constants")("read.lines");`. Nothing else
is written. A string is a pattern where its module declares it as one, `Final[Pattern]` (see
`errdex.rules`); patterns are translated to JavaScript.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from errdex.site import javascript_regex

_REQUIRED: Final = re.compile(r'require\("[./]+/constants"\)')
_TAKEN: Final = re.compile(r'const \{([^{}]*)\} =\s*require\("[./]+/constants"\)\("([\w.]+)"\);')


class ConstantError(ValueError):
    """The twin needs a constant that does not exist, or that cannot be expressed in JavaScript."""


def constants(scripts: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """Return the constants that the twin's modules need, JSON-ready, as Python module → name → value.

    A frozenset becomes `{"set": […]}`, a pattern `{"re": …}`.

    Args:
        scripts: The modules of the twin, as path → text.

    Raises:
        ConstantError: A constant does not exist, or a pattern cannot be expressed in JavaScript.
    """
    table: dict[str, dict[str, Any]] = {}
    for script, text in scripts.items():
        for module, name in taken(script, text):
            table.setdefault(module, {})[name] = _constant(script, module, name)
    return {module: dict(sorted(values.items())) for module, values in sorted(table.items())}


def taken(script: str, text: str) -> Iterator[tuple[str, str]]:
    """Yield the Python module and the name of each constant that a module of the twin needs."""
    found = _TAKEN.findall(text)
    if len(found) != len(_REQUIRED.findall(text)):
        raise ConstantError(f'{script}.js: constants must be taken with `const {{ A, B }} = require("…")("…");`')
    for names, module in found:
        for name in filter(None, map(str.strip, names.split(","))):
            yield module, name.partition(":")[0]


def _constant(script: str, name_of_module: str, name: str) -> Any:
    try:
        module = importlib.import_module(f"errdex.{name_of_module}")
        value = getattr(module, name)
    except (ImportError, AttributeError):
        raise ConstantError(f"{script}.js: errdex.{name_of_module} has no {name}") from None
    declared: str | None = module.__annotations__.get(name)
    if declared is None and type(value) is not int:
        raise ConstantError(f"{script}.js: {name} is not declared in errdex.{name_of_module}; take it from where it is")
    return _value(f"{name_of_module}.{name}", value, "Pattern" in re.findall(r"[\w.]+", declared or ""))


def _value(place: str, value: Any, is_pattern: bool) -> Any:
    """Return a value as JSON has it; with `is_pattern`, strings are patterns."""
    if isinstance(value, re.Pattern):
        return _translated(place, value.pattern, value.flags)
    if isinstance(value, str):
        return _translated(place, value, 0) if is_pattern else str(value)
    if isinstance(value, bytes):
        return value.decode("ascii")
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, frozenset):
        return {"set": sorted(_value(place, item, is_pattern) for item in value)}
    if type(value) in (tuple, list):
        return [_value(place, item, is_pattern) for item in value]
    if type(value) is dict:
        return {str(key): _value(place, item, is_pattern) for key, item in value.items()}
    raise ConstantError(f"{place}: {type(value).__name__} is not plain data")


def _translated(place: str, pattern: str, flags: int) -> dict[str, Any]:
    try:
        return javascript_regex.translate(pattern, flags)
    except javascript_regex.UnsupportedError as error:
        raise ConstantError(f"{place}: {error}") from error
