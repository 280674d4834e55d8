"""The rows of an array in which `detect` finds an error."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pyarrow.compute as pc

from errdex.arrow.judging import Judge
from errdex.arrow.texts import as_binary, joined
from errdex.classifier.catalog import Catalog
from errdex.logfilter.scanner import lines_with_keys, scanner_for
from errdex.model.classification import Classification

_SCANNED: Final = 1 << 18  # bytes scanned at once, as few as fit into the processor's cache
_BREAK: Final = b"\n"
_Line = tuple[int, list[int], int, bytes]  # its first byte, the keys in it, its row and its text


class Detecting:
    """Asks `detect` about the rows that may report an error. It must not be used by two threads at once.

    Args:
        catalog: Judges the rows.
        scanner: `words`, `hyperscan`, or `auto` for the fastest one installed.
    """

    def __init__(self, catalog: Catalog, scanner: str = "auto") -> None:
        self._scanner = scanner_for(catalog, scanner)
        self._classify = catalog._fast.classify_line
        self._lines = Judge(catalog, self._line)
        self._texts = Judge(catalog, catalog.detect)

    def notes(self, array: Any) -> Iterator[tuple[int, bytes]]:
        """Yield the rows that may report an error, each with its encoded answer.

        Args:
            array: Texts of any type but a dictionary.
        """
        texts = as_binary(array)
        if not len(texts):
            return
        ahead = max(1, _SCANNED * len(texts) // (1 + pc.sum(pc.binary_length(texts)).as_py()))
        for start in range(0, len(texts), ahead):
            some = texts.slice(start, ahead)
            block = joined(some)
            if block.count(_BREAK) >= len(some):  # a scanner takes them for several rows
                several = pc.match_substring(some, _BREAK)
                rows = pc.indices_nonzero(several).to_pylist()
                notes = self._texts.notes([some[row].as_py() for row in rows])
                yield from zip([start + row for row in rows], notes, strict=True)
                block = joined(pc.if_else(several, b"", some))
            yield from self._in_lines(block, start)

    def _in_lines(self, block: bytes, first: int) -> Iterator[tuple[int, bytes]]:
        """Yield the lines that may report an error; similar ones follow each other, so that caches are warm."""
        lines = sorted(self._named(block, first))
        notes = self._lines.notes([line for _, _, _, line in lines], [(keys,) for _, keys, _, _ in lines])
        yield from zip([row for _, _, row, _ in lines], notes, strict=True)

    def _line(self, line: str, keys: list[int] | None = None) -> Classification:
        """Return the answer for a line; it can contain no more than the templates of its keys, if those are known."""
        templates, more = (None, True) if keys is None else self._scanner.templates(keys)
        return self._classify(line, templates, more)

    def _named(self, block: bytes, row: int) -> Iterator[_Line]:
        """Yield the lines that contain keys; `row` is the number of the first line."""
        counted = 0
        for start, end, keys in lines_with_keys(self._scanner, block):
            row += block.count(_BREAK, counted, start)
            counted = start
            yield block[start], keys, row, block[start:end]
