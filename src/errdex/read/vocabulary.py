"""Everything that reading text needs from the catalog: providers, their classes, wrapper heads and labels."""

from __future__ import annotations

from collections.abc import Iterator, Set
from functools import cached_property

from errdex.read.body_keys import CODE_MARKS
from errdex.read.signals.classes import Classes
from errdex.read.signals.labels import Labels
from errdex.read.signals.numbers import STATUS_ENDINGS
from errdex.read.signals.providers import Providers
from errdex.read.wrappers import WrapperHeads
from errdex.rules.compiled import Rules
from errdex.rules.tokens import STATUS_WORDS, WORD_BYTES


class Vocabulary:
    """What the readers of texts share, for one catalog."""

    def __init__(self, rules: Rules) -> None:
        self.providers = Providers(rules)
        self.labels = Labels(self.providers)
        self.classes = Classes(rules, self.providers, self.labels)
        self._rules = rules
        self.prefixes = rules.prefixes
        """What may come between a label and a message, folded."""
        self.codes = rules.codes.keys()
        self.code_words = rules.code_words
        self.field_words = frozenset(rules.field_words)
        self.fields = rules.field_words
        self.field_names = frozenset((*rules.fields, *rules.details))
        self.class_words = self.classes.words | STATUS_WORDS
        self.mere_field_words = self.field_words - self.class_words - self.code_words
        behind_dots = {word.encode() for code in self.codes if "." in code for word in code.lower().split(".")[1:]}
        self._mere_code_words = self.code_words - self.class_words - self.field_words - behind_dots
        self.triggers = self.class_words | self.code_words | self.field_words
        """Trigger words: a text with none of them, and without a template's key words, is not an error."""
        self.telling = self.triggers | self.providers.words | rules.words.telling

    @cached_property
    def wrapper_heads(self) -> WrapperHeads:
        """Finds what clients write before a message."""
        return WrapperHeads(self._rules.heads.all())

    @cached_property
    def before_statuses(self) -> tuple[str, ...]:
        """Endings of the words after which a number may be a status, those in wrapper heads included."""
        others = (word for word in self.wrapper_heads.before_statuses if not word.endswith(STATUS_ENDINGS))
        return (*STATUS_ENDINGS, *sorted(others))

    def among(self, seen: Set[bytes], text: str) -> Set[bytes]:
        """Return the trigger words among the telling words of a text.

        Words of fields count only if the text has such a field, and words of codes only outside dotted paths:
        Anthropic's `api_error` does not count in `cohere.core.api_error.ApiError`.
        """
        triggers = seen & self.triggers
        if triggers and not triggers.isdisjoint(self._mere_code_words):
            low = text.lower()
            triggers -= {word for word in triggers & self._mere_code_words if _is_in_paths(word.decode(), low)}
        if triggers and not triggers.isdisjoint(self.mere_field_words) and not _hides_letters(text):
            idle = triggers & self.mere_field_words
            triggers -= {
                word for word in idle if not any(name in text and value in text for name, value in self.fields[word])
            }
        return triggers

    def without_unnamed(self, triggers: Set[bytes], text: str) -> Set[bytes]:
        """Return `triggers` without the words of classes, codes and fields that do not occur in the text.

        The text must not contain escapes or bodies. `timeout` occurs in many lines; `reason` seldom precedes a code.
        """
        idle = triggers - STATUS_WORDS
        if not idle or "<" in text or not text.isascii():
            return triggers
        idle -= idle & self.classes.words - self.classes.unnamed_in(text, idle)
        idle -= {word for word in idle & self.code_words if b"_" in word}  # an error's label may stand before it
        if not idle.isdisjoint(self.code_words) or not idle.isdisjoint(self.field_words):
            low = text.lower()
            if self.wrapper_heads.may_hold_code(low):
                idle -= self.code_words | self.field_words
            elif any(_is_assigned(key, low) for key in CODE_MARKS):
                idle -= self.code_words
            idle -= {
                word
                for word in idle & self.field_words
                if any(_is_assigned(name.lower(), low) for name, _ in self.fields[word])
            }
        return triggers - idle

    def words_in(self, text: str) -> frozenset[bytes]:
        """Return the telling words of a text: key words of templates, words of providers, statuses, classes, …"""
        # `words` is inlined: every text and every log line comes through here.
        seen = self.telling.intersection(text.encode("utf-8", "replace").translate(WORD_BYTES).split())
        return seen if text.isascii() else seen.union(self.characters_in(text))

    def characters_in(self, text: str) -> Iterator[bytes]:
        """Return the telling words of a text that are single Chinese, Japanese or Korean characters."""
        return map(str.encode, self._characters.intersection(text))

    @cached_property
    def _characters(self) -> frozenset[str]:
        return frozenset(word.decode() for word in self.telling if not word.isascii())


def _is_assigned(key: str, low: str) -> bool:
    """Tell whether a key in a folded text is followed by a colon or an equals sign, perhaps after a closing quote."""
    place = low.find(key)
    while place >= 0:
        place += len(key)
        if low[place : place + 2].lstrip("\"'`").startswith((":", "=")):
            return True
        place = low.find(key, place)
    return False


def _hides_letters(text: str) -> bool:
    """Tell whether a text has escapes inside words: of Markdown's underscores, or of letters in JSON."""
    return "\\_" in text or "\\u00" in text


def _is_in_paths(word: str, low: str) -> bool:
    """Tell whether every occurrence of a word in a folded text follows a dot."""
    place = low.find(word)
    while place > 0 and low[place - 1] == ".":
        place = low.find(word, place + 1)
    return place < 0
