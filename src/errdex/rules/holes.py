"""The kinds of holes: what each one matches."""

from __future__ import annotations

from errdex.model.type_names import Final
from errdex.rules import Pattern, pattern

_WORD: Final = r"(?:[^\s'\",;(){}<>\[\]!?]|\[\w{0,40}\]){0,255}(?:[^\s'\",;(){}<>\[\]!?.:]|\[\w{0,40}\])"
_NUMBER: Final = r"-?[0-9]{1,20}(?:[,_][0-9]{3}){0,8}(?:\.[0-9]{1,20})?(?:[eE][-+]?[0-9]{1,4})?"
_UNIT: Final = r"(?:milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)(?![A-Za-z])"

KINDS: Final[dict[str, Pattern]] = {
    "int": r"-?[0-9]{1,20}(?:[,_][0-9]{3}){0,8}",
    "number": _NUMBER,
    "word": _WORD,
    # A lone quote stands for an empty name: smart quotes turn '' into one ”.
    "name": rf"'(?:(?! )[^'\n]{{1,200}})?'|'(?!\w)|{_WORD}",
    "url": r"https?://[^\s'\"<>]{0,500}[^\s'\"<>.,;:)\]}!?]",
    "duration": rf"[0-9]{{1,12}}(?:\.[0-9]{{1,12}})? ?(?:{_UNIT}|[hms](?=[0-9]))"
    rf"(?: ?[0-9]{{1,12}}(?:\.[0-9]{{1,12}})? ?(?:{_UNIT}|[hms](?=[0-9]))){{0,3}}",
    "secret": r"<?[^\s'\",;<>()]{0,300}[^\s'\",;:.!?<>()]>?",
}
"""Pattern of each typed kind, in the regex syntax that Python and JavaScript share."""

OPEN: Final = frozenset({"text", "list"})
"""Kinds that match anything up to the next literal."""

_DURATION: Final[Pattern] = r"([0-9]+(?:\.[0-9]+)?) ?([a-z]+)"
_SECONDS: Final = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


def seconds(text: str) -> float:
    """Return the seconds in a duration such as `1m30s`, `6ms` or `20 seconds`."""
    total = 0.0
    for number, unit in pattern(_DURATION).findall(text.lower()):
        scale = 0.001 if unit.startswith(("ms", "milli")) else _SECONDS[unit[0]]
        total += float(number) * scale
    return round(total, 6)
