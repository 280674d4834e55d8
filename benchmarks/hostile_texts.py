"""Texts made to be slow: built from the catalog's own templates, or each targeting one part of the reader.

Each shape is a function of the size, so that half the size shows how the time grows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from errdex.rules import compiled
from errdex.rules.compiled import Rules

_VALUES = {
    "int": "4096",
    "number": "0.5",
    "word": "command-r",
    "name": "'command-r'",
    "url": "https://example.com/a",
    "duration": "20s",
    "list": "'a', 'b'",
    "text": "some words",
    "secret": "abcd1234",
}
Make = Callable[[int], str]


class Hostile(NamedTuple):
    """One text of any size."""

    shape: str
    what: str
    """The entry whose template it is made of, or the lure added to it."""
    make: Make
    parts: list[Any] | None = None
    """The template's parts, for a naive regex to try."""


def fill(unit: str, size: int) -> str:
    """Repeat a text up to a given size."""
    return (unit * (size // len(unit) + 1))[: max(0, size)]


def of_templates(step: int = 1) -> Iterator[list[Hostile]]:
    """Yield the texts made of each template of the catalog, or of every `step`-th."""
    rules = Rules(compiled.read_rules())
    for template in rules.templates.all()[::step]:
        entry = rules.entries[template.entry].id
        prefix, middle = _halves(template.parts)
        yield [
            Hostile("prefix once, middle repeated", entry, _once(prefix, middle), template.parts),
            Hostile("prefix and middle repeated", entry, _repeated(prefix + middle), template.parts),
            Hostile("prefix repeated", entry, _repeated(prefix), template.parts),
            Hostile("prefix, then one endless word", entry, _once(prefix, "x"), template.parts),
            Hostile("quotes, then the message", entry, _after_quotes(prefix + middle), template.parts),
        ]


def _once(prefix: str, middle: str) -> Make:
    return lambda size: prefix + fill(middle, size - len(prefix))


def _after_quotes(message: str) -> Make:
    return lambda size: fill("'", size - len(message)) + message


def _repeated(unit: str) -> Make:
    return lambda size: fill(unit, size)


def _halves(parts: list[Any]) -> tuple[str, str]:
    """Return the beginning of a message, and what follows without its last part; a single literal is cut in two."""
    shown = [part if isinstance(part, str) else _VALUES[part[1]] for part in parts]
    cut = 1 if isinstance(parts[0], str) else 2
    if len(parts) > cut + 1:
        return "".join(shown[:cut]), "".join(shown[cut:-1])
    whole = "".join(shown)
    half = max(1, min(len(whole) - 1, max(24, len(whole) // 2)))
    return whole[:half], whole[half:]


def aimed() -> list[Hostile]:
    """Return the texts that target one part of the reader, each alone and with lures that keep the reader busy."""
    lures = _lures()
    return [Hostile(shape, lure, _lured(make, text)) for shape, make in _AIMED.items() for lure, text in lures.items()]


def _lured(make: Make, lure: str) -> Make:
    return lambda size: make(size - len(lure)) + lure


def _lures() -> dict[str, str]:
    rules = Rules(compiled.read_rules())
    words = {word for key, rows in rules.words.items() for row in rows for word in (key, *row[:-1])}
    return {
        "alone": "",
        "with an error line": "\ncohere.errors.NotFoundError: 404 not found: finish_reason ERROR_TOXIC status FAILED",
        "with the key words of all templates": "\n" + b" ".join(sorted(words)).decode() + "\nNotFoundError",
    }


_MESSAGE = '{"message":"request cancelled"},'
_AIMED: dict[str, Make] = {
    "quotes": _repeated('"'),
    "braces": _repeated("{"),
    '{"message":" repeated': _repeated('{"message":"'),
    "digits": _repeated("4"),
    "statuses": _repeated("429 "),
    "backslashes": _repeated("\\"),
    "nested JSON": lambda size: '{"error":' * (size // 10) + "1" + "}" * (size // 10),
    "one word": _repeated("a"),
    "escaped objects": _repeated('{\\"a '),
    "keys without commas": lambda size: "{" + fill("a:b ", size - 2) + "{",
    "a string and blanks": lambda size: '{"a":"b" +' + " " * (size - 11) + "x",
    "a map of Go": lambda size: "map[" + fill("a:", size - 5) + "[",
    "statuses on one line": _repeated("HTTP 429 "),
    "codes on one line": _repeated("code=TOO_MANY_TOKENS "),
    "fields on one line": _repeated("finish_reason=abc status=def type=ghi "),
    "classes and statuses": _repeated("NotFoundError: 404 "),
    "list of fields": lambda size: "[" + fill('{"status":"a"},', (size - 20) // 15 * 15) + '{"a":1}]',
    "list of messages": lambda size: "[" + fill(_MESSAGE, (size - 20) // len(_MESSAGE) * len(_MESSAGE)) + '{"a":1}]',
    "links": lambda size: "](" + fill("[https://", size - 2),
    "no words before messages": lambda size: "-" * (size - 1200) + fill("invalid api token a ", 1200),
    "looking back": lambda size: fill("a" * 230 + ". must have a type ", size),
    "tags": lambda size: "</a><html>" + fill("<script>", size - 10),
    "terminal colours": _repeated("\x1b["),
}
