"""The catalog as rows: a message a row, or a key a row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from errdex.authoring.template import Hole, compile_parts, to_regex
from errdex.classifier.catalog import Catalog
from errdex.decide.answer import SITE
from errdex.logfilter.line_keys import LineKeys
from errdex.rules.compiled import PARTED

_PUNCTUATION: Final = re.compile(r"[!-/:-@\[-`{-~]")
_NOT_ASCII: Final = (r"\x80-\xff", r"\x{80}-\x{10ffff}")  # as bytes, and as characters
_LEAST: Final = 4
"""Letters and digits of a text to look for; a shorter one is nearly everywhere."""


class Table(NamedTuple):
    """A table: its name, its columns with the kind of each (`text`, `bool`, `float`, `int`), and its rows."""

    name: str
    columns: dict[str, str]
    rows: list[tuple[Any, ...]]


def messages(catalog: Catalog) -> Table:
    """Return a row for each message of each entry.

    `literal` is the longest run of plain characters in the message, in lower case. `filter` is the regular expression
    that finds it in a text in lower case with single spaces, in the syntax that RE2 and Hyperscan share; null if it is
    too short to filter by. `pattern` is the expression that defines the message, for PCRE and normalised text.
    """
    rows = [
        (*_verdict(catalog, name), message, _literal(message), _filter(_literal(message)), to_regex(message))
        for name, entry in catalog.pages["entries"].items()
        for message in _messages(entry)
    ]
    return Table("errdex_messages", {**_VERDICT, **_text("message", "literal", "filter", "pattern")}, rows)


def keys(catalog: Catalog) -> Table:
    """Return a row for each key: a text that reports an error of the catalog contains at least one.

    `kind` is `literal`, `name` or `pattern`. `filter` is the regular expression for it, as in `messages`.
    """
    found = LineKeys.of(catalog)
    literals = {max(key.split(PARTED), key=len) for key in found.literals}
    rows = [("literal", key, _filter(key)) for key in sorted(literals)]
    rows += [("name", name, _PUNCTUATION.sub(r"\\\g<0>", name.lower())) for name in found.names]
    patterns = ((pattern, pattern.replace("(?-i:", "(?:").lower()) for pattern in found.patterns)
    rows += [("pattern", pattern, lower.replace(*_NOT_ASCII)) for pattern, lower in patterns]
    return Table("errdex_keys", _text("kind", "key", "filter"), rows)


TABLES: Final = {"messages": messages, "keys": keys}
"""Name → what returns the table of a catalog."""


def _text(*names: str) -> dict[str, str]:
    return dict.fromkeys(names, "text")


_VERDICT: Final = {
    **_text("entry", "provider", "category"),
    "retryable": "bool",
    "retry_after": "float",
    **_text("scope", "action"),
    "status": "int",
    **_text("title", "fix", "page"),
}


def _messages(entry: dict[str, Any]) -> list[str]:
    """Return the messages of an entry, also those that count with something else only, such as a status."""
    return [*entry.get("messages", ()), *(item["message"] for item in entry.get("match", ()) if "message" in item)]


def _verdict(catalog: Catalog, name: str) -> Iterator[Any]:
    entry = catalog.entry(name)
    page = None if name in catalog._rules.own else f"{SITE}{name}/"
    yield from (entry.id, entry.provider, entry.category, entry.retryable, entry.retry_after, entry.scope, entry.action)
    yield from (entry.statuses[0] if entry.statuses else None, entry.title, entry.fix, page)


def _literal(message: str) -> str:
    """Return the longest run of plain characters, none of which is a quotation mark: those have many forms."""
    literals = "'".join("'" if isinstance(part, Hole) else part for part in compile_parts(message))
    runs = "".join(char if char.isascii() or char.isalnum() else "'" for char in literals).split("'")
    return max((run.strip() for run in runs), key=len)


def _filter(literal: str) -> str | None:
    """Return the expression for plain characters; None if they are too few to say anything."""
    if literal.isascii() and sum(char.isalnum() for char in literal) < _LEAST:
        return None
    return _PUNCTUATION.sub(r"\\\g<0>", literal)
