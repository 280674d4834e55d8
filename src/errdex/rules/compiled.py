"""The compiled catalog, as read at run time: two JSON files, without pydantic or yaml.

`rules.json` contains what `classify` needs; `pages.json`, the texts of the pages, is read on first use. In a checkout,
the sizes and modification times of the YAML files are stored next to the rules; if they no longer match, the YAML is
recompiled in memory, with one warning.

No pathlib here: importing it would add 3 ms to every program's start.
"""

from __future__ import annotations

import json
import os.path
from collections.abc import Sequence
from os import PathLike
from typing import Any, Final, NamedTuple

FORMAT: Final = 9
RULES: Final = "rules.json"
PAGES: Final = "pages.json"
SOURCES: Final = "sources.json"
DATA: Final = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data")
PARTED: Final = "\n"
"""Separates the literals of a line key; between them there may be anything."""
CHECKOUT: Final = os.path.normpath(os.path.join(DATA, "..", "..", "..", "catalog"))
"""Folder of a checkout's YAML; an installed package has none."""

Folder = str | PathLike[str]


class Entry(NamedTuple):
    """An error in a catalog: what classifying needs of it. Read fields by name: later versions may add some."""

    id: str
    """Stable id, `provider/slug`."""
    kind: str
    """`error`, `family` (wordings that are not listed one by one) or `default` (the meaning of a bare status)."""
    category: str
    """What went wrong: the value of an `errdex.Category`."""
    retryable: bool
    """Whether the same request, sent again after at most a few minutes, has a fair chance of succeeding."""
    retry_after: float | None
    """Seconds to wait, if the source says so."""
    statuses: Sequence[int]
    """HTTP statuses that it comes with, the usual one first."""
    support: bool
    """Whether its messages are so short that other evidence must show that this is an error."""
    title: str
    """The error in one line."""
    fix: str
    """What to change; contains names of params in braces."""
    source: str | None
    """URL where the vendor, or someone who ran into it, shows the error; None if a user's own entry gives none."""

    provider: str
    """Part of the id before the slash."""


class Template(NamedTuple):
    """One template: its parts, and how much of it a truncated text must show."""

    entry: int
    parts: list[Any]
    """Literals, and holes as [name, kind]."""
    literal: int
    """Number of literal characters."""
    unique_from: int
    """Literal characters after which no other entry's template agrees: its provider's, a gateway's or one of `http`."""
    sentence: int
    """Number of literal characters in the first sentence; 0 if the template is a single sentence."""
    conditions: dict[str, Any] | None
    """Conditions on the rest of the evidence."""


class Rules:
    """The part of a compiled catalog that `classify` needs."""

    def __init__(self, data: dict[str, Any]) -> None:
        if data.get("format") != FORMAT:
            raise ValueError(f"compiled catalog has format {data.get('format')}, this version reads {FORMAT}")
        self.providers: dict[str, dict[str, Any]] = data["providers"]
        self.own = frozenset(data.get("own", ()))
        """Ids of the user's own entries, which have no page on the errdex site."""
        self.entries = [Entry(*[*row, row[0].partition("/")[0]]) for row in data["entries"]]
        self.templates = [Template(*row) for row in data["templates"]]
        self.items: list[tuple[int, dict[str, Any], bool]] = data["items"]
        """(entry, conditions, whether its code is generic)."""
        self.conditions = [conditions for _, conditions, _ in self.items]
        self.conditions += [template.conditions for template in self.templates if template.conditions]
        """Conditions of all items and templates."""
        self.codes: dict[str, list[int]] = data["codes"]
        self.fields: dict[str, list[int]] = data["fields"]
        self.exceptions: dict[str, list[int]] = data["exceptions"]
        self.details: dict[str, list[int]] = data["details"]
        self.field_words: dict[bytes, list[tuple[str, str]]] = {
            word.encode(): fields for word, fields in data["field_words"].items()
        }
        """Word → (name, value) of the fields it belongs to; a text with none of these words has none of the fields."""
        self.line_keys: dict[str, list[int]] = data["line_keys"]
        """Line key → templates all of whose texts contain its literals, apart from the number of spaces in them.

        `PARTED` separates the literals of a key; each occurs somewhere after the previous one.
        """
        self.categories: dict[str, tuple[str, str]] = {name: (title, fix) for name, title, fix, _ in data["categories"]}
        """Category → (title, fix) of errors that no entry lists."""
        self.retryable = frozenset(name for name, _, _, retryable in data["categories"] if retryable)
        """Categories whose errors are worth a retry."""
        self.defaults: dict[str, dict[str, list[int]]] = data["defaults"]
        self.words: dict[bytes, list[tuple[bytes, bytes, int]]] = {
            word.encode(): [
                ((second or word).encode(), (third or word).encode(), template) for second, third, template in keys
            ]
            for word, keys in data["words"].items()
        }
        """First key word → (second, third, template number); the first stands in for key words a template lacks."""


def _read(folder: Folder, name: str) -> Any:
    with open(os.path.join(folder, name), "rb") as file:
        return json.loads(file.read())


def read_rules(folder: Folder = DATA) -> dict[str, Any]:
    """Read the rules of a compiled catalog."""
    rules: dict[str, Any] = _read(folder, RULES)
    return rules


def read_pages(folder: Folder = DATA) -> dict[str, Any]:
    """Read the page texts of a compiled catalog: `entries` and `providers`, by id, as in the YAML."""
    pages: dict[str, Any] = _read(folder, PAGES)
    return pages


def fingerprint(catalog: Folder) -> list[list[str | int]]:
    """Return path, size in bytes and modification time in nanoseconds of every YAML file of a catalog."""
    found: list[list[str | int]] = []
    for folder, _, names in os.walk(catalog):
        for name in names:
            if name.endswith((".yaml", ".yml")):
                path = os.path.join(folder, name)
                stat = os.stat(path)
                found.append([os.path.relpath(path, catalog), stat.st_size, stat.st_mtime_ns])
    return sorted(found)


def is_stale(folder: Folder = DATA, catalog: Folder = CHECKOUT) -> bool:
    """Tell whether the YAML of this checkout has changed since it was compiled; False if there is no YAML."""
    if not os.path.isdir(catalog):
        return False
    try:
        noted = _read(folder, SOURCES)
    except FileNotFoundError:
        return True
    return bool(noted != fingerprint(catalog))


def is_built(folder: Folder = DATA) -> bool:
    """Tell whether a compiled catalog exists."""
    return os.path.exists(os.path.join(folder, RULES)) and os.path.exists(os.path.join(folder, PAGES))
