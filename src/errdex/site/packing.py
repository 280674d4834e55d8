"""The rules as the paste box loads them: without texts, which come a provider at a time, and packed by columns.

A server's compression finds more in a column of statuses than in rows of everything. `assets/unpack.js` undoes it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any, Final

_HOLE: Final = "\x01"
"""Around the holes of a packed template; no message has it."""
_WORD: Final = re.compile(r"\w+", re.ASCII)
_TEXTS: Final = ("title", "fix", "source")


def packed(rules: dict[str, Any]) -> dict[str, Any]:
    """Return the twin's rules by columns, without titles, fixes and sources."""
    fields: list[str] = rules["columns"]["entry"]
    entries = [*zip(*rules["entries"], strict=True)]
    kept = {name: column for name, column in zip(fields, entries, strict=False) if name not in _TEXTS}
    usual = {
        (category, retryable): {"scope": scope, "action": actions[not retryable]}
        for category, *_, scope, actions in rules["categories"]
        for retryable in (True, False)
    }
    verdicts = [*zip(kept["category"], kept["retryable"], strict=True)]
    for name in ("scope", "action"):  # what most entries of a category have in common is left out
        pairs = zip(kept[name], verdicts, strict=True)
        kept[name] = tuple(None if value == usual[verdict][name] else value for value, verdict in pairs)
    return rules | {"entries": kept, "templates": _templates(rules), "words": _keys(rules)}


def _templates(rules: dict[str, Any]) -> list[list[Any]]:
    """Return the templates by columns, those of an entry side by side, since they are alike.

    Their order, the longest first, is that of their lengths, which follow from their texts but for a prefix.
    """
    names: list[str] = rules["columns"]["template"]
    rows = [dict(zip(names, row, strict=True)) for row in sorted(rules["templates"], key=lambda row: row[0])]
    packed = []
    for row, before in zip(rows, [0, *(row["entry"] for row in rows)], strict=False):
        length = sum(len(part) for part in row["parts"] if isinstance(part, str))
        told = {"entry": row["entry"] - before, "parts": _text(row["parts"])}
        told |= {"literal": row["literal"] - length, "weight": row["weight"] - row["literal"]}
        packed.append(row | told)
    return [[row[name] for row in packed] for name in names]


def _keys(rules: dict[str, Any]) -> list[list[int | str | None]]:
    """Return the three key words of each template, by columns: which word of its text each is, or the word itself."""
    texts = [_text(row[rules["columns"]["template"].index("parts")]) for row in rules["templates"]]
    keys: list[list[int | str | None]] = [[None] * len(texts) for _ in range(3)]
    for first, (rest, numbers) in zip(rules["first_words"].split(" "), rules["words"], strict=True):
        others = rest.split(" ")
        for place, number in enumerate(numbers):
            words = [*dict.fromkeys(_WORD.findall(texts[number].lower()))]
            for column, word in zip(keys, (first, *others[2 * place : 2 * place + 2]), strict=True):
                column[number] = words.index(word) if word in words else word
    return keys


def texts(rules: dict[str, Any]) -> dict[str, dict[str, tuple[str, str]]]:
    """Return title and fix of each entry, as provider → id → texts."""
    fields: list[str] = rules["columns"]["entry"]
    title, fix = fields.index("title"), fields.index("fix")
    found: defaultdict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    for row in rules["entries"]:
        found[row[0].partition("/")[0]][row[0]] = (row[title], row[fix])
    return dict(found)


def _text(parts: list[Any]) -> str:
    return "".join(part if isinstance(part, str) else f"{_HOLE}{part[0]}:{part[1]}{_HOLE}" for part in parts)
