"""The word index: which templates a text could be, from up to three of their words."""

from __future__ import annotations

from errdex.catalog.compiled import Rules


class WordIndex:
    """Finds the templates whose key words all occur in a text."""

    def __init__(self, rules: Rules) -> None:
        self._words = rules.words
        self._keys = frozenset(rules.words)

    def candidates(self, words: set[bytes]) -> list[int]:
        """Return the templates whose key words are among these words of a text, the longest first."""
        hits = words & self._keys
        if not hits:
            return []
        table = self._words
        found = [
            template
            for hit in hits
            for second, third, template in table[hit]
            if (not second or second in words) and (not third or third in words)
        ]
        found.sort()  # templates are numbered by their length
        return found
