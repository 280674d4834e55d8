"""The scanner without any dependency: the word index of `classify`, held against every line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from errdex.catalog.words import WORD_BYTES
from errdex.classifier import Catalog

_LINE_TABLE: Final = bytes(10 if byte == 10 else kept for byte, kept in enumerate(WORD_BYTES))  # line breaks stay


class WordScanner:
    """Finds the lines whose words can be those of an error; a key has no number, and 0 stands for it.

    Args:
        catalog: Whose errors.
    """

    name = "words"

    def __init__(self, catalog: Catalog) -> None:
        self._telling = catalog.telling_words
        self._may_hold_error = catalog.may_hold_error

    def templates(self, keys: list[int]) -> None:
        """Return nothing: a key says no more than that `classify` must look."""

    def scan(self, chunk: bytes) -> Iterator[tuple[int, int]]:
        """Yield the ends of the lines that can hold an error, without their line breaks."""
        intersection = self._telling.intersection
        may_hold_error = self._may_hold_error
        escapes, objects = b"\\_" in chunk, b"rror" in chunk and b"{" in chunk
        end = -1
        for line in chunk.translate(_LINE_TABLE).split(b"\n"):
            start, end = end + 1, end + 1 + len(line)
            seen = intersection(line.split())
            escaped = escapes and chunk.find(b"\\_", start, end) >= 0  # Markdown's escape cuts a word in two
            if escaped or ((seen or objects) and may_hold_error(seen, chunk, start, end)):
                yield end, 0
