"""Splits texts into the words of the word index."""

from __future__ import annotations

from errdex.model.type_names import Final
from errdex.rules import Pattern

_KEPT: Final = b"abcdefghijklmnopqrstuvwxyz0123456789_"
WORD_BYTES: Final = bytes(byte if byte in _KEPT else byte + 32 if 65 <= byte <= 90 else 32 for byte in range(256))
"""Translation table of bytes: word characters to lower case, all others to a space, which separates words."""
ESCAPED_BLANK: Final[Pattern] = r"(?<!\\)\\+(?:[nrtfv]|u[0-9a-f]{4}|x[0-9a-f]{2})"
"""Escape sequences of JSON and reprs, in lower case; left in place, they would stick to the following word."""
TELLING: Final = 8
"""A wrapper head with at least this many letters is a client's own phrase."""
CJK: Final = "぀-ヿ㐀-鿿가-힣"
"""Chinese, Japanese and Korean characters, as a part of a character class; they are written without blanks."""
STATUS_WORDS: Final = frozenset(str(status).encode() for status in range(400, 600))
"""Numbers that may be the HTTP status of an error."""


def words(text: str) -> list[bytes]:
    """Return the words of a text: runs of ASCII letters, digits and underscores, in lower case."""
    return text.encode("utf-8", "replace").translate(WORD_BYTES).split()  # unencodable characters separate words


def characters(text: str) -> list[bytes]:
    """Return the letters and digits of a text that are in no word: each one that is not ASCII is a word of its own."""
    return [] if text.isascii() else [char.encode() for char in text if char > "\x7f" and char.isalnum()]


def longest_word(name: str) -> bytes:
    """Return the longest word of a name, or its first character if it has none: a text without it lacks the name."""
    return max(words(name), key=len, default=b"") or characters(name)[0]
