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
    templates = [*zip(*rules["templates"], strict=True)]
    places = rules["columns"]["template"].index("parts")
    templates[places] = tuple("".join(map(_part, parts)) for parts in templates[places])
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
    return rules | {"entries": kept, "templates": templates, "words": _keys(rules, templates[places])}


def _keys(rules: dict[str, Any], texts: tuple[str, ...]) -> list[list[int | str | None]]:
    """Return the three key words of each template, by columns: which word of its text each is, or the word itself."""
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


def _part(part: Any) -> str:
    return part if isinstance(part, str) else f"{_HOLE}{part[0]}:{part[1]}{_HOLE}"
