"""The compiled catalog, as read at run time: two files of JSON, without pydantic or yaml.

`rules.jsonl` contains what `classify` needs. Its first line is what every text needs; the rows of the large tables
follow, some in a line, and are parsed when a text needs them, so that start-up does not grow with the catalog.
`pages.json`, the texts of the pages, is read on first use. In a checkout, the sizes and modification times of the YAML
files are stored next to the rules; if they no longer match, the YAML is recompiled in memory, with one warning.

No pathlib here: importing it would add 3 ms to every program's start.
"""

from __future__ import annotations

import json
import os.path
from functools import cached_property
from os import PathLike

from errdex.model.type_names import TYPE_CHECKING, Any, Final
from errdex.rules.tables import BLOCK, Blocks, Entry, Rows, Template, WordTable

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMAT: Final = 14
RULES: Final = "rules.jsonl"
PAGES: Final = "pages.json"
_WORDS: Final = ("messages", "match", "examples", "counterexamples")
"""Fields of an entry that have the same words."""
SOURCES: Final = "sources.json"
DATA: Final = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "data")
_TABLES: Final = ("entries", "templates", "items", "words", "heads")
"""The tables that are read in parts."""
_LAST: Final = "line_keys"
"""What stands in the last line: only logs are searched for it."""
PARTED: Final = "\n"
"""Separates the literals of a line key; between them there may be anything."""
CHECKOUT: Final = os.path.normpath(os.path.join(DATA, "..", "..", "..", "catalog"))
"""Folder of a checkout's YAML; an installed package has none."""

Folder = str | PathLike[str]


def _entry(row: list[Any]) -> Entry:
    return Entry(*row, row[0].partition("/")[0])


def _template(row: list[Any]) -> Template:
    return Template(*row)


class Rules:
    """The part of a compiled catalog that `classify` needs.

    Args:
        data: The rules as the compiler makes them, or as `read_parts` returns them.
    """

    def __init__(self, data: dict[str, Any]) -> None:
        if data.get("format") != FORMAT:
            raise ValueError(f"compiled catalog has format {data.get('format')}, this version reads {FORMAT}")
        self._data = data
        self.providers: list[str] = data["providers"]
        """Names of all providers, sorted."""
        self.gateways = frozenset[str](data["gateways"])
        """Providers that relay the errors of others."""
        self.compatible = frozenset[str](data["compatible"])
        """Providers whose SDKs may have called another provider's host."""
        self.names: dict[str, str] = data["names"]
        """Name in lower case → provider."""
        self.hosts: dict[str, str] = data["hosts"]
        """Host in lower case → provider."""
        self.modules: dict[str, str] = data["modules"]
        """Module of an SDK → provider."""
        self.mentions: dict[str, list[tuple[str, str, bool]]] = data["mentions"]
        """Word → (name, provider, whether it is a host) of what a text without the word cannot mention."""
        self.message_paths: list[str] = data["message_paths"]
        """Dotted paths of messages in error bodies."""
        self.code_paths: list[str] = data["code_paths"]
        """Dotted paths of machine codes in error bodies."""
        self.classes: dict[str, list[tuple[str, str, int | None]]] = data["classes"]
        """Class name → (provider, path as declared, HTTP status it stands for)."""
        self.class_words: dict[str, list[str]] = data["class_words"]
        """Word → names of the exception classes that count in a text."""
        self.prefixes: list[str] = data["prefixes"]
        """What may come between a label and a message, folded."""
        self.heads: Rows[list[Any]] = Rows(data["heads"], list)
        """Wrapper heads, by their parts."""
        self.code_words = frozenset(data["code_words"].encode().split())
        """A text without any of these words has none of the codes."""
        self.own = frozenset(data.get("own", ()))
        """Ids of the user's own entries, which have no page on the errdex site."""
        self.entries = Rows(data["entries"], _entry)
        self.templates = Rows(data["templates"], _template)
        self.items: Rows[tuple[int, dict[str, Any], bool]] = Rows(data["items"], tuple)
        """(entry, conditions, whether its code is generic)."""
        self.wanted_classes: list[str] = data["wanted_classes"]
        """Paths of the exception classes that entries ask for."""
        self.codes: dict[str, list[int]] = data["codes"]
        self.fields: dict[str, list[int]] = data["fields"]
        self.exceptions: dict[str, list[int]] = data["exceptions"]
        self.details: dict[str, list[int]] = data["details"]
        self.field_words: dict[bytes, list[tuple[str, str]]] = {
            word.encode(): fields for word, fields in data["field_words"].items()
        }
        """Word → (name, value) of the fields it belongs to; a text with none of these words has none of the fields."""
        self.categories: list[tuple[str, str, str, bool, str, tuple[str, str]]] = data["categories"]
        """(category, title, fix, whether a retry can help, scope, action if it can and if it cannot) of each category,
        for errors that no entry lists."""
        self.retryable = frozenset(row[0] for row in self.categories if row[3])
        """Categories whose errors are worth a retry."""
        self.defaults: dict[str, dict[str, list[int]]] = data["defaults"]
        self.words = WordTable(data["first_words"], data["other_words"], data["words"])

    def literals(self) -> Iterator[str]:
        """Yield the texts with which raw errors are compared: parts of templates, heads, names, codes, conditions."""
        for parts in [*(template.parts for template in self.templates.all()), *self.heads.all()]:
            yield from (part for part in parts if isinstance(part, str))
        for names in (self.codes, self.exceptions, self.names, self.hosts, self.prefixes, self.classes):
            yield from names
        yield from (value for fields in self.field_words.values() for pair in fields for value in pair)
        yield from (json.dumps(conditions, default=str) for _, conditions, _ in self.items.all())
        yield from (json.dumps(template.conditions, default=str) for template in self.templates.all())

    @cached_property
    def line_keys(self) -> dict[str, list[int]]:
        """Line key → templates all of whose texts contain its literals, apart from the number of spaces in them.

        `PARTED` separates the literals of a key; each occurs somewhere after the previous one.
        """
        keys = self._data[_LAST]
        found: dict[str, list[int]] = json.loads(keys) if type(keys) is bytes else keys
        return found


