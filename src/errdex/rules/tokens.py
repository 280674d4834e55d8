"""Words of a text: what the word index is made of."""

from __future__ import annotations

from typing import Final

from errdex.rules import Pattern

_KEPT: Final = b"abcdefghijklmnopqrstuvwxyz0123456789_"
WORD_BYTES: Final = bytes(byte if byte in _KEPT else byte + 32 if 65 <= byte <= 90 else 32 for byte in range(256))
"""What each byte is in a word: itself, in lower case, or a blank that parts words."""
ESCAPED_BLANK: Final[Pattern] = r"(?<!\\)\\+(?:[nrtfv]|u[0-9a-f]{4}|x[0-9a-f]{2})"
"""How JSON and reprs write what parts words, in lower case: it clings to the next word, for it ends in a letter."""
STATUS_WORDS: Final = frozenset(str(status).encode() for status in range(400, 600))
"""Numbers that may be an HTTP status of an error."""


def words(text: str) -> list[bytes]:
    """Return the words of a text: runs of ASCII letters, digits and underscores, in lower case."""
    return text.encode("utf-8", "replace").translate(WORD_BYTES).split()  # what cannot be encoded separates words


def longest_word(name: str) -> bytes:
    """Return the longest word of a name: enough to notice it by."""
    return max(words(name), key=len)
