"""Fast path: rules out texts that cannot report an error, such as most log lines, by their words alone."""

from __future__ import annotations

import re
from collections.abc import Set

from errdex.model.type_names import Final
from errdex.read.body_keys import ERROR_OBJECT
from errdex.read.raw_text import FIELD
from errdex.read.signals.numbers import find_numbers
from errdex.read.vocabulary import Vocabulary
from errdex.rules import Pattern
from errdex.rules.normal_form import fold, may_be_page, normalise
from errdex.rules.tokens import ESCAPED_BLANK, STATUS_WORDS

_ESCAPED_CHARACTER: Final[Pattern] = r"\\u([3-9a-d][0-9a-f]{3})"
"""An escaped Chinese, Japanese or Korean character, which may be a word, in lower case."""
_ESCAPED_LETTER: Final[Pattern] = r"\\u00([3-7][0-9a-f])"
"""An escaped ASCII letter, digit or mark, in lower case."""
_ODD_ESCAPE: Final[Pattern] = r"\\[^\\\"'/nrt]"
"""An escape that may stand for a letter, or for nothing."""
_PARTING: Final[Pattern] = r"(?i)\\[nrtfvux_]"
"""An escape that sticks to a word or parts it."""


class Gate:
    """Judges the trigger words of texts, for one catalog."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def words_in(self, text: str) -> frozenset[bytes]:
        """Return the telling words of a text with backslashes, both with its escapes and without them.

        A Markdown escape splits a word in two; a JSON escape sticks to the next word, or is a character that is one.
        """
        if re.search(_PARTING, text) is None:
            return self._vocabulary.words_in(text)  # mostly of JSON in JSON, whose quotes are escaped
        low = re.sub(_ESCAPED_LETTER, _unescaped, text.lower())
        unescaped = re.sub(ESCAPED_BLANK, " ", re.sub(r"(?<!\\)\\+_", "_", low))
        if "\\u" in low:
            unescaped += "".join(chr(int(code, 16)) for code in re.findall(_ESCAPED_CHARACTER, low))
        return self._vocabulary.words_in(text) | self._vocabulary.words_in(unescaped)

    def has_all_words(self, text: str) -> bool:
        """Tell whether the messages in a text have no words that `words_in` does not find in the text itself."""
        if not text.isascii() or "<" in text or "\x1b" in text:
            return False  # what normalising a message removes may part a word
        return "\\" not in text or re.search(_ODD_ESCAPE, text) is None

    def may_report(self, text: str, triggers: Set[bytes]) -> bool:
        """Tell whether a text without any template's key words can report an error, given its trigger words."""
        if triggers and (not text.isascii() or may_be_page(text)):
            text = normalise(text)  # a typographic quote or a tag may stand before a status
        if triggers and (not triggers <= STATUS_WORDS or self._may_hold_status(text, triggers)):
            return True
        return "rror" in text and "{" in text and re.search(ERROR_OBJECT, text) is not None

    def _may_hold_status(self, text: str, statuses: Set[bytes]) -> bool:
        vocabulary = self._vocabulary
        return bool(find_numbers(text, statuses, vocabulary.providers.names, endings=vocabulary.before_statuses))

    def are_idle(self, text: str, triggers: Set[bytes]) -> bool:
        """Tell whether trigger words mean nothing: they are mere field words, and the text has none of the fields."""
        vocabulary = self._vocabulary
        return triggers <= vocabulary.mere_field_words and not any(
            found[1] in vocabulary.field_names for found in re.finditer(FIELD, text)
        )

    def are_silent(self, text: str, triggers: Set[bytes]) -> bool:
        """Tell whether trigger words in a message field mean nothing: only classes and wrapper heads count there."""
        classes = self._vocabulary.classes
        if "\\" in text or not text.isascii() or triggers & classes.words - classes.unnamed_in(text, triggers):
            return False
        text = normalise(text).strip()
        return not self._vocabulary.wrapper_heads.at_start(text, fold(text))


def _unescaped(found: re.Match[str]) -> str:
    return chr(int(found[1], 16)).lower()
