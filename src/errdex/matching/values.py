"""What a hole took → the value of a param."""

from __future__ import annotations

import re
from typing import Final

Param = int | float | str | list[str]

_DURATION: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?([a-z]+)")
_SECONDS: Final = {"s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_PUNCTUATION: Final = re.compile(r"[,;']")
_SPLIT: Final = re.compile(r"\s*[,;]\s*(?:and |or )?|\s+(?:and|or)\s+")


def seconds(text: str) -> float:
    """Return a duration such as `1m30s`, `6ms` or `20 seconds` in seconds."""
    total = 0.0
    for number, unit in _DURATION.findall(text.lower()):
        scale = 0.001 if unit.startswith(("ms", "milli")) else _SECONDS[unit[0]]
        total += float(number) * scale
    return round(total, 6)


def convert(kind: str, text: str) -> Param:
    """Return the value that a hole of this kind found."""
    text = text.replace("\n", " ")
    if kind == "int":
        return int(text.replace(",", "").replace("_", ""))
    if kind == "number":
        return float(text.replace(",", "").replace("_", ""))
    if kind == "duration":
        return seconds(text)
    if kind == "name":
        return text.strip("'")
    if kind == "list":
        return _items(text)
    return text


def _items(text: str) -> list[str]:
    text = text.strip()
    inside = text.rstrip(".").strip("[](){} ")
    if text.startswith("[") and not _PUNCTUATION.search(text):
        return inside.split()  # as Go prints a slice: [256 512]
    return [item for item in (part.strip(" '[]") for part in _SPLIT.split(inside)) if item]
