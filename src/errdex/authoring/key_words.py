"""Key words: the words by which the indexes find templates and fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from errdex.authoring.cjk import characters, weight
from errdex.authoring.common_words import is_common, is_everyday, rarity
from errdex.authoring.schema import Match
from errdex.authoring.template import Part, compile_parts
from errdex.rules import tokens
from errdex.rules.compiled import PARTED
from errdex.rules.tokens import CJK

KEYS: Final = 3
"""The most words of a template that the word index requires in a text."""
SENTENCE: Final = 24
"""Latin letters that a first sentence needs to represent the whole message, and a truncated text to show it."""
_KEY_SPAN: Final = 60  # leading literal characters in which to look for key words, as a truncated text has them
_MANY: Final = 3
_TELLING: Final = 14  # length from which on a literal is rare in logs
_SHORTEST: Final = 3
_PLAIN: Final = r"a-z0-9_ ,.:;()\[\]{}#%?!@*$^~|-"  # characters that JSON and HTML do not escape
_RUN: Final = re.compile(f"[{_PLAIN}]+")
_CJK_RUN: Final = re.compile(f"[{_PLAIN}{CJK}、。，：；！？（）【】《》]+")
_WORD: Final = re.compile(r"[a-z0-9_]+")


def words_of(text: str) -> set[str]:
    """Return the words of a folded text."""
    return {*_WORD.findall(text)}


def literals(parts: list[Part]) -> list[str]:
    """Return the literal parts of a template."""
    return [part for part in parts if isinstance(part, str)]


def key_words(parts: list[Part], shown: int = SENTENCE, used: Mapping[str, int] | None = None) -> list[str]:
    """Return up to three words of a template by which the word index finds it, the rarest first.

    A word that touches a hole may be joined to the hole's value in a text, so it cannot be a key. If a truncated text
    has no Latin word that says anything, the Chinese, Japanese and Korean characters are the words.

    Args:
        parts: The template.
        shown: Literal characters that even a truncated text has; keys come from these, or from further on if
            these have no rare word.
        used: Word → number of templates with it; among rare words, one in fewer templates is better.
    """
    words = _whole_words(parts)
    if all(end > shown or is_everyday(word) for end, word in words):
        words = _characters(parts) or words
    return _rarest(words, parts, shown, used or {})


def _rarest(words: list[tuple[int, str]], parts: list[Part], shown: int, used: Mapping[str, int]) -> list[str]:
    """Return up to three of these words, the rarest first: early ones, unless those are too common."""
    size = sum(map(len, literals(parts)))
    for span in (shown, _KEY_SPAN, size):
        distinct = {word for end, word in words if end <= span}
        within = sorted(
            distinct, key=lambda word: (not is_common(word), -used.get(word, 0), rarity(word), word), reverse=True
        )[:KEYS]
        if within and (not is_common(within[0]) or not all(map(is_everyday, within))):
            break
    return within


def key_literals(parts: list[Part], shown: int = SENTENCE, keys: Iterable[str] = ()) -> list[str]:
    """Return literals that every text of a template contains, even a truncated one; only their whitespace may differ.

    They are runs without quotes, slashes and the like, which are escaped in various ways.

    Args:
        parts: The template.
        shown: Literal characters that even a truncated text has.
        keys: Its key words. If they are Latin, a text is found by them even where JSON escapes all other characters,
            so the literals must be Latin too.
    """
    run = _RUN if all(map(str.isascii, keys)) else _CJK_RUN
    runs: list[str] = []
    for literal in literals(parts):
        if shown <= 0 and any(map(str.strip, runs)):
            break
        runs += run.findall(literal[: max(shown, 0)] or literal)
        shown -= len(literal)
    return [found.strip() for found in runs if found.strip()]


def line_key(literals: list[str], used: Mapping[str, int]) -> str:
    """Return what a log scanner searches for to find a template: one literal, or the two longest, one per line.

    Args:
        literals: The literals that it may search for.
        used: Literal → number of templates with it. If many have the longest one, a literal at least half as long
            that fewer templates have is better, unless it is a common word.
    """
    key = max(literals, key=weight, default="")
    if used[key] >= _MANY:
        rare = [literal for literal in literals if 2 * weight(literal) >= weight(key) and not is_common(literal)]
        key = min(rare, key=lambda literal: (used[literal], -weight(literal)), default=key)
    if weight(key) >= _TELLING:
        return key
    longest = sorted(literals, key=weight)[-2:]
    return PARTED.join(literal for literal in literals if literal in longest and weight(literal) >= _SHORTEST) or key


def _whole_words(parts: list[Part]) -> list[tuple[int, str]]:
    """Return the words that touch no hole, each after the number of literal characters up to its end."""
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


def _characters(parts: list[Part]) -> list[tuple[int, str]]:
    """Return the Chinese, Japanese and Korean characters, each after the number of literal characters up to its end."""
    text = "".join(literals(parts))
    return [(place + 1, character) for place, character in enumerate(text) if characters(character)]


def sentence_end(parts: list[Part]) -> int:
    """Return the number of literal characters in the first sentence, or 0 if there is only one sentence."""
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
    """Return the rarest word of the fields that an item requires, the rarest field name, and the longest value.

    The rarest, since many logs contain `type`. The value is a field's whole value; it may be empty.
    """
    fields, details = item.field or {}, item.detail or {}
    names = [path.rpartition(".")[2] for path in (*fields, *details)]
    values = [value for value in fields.values() if isinstance(value, str)]
    texts = [word for value in details.values() for word in key_words(compile_parts(value))]
    said = " ".join([*names, *values, *texts])
    words = words_of(said.lower()) or {*map(bytes.decode, tokens.characters(said))}
    return (
        max(sorted(words), key=rarity),
        max(names, key=rarity),
        max(values, key=len, default=""),
    )
