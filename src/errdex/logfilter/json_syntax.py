"""Checks whether bytes are JSON, as `json.loads` would say, in memory that does not grow with them."""

from __future__ import annotations

import re
from typing import Final

_DEEPEST: Final = 900
_MOST_DIGITS: Final = 4_300  # of an integer, in Python
_PLAIN: Final = rb'[^"\\\x00-\x1f]*+'
_TOKEN: Final = re.compile(
    rb"[ \t\n\r]*+(?:"
    rb'(?P<string>"' + _PLAIN + rb'(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})' + _PLAIN + rb')*+")'
    rb"|(?P<number>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][-+]?[0-9]++)?+)"
    rb"|(?P<word>true|false|null|NaN|-?Infinity)"
    rb"|(?P<mark>[\[{\]},:]))"
)
_SCALARS: Final = ("string", "number", "word")
_END: Final = re.compile(rb"[ \t\n\r]*\Z")
# What may come next: a value, a value or the end of a list, a key, a key or the end of an object, a colon, or a comma
# or an end.
_VALUE, _ITEM, _KEY, _FIRST_KEY, _COLON, _AFTER = range(6)


def is_valid(content: bytes) -> bool:
    """Tell whether bytes are one JSON object in UTF-8."""
    try:
        content.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    inside: list[bytes] = []
    state = _VALUE
    place = 0
    scan = _TOKEN.match
    while state != _AFTER or inside:
        found = scan(content, place)
        if found is None:
            return False
        place = found.end()
        kind = found.lastgroup
        mark = found[0][-1:] if kind == "mark" else b""
        if state in (_VALUE, _ITEM) and (mark in (b"{", b"[") or kind in _SCALARS):
            if not mark:
                if kind == "number" and len(found[0]) > _MOST_DIGITS and found[0].strip(b" \t\n\r-").isdigit():
                    return False
                state = _AFTER
            else:
                inside.append(mark)
                state = _FIRST_KEY if mark == b"{" else _ITEM
                if len(inside) > _DEEPEST:
                    return False
        elif state in (_KEY, _FIRST_KEY) and kind == "string":
            state = _COLON
        elif state == _COLON and mark == b":":
            state = _VALUE
        elif state == _AFTER and mark == b"," and inside:
            state = _KEY if inside[-1] == b"{" else _VALUE
        elif (mark == b"}" and inside and inside[-1] == b"{" and state in (_FIRST_KEY, _AFTER)) or (
            mark == b"]" and inside and inside[-1] == b"[" and state in (_ITEM, _AFTER)
        ):
            inside.pop()
            state = _AFTER
        else:
            return False
    return content.lstrip(b" \t\n\r")[:1] == b"{" and _END.match(content, place) is not None
