"""Texts that cannot report an error: what most lines of most logs are, told by their words alone."""

from __future__ import annotations

import re
from collections.abc import Set

from errdex.read.body_keys import ERROR_OBJECT
from errdex.read.signals.numbers import find_numbers
from errdex.read.text import FIELD
from errdex.read.vocabulary import Vocabulary
from errdex.rules.normal_form import fold, normalise
from errdex.rules.tokens import ESCAPED_BLANK, STATUS_WORDS


class Gate:
    """Judges the trigger words of texts, for one catalog."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def words_in(self, text: str) -> frozenset[bytes]:
        """Return those words of a text with backslashes that tell anything, with its escapes and without.

        Markdown's escape cuts a word in two, one of JSON clings to the next word.
        """
        unescaped = re.sub(ESCAPED_BLANK, " ", re.sub(r"(?<!\\)\\+_", "_", text.lower()))
        return self._vocabulary.words_in(text) | self._vocabulary.words_in(unescaped)

    def may_report(self, text: str, triggers: Set[bytes]) -> bool:
        """Tell whether a text without a template's key words can report an error, by its trigger words."""
        names = self._vocabulary.providers.names
        if triggers and (not triggers <= STATUS_WORDS or find_numbers(text, triggers, names)):
            return True
        return "rror" in text and "{" in text and re.search(ERROR_OBJECT, text) is not None

    def are_idle(self, text: str, triggers: Set[bytes]) -> bool:
        """Tell whether trigger words say nothing: words of fields, in a text that names no field of the catalog."""
        vocabulary = self._vocabulary
        return triggers <= vocabulary.field_words and not any(
            found[1] in vocabulary.field_names for found in re.finditer(FIELD, text)
        )

    def are_silent(self, text: str, triggers: Set[bytes]) -> bool:
        """Tell whether trigger words in a message field say nothing: only classes and a wrapper's head count there."""
        classes = self._vocabulary.classes
        if "\\" in text or not text.isascii() or triggers & classes.words - classes.unnamed_in(text, triggers):
            return False
        text = normalise(text).strip()
        return not self._vocabulary.wrapper_heads.at_start(text, fold(text))
