"""Key words: those that every text with a template, or with a field, has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from errdex.authoring.common_words import is_common, is_everyday, rarity
from errdex.authoring.schema import Match
from errdex.authoring.template import Part, compile_parts
from errdex.rules.compiled import PARTED

KEYS: Final = 3
"""Words of a template that a text must have."""
SENTENCE: Final = 24
"""Literal characters that a first sentence needs to stand for its message."""
_KEY_SPAN: Final = 60  # literal characters from the start in which key words are looked for: a cut text still has them
_MANY: Final = 3
_TELLING: Final = 14  # characters of a literal that few other lines of logs have
_SHORTEST: Final = 3
_RUN: Final = re.compile(r"[a-z0-9_ ,.:;()\[\]{}#%?!@*$^~|-]+")  # what JSON and HTML leave as it is
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
    used = used or {}
    words = _whole_words(parts)
    size = sum(map(len, literals(parts)))
    for span in (shown, _KEY_SPAN, size):
        distinct = {word for end, word in words if end <= span}
        within = sorted(
            distinct, key=lambda word: (not is_common(word), -used.get(word, 0), rarity(word), word), reverse=True
        )[:KEYS]
        if within and (not is_common(within[0]) or not all(map(is_everyday, within))):
            break
    return within


def key_literals(parts: list[Part], shown: int = SENTENCE) -> list[str]:
    """Return literals that stand, but for the number of blanks in them, in every text of a template, cut off or not.

    They are its runs without quotes, slashes and the like, which texts write in many ways.

    Args:
        parts: The template.
        shown: Literal characters that even a cut text shows.
    """
    runs: list[str] = []
    for literal in literals(parts):
        if shown <= 0 and any(map(str.strip, runs)):
            break
        runs += _RUN.findall(literal[: max(shown, 0)] or literal)
        shown -= len(literal)
    return [run.strip() for run in runs if run.strip()]


def line_key(literals: list[str], used: Mapping[str, int]) -> str:
    """Return by what a scanner of logs looks for a template: one of its literals, or the two longest, a line each.

    Args:
        literals: Those it may look for.
        used: How many templates have a literal. Where many have the longest, one at least half as long is better that
            fewer have, unless it is a common word.
    """
    key = max(literals, key=len, default="")
    if used[key] >= _MANY:
        rare = [literal for literal in literals if 2 * len(literal) >= len(key) and not is_common(literal)]
        key = min(rare, key=lambda literal: (used[literal], -len(literal)), default=key)
    if len(key) >= _TELLING:
        return key
    longest = sorted(literals, key=len)[-2:]
    return PARTED.join(literal for literal in literals if literal in longest and len(literal) >= _SHORTEST) or key


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


def field_words(item: Match) -> tuple[str, str, str]:
    """Return the rarest word of the fields that an item asks for, the rarest of their names, and the longest value.

    `type` stands in many a log. A value is what the field says as a whole, or nothing.
    """
    fields, details = item.field or {}, item.detail or {}
    names = [path.rpartition(".")[2] for path in (*fields, *details)]
    values = [value for value in fields.values() if isinstance(value, str)]
    texts = [word for value in details.values() for word in key_words(compile_parts(value))]
    return (
        max(sorted(words_of(" ".join([*names, *values, *texts]).lower())), key=rarity),
        max(names, key=rarity),
        max(values, key=len, default=""),
    )
