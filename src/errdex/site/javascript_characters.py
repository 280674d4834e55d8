"""Characters in Python's regular expressions, written for JavaScript: classes, case variants, escapes."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

_WORD: Final = ("\\p{L}", "\\p{Nd}", "\\p{Nl}", "\\p{No}", "_")
_SPACE: Final = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"
CATEGORIES: Final = {
    "CATEGORY_WORD": ("".join(_WORD), False),
    "CATEGORY_NOT_WORD": ("".join(_WORD), True),
    "CATEGORY_DIGIT": ("\\p{Nd}", False),
    "CATEGORY_NOT_DIGIT": ("\\p{Nd}", True),
    "CATEGORY_SPACE": (_SPACE, False),
    "CATEGORY_NOT_SPACE": (_SPACE, True),
}
"""Each category as the inside of a character class, and whether it is negated."""


def minus(category: str, inside: str) -> str | None:
    """Return a category without some of its members; None if they are not members."""
    if category != "".join(_WORD):
        return None
    rest = inside
    for part in _WORD:
        rest = rest.replace(part, "")
    return None if rest else "".join(part for part in _WORD if part not in inside)


def escape(code: int) -> str:
    """Return a character as written in a pattern, inside or outside a class."""
    char = chr(code)
    if char in r"^$\.*+?()[]{}|/-":
        return f"\\x{code:02x}" if char == "-" else "\\" + char  # \- is valid only in classes
    if 32 <= code < 127:
        return char
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 0x10000 else f"\\u{{{code:x}}}"


@cache
def cases(code: int) -> list[int]:
    """Return the characters that a character matches when case is ignored."""
    if chr(code).lower() == chr(code).upper():
        return [code]
    return [ord(other) for other in re.findall(re.escape(chr(code)), _every_character(), re.IGNORECASE)]


@cache
def _every_character() -> str:
    return "".join(map(chr, [*range(0xD800), *range(0xE000, 0x20000)]))
