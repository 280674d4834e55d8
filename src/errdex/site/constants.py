"""The constants of the Python modules that the browser's classifier is ported from: one definition for both.

`constants()` gives a JSON-ready table that `browser/constants.js` reads: module to name to value. Patterns are
translated to JavaScript; a string that a module passes to `re` is a pattern too.
"""

from __future__ import annotations

import importlib
import re
from typing import Any, Final

from errdex.read.labels import Labels
from errdex.read.signals.providers import Providers
from errdex.rules.compiled import Rules, read_rules
from errdex.site import javascript_regex

MODULES: Final = (
    "rules.compiled", "rules.holes", "rules.normal_form", "rules.tokens", "rules.units", "read.body",
    "read.body_keys", "read.dispatch", "read.evidence", "read.formats.embedded", "read.formats.notations",
    "read.formats.tracebacks", "read.labels", "read.lines", "read.signals.classes", "read.signals.numbers",
    "read.signals.providers", "read.signals.retry_after", "read.signals.status", "read.text",
    "read.vocabulary", "read.wrappers", "match.message_finder", "match.param_values", "match.template_matcher",
    "match.word_index", "decide.answer", "decide.by_signal", "decide.candidate", "decide.conditions",
    "decide.decider",
)  # fmt: skip
"""Modules with constants that the browser needs, below `errdex`."""

_PATTERNS: Final = frozenset(
    {
        "_AFTER_CLASS", "_ANSI", "_APPENDED", "_AT_FRAMES", "_CLASS_HEAD", "_CODE", "_DECORATION", "FIELD", "_GOES_ON",
        "_HEADER", "_HTML", "_ISO", "_LEADS", "_LINE_HEAD", "_LOG_HEAD", "_MARKDOWN_ESCAPE", "_MARKDOWN_LINK",
        "_MARKUP", "_MOJIBAKE", "_NOTES", "_OPENING", "_PROMISE", "_PYTHON_FRAMES", "_REASON_END", "_REPORTS", "_TAG",
        "_TROUBLE", "BULLET", "DECORATION", "ERROR_CLASS", "ERROR_OBJECT", "KINDS",
    }
)  # fmt: skip
"""Names of strings, and of dicts of them, that are passed to `re`; in every module that has them."""
_NOT_USED: Final = frozenset(
    {
        "_ASSIGNED", "_BLANK", "_CODE_OR_MARKUP", "_INSIDE", "_LABEL_WORDS", "_NUMBER", "_UNIT", "_WORD", "CHECKOUT",
        "DATA", "PARTED", "WORD_BYTES",
    }
)  # fmt: skip
"""Parts of patterns that are exported as a whole, and what a browser has no use for."""
_MATCH: Final[Any] = type(re.compile("").match)


class ConstantError(ValueError):
    """A constant cannot be written for the browser."""


class _Skip(Exception):  # noqa: N818
    """A value is no data."""


def constants(rules: dict[str, Any] | None = None) -> dict[str, dict[str, Any]]:
    """Return the constants of all modules, JSON-ready: module to name to value.

    Args:
        rules: The compiled catalog whose names stand in `_label` of `read.labels`; the one that comes with the
            package if None.

    Raises:
        ConstantError: A pattern has what JavaScript cannot say.
    """
    table = {name: _of_module(name) for name in MODULES}
    label = Labels(Providers(Rules(read_rules() if rules is None else rules)))._label
    table["read.labels"]["_label"] = _value("read.labels._label", label, False)
    return table


def _of_module(module: str) -> dict[str, Any]:
    found = {}
    for name, value in vars(importlib.import_module(f"errdex.{module}")).items():
        if name.startswith("__") or (name in _NOT_USED and isinstance(value, (str, bytes))):
            continue
        try:
            found[name] = _value(f"{module}.{name}", value, name in _PATTERNS)
        except _Skip:
            continue
    return found


def _value(place: str, value: Any, is_pattern: bool) -> Any:
    """Return a value as JSON has it; `is_pattern` where texts are patterns."""
    if isinstance(value, _MATCH):
        value = value.__self__
    if isinstance(value, re.Pattern):
        return _translated(place, value.pattern, value.flags)
    if isinstance(value, str):
        return _translated(place, value, 0) | {"text": value} if is_pattern else str(value)
    if isinstance(value, bytes):
        return value.decode("ascii")
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, frozenset):
        return sorted(_value(place, item, is_pattern) for item in value)
    if type(value) in (tuple, list):
        return [_value(place, item, is_pattern) for item in value]
    if type(value) is dict:
        return {str(key): _value(place, item, is_pattern) for key, item in value.items()}
    raise _Skip


def _translated(place: str, pattern: str, flags: int) -> dict[str, Any]:
    try:
        return javascript_regex.translate(pattern, flags)
    except javascript_regex.UnsupportedError as error:
        raise ConstantError(f"{place}: {error}") from error
