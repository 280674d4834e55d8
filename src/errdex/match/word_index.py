"""The word index: finds the templates that a text may contain, by up to three key words of each."""

from __future__ import annotations

from collections.abc import Set
from functools import cached_property

from errdex.model.type_names import Final
from errdex.rules.compiled import Rules

_NONE: Final = frozenset({b""})  # for templates without key words: matches no text


class WordIndex:
    """Finds the templates whose key words all occur in a text."""

    def __init__(self, rules: Rules) -> None:
        self._words = rules.words

    def candidates(self, words: Set[bytes], among: list[int] | None = None) -> list[int]:
        """Return the templates whose key words are all among the words of a text, the longest first.

        `among` limits them to the templates that the text may contain, if that is known.
        """
        if among is not None:
            return [template for template in among if words >= self._keys_of.get(template, _NONE)]
        found = self._words.numbers_in(words)
        if len(found) > 1:
            found.sort()  # templates are numbered by length, the longest first
        return found

    @cached_property
    def _keys_of(self) -> dict[int, frozenset[bytes]]:
        return self._words.all()
