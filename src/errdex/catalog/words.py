"""Words of a text, and how common a word is: what the word index is made of."""

from __future__ import annotations

import os.path
from functools import cache
from typing import Final

_KEPT: Final = b"abcdefghijklmnopqrstuvwxyz0123456789_"
WORD_BYTES: Final = bytes(byte if byte in _KEPT else byte + 32 if 65 <= byte <= 90 else 32 for byte in range(256))
"""What each byte is in a word: itself, in lower case, or a blank that parts words."""
STATUS_WORDS: Final = frozenset(str(status).encode() for status in range(400, 600))
"""Numbers that may be an HTTP status of an error."""

_RARE: Final = 1_000_000
_COMMON: Final = 700  # places in the list of common words
_EVERYDAY: Final = 110  # of which the first are in most lines of most logs


def words(text: str) -> list[bytes]:
    """Return the words of a text: runs of ASCII letters, digits and underscores, in lower case."""
    return text.encode("utf-8", "replace").translate(WORD_BYTES).split()  # what cannot be encoded separates words


def longest_word(name: str) -> bytes:
    """Return the longest word of a name: enough to notice it by."""
    return max(words(name), key=len)


# common_words.txt: by the share of a kind's lines that hold a word, averaged over 92 kinds of real logs (166,333
# distinct lines: web servers, databases, Kubernetes, Java, Python, JSON loggers, systems, builds), and by the better
# rank words of changelogs and docs. A word must occur in three kinds; single letters and numbers are left out.
@cache
def _ranks() -> dict[str, int]:
    with open(os.path.join(os.path.dirname(__file__), "common_words.txt"), encoding="ascii") as file:
        listed = file.read().split()
    return {word: rank for rank, word in enumerate(listed)}


def rarity(word: str) -> tuple[int, int]:
    """Order words by how seldom ordinary logs and prose use them: unlisted ones first, then the longer."""
    return _ranks().get(word, _RARE if len(word) > 1 else 0), len(word)


def is_common(word: str) -> bool:
    """Tell whether ordinary logs and prose use a word often: it says nothing by itself."""
    return word.isdigit() or len(word) == 1 or _ranks().get(word, _RARE) < _COMMON


def is_everyday(word: str) -> bool:
    """Tell whether a word stands in most lines of most logs."""
    return word.isdigit() or len(word) == 1 or _ranks().get(word, _RARE) < _EVERYDAY
