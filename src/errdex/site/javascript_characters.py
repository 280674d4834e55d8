"""Characters of Python's regular expressions as JavaScript writes them: classes, cases, escapes."""

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
"""What a category is as the inside of a class, and whether it is anything else."""


def minus(category: str, inside: str) -> str | None:
    """Return a category without some of its parts; None where these are no parts of it."""
    if category != "".join(_WORD):
        return None
    rest = inside
    for part in _WORD:
        rest = rest.replace(part, "")
    return None if rest else "".join(part for part in _WORD if part not in inside)


def escape(code: int) -> str:
    """Return a character as a pattern has it, in a class or outside of one."""
    char = chr(code)
    if char in r"^$\.*+?()[]{}|/-":
        return f"\\x{code:02x}" if char == "-" else "\\" + char  # \- only stands in classes
    if 32 <= code < 127:
        return char
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" if code < 0x10000 else f"\\u{{{code:x}}}"


@cache
def cases(code: int) -> list[int]:
    """Return what a character matches where case is ignored."""
    if chr(code).lower() == chr(code).upper():
        return [code]
    return [ord(other) for other in re.findall(re.escape(chr(code)), _every_character(), re.IGNORECASE)]


@cache
def _every_character() -> str:
    return "".join(map(chr, [*range(0xD800), *range(0xE000, 0x20000)]))