def _bytes(folder: Folder, name: str) -> bytes:
    with open(os.path.join(folder, name), "rb") as file:
        return file.read()


def _read(folder: Folder, name: str) -> Any:
    return json.loads(_bytes(folder, name))


def dump_rules(rules: dict[str, Any]) -> str:
    """Return the text of `rules.jsonl`."""
    tables, lines, position = {}, [], 0
    for table in _TABLES:
        rows, starts = rules[table], []
        for start in range(0, len(rows), BLOCK):
            starts.append(position)
            lines.append(_line(rows[start : start + BLOCK]))
            position += len(lines[-1].encode())
        tables[table] = [len(rows), starts]
    first = {name: value for name, value in rules.items() if name not in (*_TABLES, _LAST)}
    return "".join([_line({**first, "tables": tables, "end": position}), *lines, _line(rules[_LAST])])


def dump_pages(pages: dict[str, Any]) -> str:
    """Return the text of `pages.json`: entries and places by columns, since the values of a field pack well.

    What an entry matches and its examples repeat each other, and so stand side by side.
    """
    entries = pages["entries"].values()
    keys: list[str] = []
    for names in dict.fromkeys(map(tuple, entries)):
        place = 0
        for key in names:
            if key not in keys:
                keys.insert(place, key)
            place = keys.index(key) + 1
    stored = {
        "keys": keys,
        "columns": [[entry.get(key) for entry in entries] for key in keys if key not in _WORDS],
        "words": [[entry.get(key) for key in _WORDS] for entry in entries],
    }
    return _line({**pages, "entries": stored, "places": [pages["places"][entry["id"]] for entry in entries]})


def entries_of(stored: dict[str, list[Any]]) -> dict[str, dict[str, Any]]:
    """Return the entries, by id, as `pages.json` holds them."""
    keys, columns = stored["keys"], iter(stored["columns"])
    words = dict(zip(_WORDS, zip(*stored["words"], strict=True), strict=bool(keys)))
    rows = zip(*(words[key] if key in words else next(columns) for key in keys), strict=True)
    entries = ({key: value for key, value in zip(keys, row, strict=True) if value is not None} for row in rows)
    return {entry["id"]: entry for entry in entries}


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"


def read_parts(folder: Folder = DATA) -> dict[str, Any]:
    """Read the rules of a compiled catalog, with the rows of its large tables as they are in the file."""
    text = _bytes(folder, RULES)
    begin = text.index(b"\n") + 1
    rules: dict[str, Any] = json.loads(text[:begin])
    for table, (count, starts) in rules.pop("tables").items():
        rules[table] = Blocks(text, begin, starts, count)
    rules[_LAST] = text[begin + rules.pop("end") :]
    return rules


def read_rules(folder: Folder = DATA) -> dict[str, Any]:
    """Read the rules of a compiled catalog, as the compiler made them."""
    rules = read_parts(folder)
    for table in _TABLES:
        rules[table] = [rules[table][number] for number in range(len(rules[table]))]
    return {**rules, _LAST: json.loads(rules[_LAST])}


def read_pages(folder: Folder = DATA) -> dict[str, Any]:
    """Read the page texts of a compiled catalog: `entries` and `providers`, by id, as in the YAML."""
    pages: dict[str, Any] = _read(folder, PAGES)
    pages["entries"] = entries_of(pages["entries"])
    pages["places"] = dict(zip(pages["entries"], pages["places"], strict=True))
    return pages


def fingerprint(catalog: Folder) -> list[list[str | int]]:
    """Return path, size in bytes and modification time in nanoseconds of a catalog's YAML files and its history."""
    found: list[list[str | int]] = []
    for folder, _, names in os.walk(catalog):
        for name in names:
            if name.endswith((".yaml", ".yml")) or name == "history.jsonl":
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
