"""The lines of a log that `--only` shows: those with notes, and lines around them."""

from __future__ import annotations

from collections import deque
from collections.abc import Generator, Iterable, Iterator
from mmap import mmap
from typing import Final

SEPARATOR: Final = b"--\n"
"""What stands between lines that do not follow each other, as with `grep -C`."""

_Span = tuple[int, int]


class Excerpt:
    """Selects lines, one part of a log after another.

    Args:
        context: How many lines to show before and after each wanted one.
    """

    def __init__(self, context: int) -> None:
        self._context = context
        self._before: deque[bytes] = deque(maxlen=context)
        """The last lines of former parts that were not shown."""
        self._is_apart = False  # whether there are more of them, since the last line shown
        self._left = 0  # lines still to show after the last wanted one
        self._has_shown = False

    def shown(self, block: bytes | mmap, begin: int, end: int, wanted: Iterable[_Span]) -> Iterator[_Span | bytes]:
        """Yield what to show of some lines: where a line begins and its content ends, or bytes of former lines.

        Args:
            block: The lines.
            begin: Where the first begins.
            end: Where the last ends, with its line break.
            wanted: The lines to show, in order, each by where it and its content begin and end.
        """
        place = begin
        for start, stop in wanted:
            place = yield from self._after(block, place, start)
            yield from self._ahead(block, place, start)
            yield start, stop
            self._left, self._has_shown, self._is_apart = self._context, True, False
            self._before.clear()
            place = min(stop + 1, end)
        place = yield from self._after(block, place, end)
        lines = self._last_lines(block, place, end)
        if lines:
            self._is_apart |= lines[0][0] > place or len(self._before) + len(lines) > self._context
            self._before.extend(bytes(block[start : stop + 1]) for start, stop in lines)

    def _after(self, block: bytes | mmap, place: int, start: int) -> Generator[_Span, None, int]:
        """Yield the lines to show after the last wanted one; return where they end."""
        while self._left and place < start:
            stop = block.find(b"\n", place, start)
            stop = start if stop < 0 else stop
            yield place, stop
            self._left -= 1
            place = min(stop + 1, start)
        return place

    def _ahead(self, block: bytes | mmap, place: int, start: int) -> Iterator[_Span | bytes]:
        """Yield the lines to show before a wanted one, which begins at `start`; `place` is where they may begin."""
        if not self._context:
            return
        lines = self._last_lines(block, place, start)
        need = self._context - len(lines)
        older = list(self._before)[-need:] if need else []
        is_apart = self._is_apart or len(older) < len(self._before) or (lines and lines[0][0] > place)
        if is_apart and self._has_shown:
            yield SEPARATOR
        yield from older
        yield from lines

    def _last_lines(self, block: bytes | mmap, place: int, end: int) -> list[_Span]:
        """Return the last lines of a part of the block, at most as many as are shown before a wanted one."""
        lines: list[_Span] = []
        while len(lines) < self._context and end > place:
            start = max(place, block.rfind(b"\n", place, end - 1) + 1)
            lines.append((start, end - 1 if block[end - 1 : end] == b"\n" else end))
            end = start
        return lines[::-1]
