"""Converts the text matched by a hole to the value of a param."""

from __future__ import annotations

from errdex.model.params import Param
from errdex.model.type_names import Final
from errdex.read.evidence import BODY
from errdex.rules import Pattern, pattern
from errdex.rules.holes import seconds

_PUNCTUATION: Final[Pattern] = r"[,;']"
_SPLIT: Final[Pattern] = r"\s*[,;]\s*(?:and |or )?|\s+(?:and|or)\s+"


def convert(kind: str, text: str) -> Param:
    """Return the value that a hole of this kind found."""
    if "\n" in text or BODY in text:
        text = text.replace("\n", " ").replace(BODY, "{…}")
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


def _items(text: str) -> tuple[str, ...]:
    text = text.strip()
    inside = text.rstrip(".").strip("[](){} ")
    if text.startswith("[") and not pattern(_PUNCTUATION).search(text):
        return tuple(inside.split())  # as Go prints a slice: [256 512]
    return tuple(item for item in (part.strip(" '[]") for part in pattern(_SPLIT).split(inside)) if item)
