"""Judges the lines of a log: those that a scanner selects, or in a log of errors alone every line by its shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from errdex.classifier.catalog import Catalog
from errdex.logfilter.deciding import JudgedLine
from errdex.logfilter.learning import Judged
from errdex.logfilter.notes import MARK
from errdex.logfilter.rendering import Block
from errdex.logfilter.scanner import Scanner, lines_with_keys
from errdex.logfilter.shapes import Shapes
from errdex.model.classification import Classification

Line = tuple[int, list[int], int, int]
"""A line to judge: its first byte, the keys in it, its start and its end."""
_UNSCANNED: Final[list[int]] = []
"""Stands for the keys of a line in which none were looked for."""
_DENSE: Final = 0.5  # share of the lines selected, and of these judged by shape, above which scanning does not pay
_SPARSE: Final = 0.25  # share of the lines with a note below which it does again

# Judging these lines compiles nearly all patterns that error lines need.
_USUAL: Final = (
    "2026-11-21 10:00:00 ERROR app: Error code: 429 - {'message': 'Too many requests, try again in 5s'}",
    "2026-11-21 10:00:00 ERROR app: giving up - 'HTTP/1.1 503 Service Unavailable' for url",
)


class Judge:
    """Judges lines, for one catalog.

    Args:
        catalog: Judges them.
        scanner: Selects the lines to judge.
        note: Returns the note for an answer.
    """

    def __init__(self, catalog: Catalog, scanner: Scanner, note: Callable[[Classification], bytes]) -> None:
        self._classify = catalog._fast.classify_line
        self._scanner = scanner
        self._note = note
        self._shapes = Shapes(self.one, catalog._full.rules.literals, catalog._full.vocabulary.telling)
        self._is_dense = False
        self._selected = 0.0  # share of the lines last looked at that were selected

    def get_ready(self) -> None:
        """Do all one-time work before the first lines."""
        for line in _USUAL:
            self._classify(line, None)
        self._scanner.get_ready()

    def text(self, text: str) -> Classification:
        """Return the answer for a text."""
        return self._classify(text, None, True)

    def one(self, line: bytes, templates: list[int] | None = None, more: bool = True) -> Judged:
        """Return the answer for a line or for several, and the note."""
        answer = self._classify(line.removesuffix(b"\r").decode("utf-8", "replace"), templates, more)
        return answer, self._note(answer) if answer else b""

    def lines(self, block: Block, begin: int, stop: int) -> Iterator[Line]:
        """Yield the lines between two positions that may report an error."""
        chunk = block[begin:stop]
        if self._is_dense:
            for text in chunk.split(b"\n"):
                if text:
                    yield 0, _UNSCANNED, begin, begin + len(text)
                begin += len(text) + 1
            return
        found = 0
        for start, end, keys in lines_with_keys(self._scanner, chunk):
            found += 1
            yield chunk[start], keys, begin + start, begin + end
        self._selected = found / (chunk.count(b"\n") or 1)

    def judged(self, block: Block, lines: list[Line]) -> list[JudgedLine]:
        """Return the answer and the note for each line that has none yet, in order.

        Lines that are judged by themselves are judged one after another if they are similar, so that the processor's
        caches are warm: for a few thousand lines, that takes a quarter less time.
        """
        texts = [block[start:end] for _, _, start, end in lines]
        judged: list[JudgedLine] = []
        others: list[tuple[Line, bytes]] = []
        by_shape = self._shapes.judge(texts, among_many=not self._is_dense and self._selected < _SPARSE)
        for line, text, found in zip(lines, texts, by_shape, strict=True):
            if found is None or MARK in text:
                others.append((line, text))
            else:
                judged.append((line[2], line[3], *found))
        self._choose(len(lines), judged)
        others.sort(key=_by_keys)
        known, templates, more = _UNSCANNED, None, True
        for (_, keys, start, end), text in others:
            if MARK in text:
                continue
            if keys != known:
                known, (templates, more) = keys, self._scanner.templates(keys)
            judged.append((start, end, *self.one(text, templates, more)))
        judged.sort(key=place_of)
        return judged

    def _choose(self, lines: int, by_shape: list[JudgedLine]) -> None:
        """Choose whether the next lines are scanned or all judged by their shapes."""
        if lines and self._is_dense:
            noted = sum(bool(line[3]) for line in by_shape)
            self._is_dense = len(by_shape) > _DENSE * lines and noted > _SPARSE * lines
        elif lines:
            self._is_dense = len(by_shape) > _DENSE * lines and self._selected > _DENSE


def _by_keys(line: tuple[Line, bytes]) -> Line:
    return line[0]


def place_of(judged: JudgedLine) -> int:
    """Return where a judged line begins."""
    return judged[0]
