"""The word index: which templates a text could be, from up to three of their words."""

from __future__ import annotations

from collections.abc import Set
from functools import cached_property
from typing import Final

from errdex.rules.compiled import Rules

_NONE: Final = frozenset({b""})  # of a template without key words: no text has them


class WordIndex:
    """Finds the templates whose key words all occur in a text."""

    def __init__(self, rules: Rules) -> None:
        self._words = rules.words
        self._keys = frozenset(rules.words)

    def candidates(self, words: Set[bytes], among: list[int] | None = None) -> list[int]:
        """Return the templates whose key words are among these words of a text, the longest first.

        `among` are the only ones that the text may hold, if that is known.
        """
        if among is not None:
            return [template for template in among if words >= self._keys_of.get(template, _NONE)]
        found = []
        table = self._words
        for word in words & self._keys:  # no comprehension: for most lines, setting one up costs more than running it
            for second, third, template in table[word]:
                if second in words and third in words:
                    found.append(template)
        if len(found) > 1:
            found.sort()  # templates are numbered by their length
        return found

    @cached_property
    def _keys_of(self) -> dict[int, frozenset[bytes]]:
        return {
            template: frozenset((first, second, third))
            for first, keys in self._words.items()
            for second, third, template in keys
        }
