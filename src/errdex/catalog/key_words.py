"""Which words of a template or a field a text must have: what the word index and the gate of cues are made of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from math import log2
from typing import Final

from errdex.catalog.model import Match
from errdex.catalog.template import Part, compile_parts
from errdex.catalog.words import is_common, is_everyday, rarity

KEYS: Final = 3
"""Words of a template that a text must have."""
SENTENCE: Final = 24
"""Literal characters that a first sentence needs to stand for its message."""
_UNLISTED: Final = 4_000  # the rank that a word stands for which is not among the common ones
_KEY_SPAN: Final = 60  # literal characters from the start in which key words are looked for: a cut text still has them
_WORD: Final = re.compile(r"[a-z0-9_]+")


def words_of(text: str) -> set[str]:
    """Return the words of a folded text."""
    return {*_WORD.findall(text)}


def literals(parts: list[Part]) -> list[str]:
    """Return the literal parts of a template."""
    return [part for part in parts if isinstance(part, str)]


def key_words(parts: list[Part], shown: int = SENTENCE, used: Mapping[str, int] | None = None) -> list[str]:
    """Return up to three words of a template by which the word index finds it, the rarer first.

    A word that touches a hole may be glued to the hole's value, and is no key.

    Args:
        parts: The template.
        shown: Literal characters that even a cut text shows; the keys come from these, and from further on only
            where these have no rare word.
        used: How many templates have a word; of rare words, the one that fewest have is the best.
    """
    return _keys(parts, shown, used or {})[0]


def key_phrase(parts: list[Part], shown: int = SENTENCE, used: Mapping[str, int] | None = None) -> str:
    """Return a literal of every text in which the word index finds a template; nothing if it has no key words.

    It is the rarest key word, or up to three neighbours with nothing but a blank between them. The arguments are those
    of `key_words`.
    """
    keys, span = _keys(parts, shown, used or {})
    if not keys:
        return ""
    words = [word for end, word in _whole_words(parts) if end <= span]
    runs = {" ".join(words[place : place + size]) for size in (2, 3) for place in range(len(words))}
    phrases = [keys[0], *(run for run in runs if any(run in literal for literal in literals(parts)))]
    return max(phrases, key=lambda phrase: (sum(map(_weight, phrase.split())), phrase))


def _weight(word: str) -> float:
    """Return about how many bits a word tells: texts use the word of rank n one nth as often as the first."""
    return log2(2 + min(rarity(word)[0], _UNLISTED))


def _keys(parts: list[Part], shown: int, used: Mapping[str, int]) -> tuple[list[str], int]:
    """Return the key words, and within how many literal characters from the start they stand."""
    words = _whole_words(parts)
    size = sum(map(len, literals(parts)))
    for span in (shown, _KEY_SPAN, size):
        distinct = {word for end, word in words if end <= span}
        within = sorted(
            distinct, key=lambda word: (not is_common(word), -used.get(word, 0), rarity(word), word), reverse=True
        )[:KEYS]
        if within and (not is_common(within[0]) or not all(map(is_everyday, within))):
            break
    return within, span


def _whole_words(parts: list[Part]) -> list[tuple[int, str]]:
    """Return the words that touch no hole, each with the number of literal characters up to its end."""
    words: list[tuple[int, str]] = []
    seen = 0
    for number, part in enumerate(parts):
        if not isinstance(part, str):
            continue
        for found in _WORD.finditer(part):
            touches_before = found.start() == 0 and number > 0
            touches_after = found.end() == len(part) and number < len(parts) - 1
            if not (touches_before or touches_after):
                words.append((seen + found.end(), found[0]))
        seen += len(part)
    return words


def sentence_end(parts: list[Part]) -> int:
    """Return after how many literal characters the first sentence is complete, or 0 if there is only one."""
    seen = 0
    for part in parts:
        if not isinstance(part, str):
            continue
        for found in re.finditer(r"[.!?] ", part):
            if seen + found.start() >= SENTENCE:
                return seen + found.start()
        seen += len(part)
    return 0


def field_word(item: Match) -> str:
    """Return the rarest word of the fields that an item asks for: `type` alone stands in many a log."""
    fields, details = item.field or {}, item.detail or {}
    names = [path.rpartition(".")[2] for path in (*fields, *details)]
    values = [value for value in fields.values() if isinstance(value, str)]
    texts = [word for value in details.values() for word in key_words(compile_parts(value))]
    return max(words_of(" ".join([*names, *values, *texts]).lower()), key=rarity)
