"""How common a word is in logs and prose: a key word of a template should be rare."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

_RARE: Final = 1_000_000
_COMMON: Final = 700  # places in the list of common words
_EVERYDAY: Final = 110  # of which the first are in most lines of most logs


# common_words.txt: by the share of a kind's lines that hold a word, averaged over 92 kinds of real logs (166,333
# distinct lines: web servers, databases, Kubernetes, Java, Python, JSON loggers, systems, builds), and by the better
# rank words of changelogs and docs. A word must occur in three kinds; single letters and numbers are left out.
@cache
def _ranks() -> dict[str, int]:
    listed = Path(__file__).with_suffix(".txt").read_text(encoding="ascii").split()
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
