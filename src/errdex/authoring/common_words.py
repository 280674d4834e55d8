"""How common a word is in logs and prose: a key word of a template should be rare."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

_RARE: Final = 1_000_000
_COMMON: Final = 700  # ranks in the list of common words
_EVERYDAY: Final = 110  # the first of them are in most lines of most logs


# common_words.txt is sorted by the share of lines that contain a word, averaged over 92 kinds of real logs (166,333
# distinct lines: web servers, databases, Kubernetes, Java, Python, JSON loggers, systems, builds); a word that ranks
# higher in changelogs and docs has that rank. Words in fewer than three kinds, single letters and numbers are left out.
@cache
def _ranks() -> dict[str, int]:
    listed = Path(__file__).with_suffix(".txt").read_text(encoding="ascii").split()
    return {word: rank for rank, word in enumerate(listed)}


def rarity(word: str) -> tuple[int, int]:
    """Return a sort key that grows with the rarity of a word in ordinary logs and prose, then with its length."""
    return _ranks().get(word, 0 if _is_letter(word) else _RARE), len(word)


def _is_letter(word: str) -> bool:
    """Tell whether a word is a single Latin letter; a Chinese character is a word."""
    return len(word) == 1 and word.isascii()


def is_common(word: str) -> bool:
    """Tell whether a word is frequent in ordinary logs and prose, so that it says nothing by itself."""
    return word.isdigit() or _is_letter(word) or _ranks().get(word, _RARE) < _COMMON


def is_everyday(word: str) -> bool:
    """Tell whether a word occurs in most lines of most logs."""
    return word.isdigit() or _is_letter(word) or _ranks().get(word, _RARE) < _EVERYDAY
