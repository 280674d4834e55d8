"""The compiled catalog as it is read at run time: two JSON files, without pydantic or yaml.

`rules.json` holds what classify needs, `pages.json` the texts of the pages, read on first use. In a checkout the
rules come with the sizes and times of their YAML; a mismatch compiles it anew in memory, with one warning.

No pathlib here: importing it costs 3 ms of every program's start.
"""

from __future__ import annotations

import json
import os.path
from collections.abc import Sequence
from os import PathLike
from typing import Any, Final, NamedTuple

FORMAT: Final = 8
RULES: Final = "rules.json"
PAGES: Final = "pages.json"
SOURCES: Final = "sources.json"
DATA: Final = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data")
PARTED: Final = "\n"
"""Parts the literals of a line key, between which there may be anything."""
CHECKOUT: Final = os.path.normpath(os.path.join(DATA, "..", "..", "..", "catalog"))
"""The YAML of a checkout; an installed package has none."""

Folder = str | PathLike[str]


class Entry(NamedTuple):
    """One error of a catalog, as far as classifying needs it. Read it by name: later versions know more fields."""

    id: str
    """Its stable id, `provider/slug`."""
    kind: str
    """`error`, `family` (of wordings not listed one by one) or `default` (what a bare status means)."""
    category: str
    """What went wrong; one of `errdex.Category`, as text."""
    retryable: bool
    """Would the same request, sent again after at most a few minutes, have a fair chance?"""
    retry_after: float | None
    """Seconds to wait, where its source says so."""
    statuses: Sequence[int]
    """HTTP statuses that it comes with, the usual one first."""
    support: bool
    """Whether its messages are so short that something beside them must say that this is an error."""
    title: str
    """The error in one line."""
    fix: str
    """What to change; names of params stand in braces."""
    source: str | None
    """Where the vendor, or somebody who met it, shows the error; None where an own entry names nothing."""

    provider: str
    """The part of the id before the slash."""


class Template(NamedTuple):
    """One template: its parts, and how much of it a cut text must show."""

    entry: int
    parts: list[Any]
    """Literals, and holes as [name, kind]."""
    literal: int
    """Literal characters."""
    unique_from: int
    """Literal characters after which no other entry's template of its provider, of any API or of gateways agrees."""
    sentence: int
    """Literal characters of the first sentence, 0 if it is the whole."""
    conditions: dict[str, Any] | None
    """What else must hold."""


class Rules:
    """The part of a compiled catalog that classify needs."""

    def __init__(self, data: dict[str, Any]) -> None:
        if data.get("format") != FORMAT:
            raise ValueError(f"compiled catalog has format {data.get('format')}, this version reads {FORMAT}")
        self.providers: dict[str, dict[str, Any]] = data["providers"]
        self.own = frozenset(data.get("own", ()))
        """Ids of a user's own entries, which have no page on our site."""
        self.entries = [Entry(*[*row, row[0].partition("/")[0]]) for row in data["entries"]]
        self.templates = [Template(*row) for row in data["templates"]]
        self.items: list[tuple[int, dict[str, Any], bool]] = data["items"]
        """Entry, what it asks for, and whether its code is generic."""
        self.conditions = [conditions for _, conditions, _ in self.items]
        self.conditions += [template.conditions for template in self.templates if template.conditions]
        """What items and templates ask for."""
        self.codes: dict[str, list[int]] = data["codes"]
        self.fields: dict[str, list[int]] = data["fields"]
        self.exceptions: dict[str, list[int]] = data["exceptions"]
        self.details: dict[str, list[int]] = data["details"]
        self.field_words: dict[bytes, list[tuple[str, str]]] = {
            word.encode(): fields for word, fields in data["field_words"].items()
        }
        """Words without any of which a text has none of these fields, each to (name, value) of the fields with it."""
        self.line_keys: dict[str, list[int]] = data["line_keys"]
        """To the templates of which every text holds these literals, but for the number of blanks in them.

        Of several, parted by `PARTED`, each stands somewhere behind the one before.
        """
        self.defaults: dict[str, dict[str, list[int]]] = data["defaults"]
        self.words: dict[bytes, list[tuple[bytes, bytes, int]]] = {
            word.encode(): [
                ((second or word).encode(), (third or word).encode(), template) for second, third, template in keys
            ]
            for word, keys in data["words"].items()
        }
        """First key word of a template to its second, its third (the first once more where it has fewer) and number."""


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
    """Return path, size and time of every YAML file of a catalog."""
    found: list[list[str | int]] = []
    for folder, _, names in os.walk(catalog):
        for name in names:
            if name.endswith((".yaml", ".yml")):
                path = os.path.join(folder, name)
                stat = os.stat(path)
                found.append([os.path.relpath(path, catalog), stat.st_size, stat.st_mtime_ns])
    return sorted(found)


def is_stale(folder: Folder = DATA, catalog: Folder = CHECKOUT) -> bool:
    """Tell whether the YAML of this checkout is not what was compiled; False where there is no YAML."""
    if not os.path.isdir(catalog):
        return False
    try:
        noted = _read(folder, SOURCES)
    except FileNotFoundError:
        return True
    return bool(noted != fingerprint(catalog))


def is_built(folder: Folder = DATA) -> bool:
    """Tell whether there is a compiled catalog."""
    return os.path.exists(os.path.join(folder, RULES)) and os.path.exists(os.path.join(folder, PAGES))
