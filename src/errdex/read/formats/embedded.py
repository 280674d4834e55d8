"""Finds objects embedded in text. Never fails: text that only looks like an object yields none."""

from __future__ import annotations

import re

from errdex.model.type_names import Any, Final
from errdex.read.formats.notations import NoObjectError, Reader, unescape

_MAX_BODIES: Final = 64
_GO_MAP: Final = re.compile(r"map\[(?=\w+:)")
# The inside of an object whose opening brace was cut off.
_FRAGMENT: Final = re.compile(r"[\s,]*(?=[\"'][A-Za-z_]\w{0,40}[\"']\s*:)")
_ESCAPED_QUOTE: Final = re.compile(r"\\+[\"']")


class Body:
    """An object found in a text, and where it starts and ends."""

    __slots__ = ("end", "start", "value")

    def __init__(self, start: int, end: int, value: Any) -> None:
        self.start = start
        self.end = end
        self.value = value


def find_bodies(text: str, escaped: bool = False) -> list[Body]:
    """Return the outermost objects with at least one key, in order; `escaped` means the text has been unescaped."""
    bodies: list[Body] = []
    reader = Reader(text)
    position = 0
    if fragment := _FRAGMENT.match(text):
        try:
            value, position = reader.read_inside(fragment.end())
        except NoObjectError:
            pass
        else:
            # A single indented line of pretty-printed JSON does not tell what it belongs to.
            if len(value) > 1 or not text[0].isspace():
                bodies.append(Body(0, position, value))
            else:
                position = 0
    while len(bodies) < _MAX_BODIES and reader.budget > 0:
        start = _next_open(text, position)
        if start < 0:
            break
        quote = None if escaped else _ESCAPED_QUOTE.search(text, start, start + 40)
        if quote and text[start + 1 : quote.start()].strip(" [{\\nrt") == "":
            # {\"message\": …}: the container that escaped it was cut off, so everything that follows is escaped too.
            escaped = True
            level = len(quote[0]) - 1
            inner_text = text[start:]
            while level > 0:
                inner_text, level = unescape(inner_text), level // 2
            inner = find_bodies(inner_text, escaped)
            bodies += [Body(start, len(text), body.value) for body in inner[:1]]
            if inner:
                break
        try:
            value, end = reader.read(start)
        except NoObjectError:
            position = start + 1
            continue
        if value:
            bodies.append(Body(start, end, value))
        position = end
    return bodies


def read_to_end(text: str, start: int) -> Any:
    """Return the object that begins at a brace and extends to the end of the text; None if there is none."""
    try:
        value, end = Reader(text).read(start)
    except NoObjectError:
        return None
    return value if end == len(text) else None


def _next_open(text: str, position: int) -> int:
    """Return where the next object or Go map may begin; -1 if there is none."""
    brace = text.find("{", position)
    end = len(text) if brace < 0 else brace  # no further, or each brace would search the whole text
    go_map = text.find("map[", position, end)
    while go_map >= 0:
        if _GO_MAP.match(text, go_map):
            return go_map
        go_map = text.find("map[", go_map + 1, end)
    return brace
