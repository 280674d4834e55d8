"""Adds notes to the lines of a log; nothing else is changed.

Whole lines are judged one at a time, and the lines of an error over several lines together.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import Final

from errdex.classifier.catalog import Catalog
from errdex.decide.answer import NO_ERROR
from errdex.logfilter.deciding import JudgedLine, deciding_lines
from errdex.logfilter.judging import Judge, Line, place_of
from errdex.logfilter.long_line import LONGEST, LongLine
from errdex.logfilter.notes import MARK
from errdex.logfilter.rendering import Block, Note, Pieces, Rendering, Style
from errdex.logfilter.scanner import Scanner
from errdex.logfilter.several_lines import Span, last_parting, stand_alone, text_around
from errdex.model.classification import Classification

Seen = Callable[[Block, Span, Span, Classification], None]
"""Called with lines, where a noted one begins and ends in them, where the whole error does, and its answer."""

_SCANNED: Final = 1 << 18  # bytes scanned at once
_NEAR: Final = 1 << 11  # bytes a judged line, up to which a look at all lines costs less than one around each
_JUDGED: Final = 1 << 12  # once a scanner has found this many lines, they are judged


class LineFilter:
    """Adds notes to the lines that report an API error.

    Args:
        catalog: Judges the lines.
        scanner: Selects the lines to judge.
        style: How notes are written.
        only: Drop the lines that get no note; of an error over several lines, its first line is kept.
        context: With `only`, how many lines to keep before and after each of these.
        seen: Called with each noted line, in order.
    """

    def __init__(
        self,
        catalog: Catalog,
        scanner: Scanner,
        style: Style = Style.BEHIND,
        only: bool = False,
        context: int = 0,
        seen: Seen | None = None,
    ) -> None:
        self._rendering = Rendering(style, only, context)
        self._judge = Judge(catalog, scanner, self._rendering.note)
        self._seen = seen
        self._carry: list[bytes] = []
        self._carried = 0
        self._long: LongLine | None = None

    def get_ready(self) -> None:
        """Do all one-time work before the first lines: before the process forks, and while the scanner gets ready."""
        self._judge.get_ready()

    def feed(self, data: bytes) -> Iterator[Pieces]:
        """Take the next bytes of a log; yield what can be written already."""
        if self._long:
            end = data.find(b"\n")
            yield [self._long.feed(data if end < 0 else data[:end])]
            if end < 0:
                return
            yield from self._end_long(b"\n")
            data = data[end + 1 :]
        self._carry.append(data)
        self._carried += len(data)
        if b"\n" in data:
            block = b"".join(self._carry)
            yield from self._settled(block, last_parting(block, 0, block.rfind(b"\n") + 1))
        if self._carried > LONGEST:
            yield from self.settle()
        if self._carried > LONGEST:
            self._long = LongLine(waits=self._rendering.waits)
            yield [self._long.feed(b"".join(self._carry))]
            self._carry, self._carried = [], 0

    def settle(self) -> Iterator[Pieces]:
        """Yield the whole lines that were held back because the next ones might belong to them."""
        if self._carry and not self._long:
            block = b"".join(self._carry)
            yield from self._settled(block, block.rfind(b"\n") + 1)

    def _settled(self, block: bytes, stop: int) -> Iterator[Pieces]:
        """Yield the lines up to a position, and keep the rest."""
        self._carry = [block[stop:]] if stop < len(block) else []
        self._carried = len(block) - stop
        if stop:
            yield from self.noted_lines(block, 0, stop)

    @property
    def waits(self) -> bool:
        """Whether there is an incomplete line."""
        return bool(self._carry or self._long)

    @property
    def has_context(self) -> bool:
        """Whether what is written of a line depends on lines far before it."""
        return self._rendering.has_context

    def finish(self) -> Iterator[Pieces]:
        """Yield the rest when the log ends, possibly in the middle of a line."""
        if self._long:
            yield from self._end_long(b"")
        elif self._carry:
            rest, self._carry, self._carried = b"".join(self._carry), [], 0
            yield from self.noted_lines(rest)

    def noted_lines(self, block: Block, begin: int = 0, stop: int | None = None) -> Iterator[Pieces]:
        """Yield whole lines with their notes; only the last one may lack its line break.

        Lines are judged in batches: large enough for sorting them to pay off, and small enough for the lines and their
        notes to take little memory.

        Args:
            block: The lines.
            begin: Where the first line begins.
            stop: Where the last line ends; by default at the end of the block.
        """
        lines: list[Line] = []
        done = start = begin
        stop = len(block) if stop is None else stop
        while start < stop:
            end = _end_of_part(block, start, stop)
            if end - start > LONGEST and (long := _long_line(block, start, end)) is not None:
                if long == start:
                    notes = list(self._once_each(block, self._judge.judged(block, lines), done, start))
                    yield self._rendering.pieces(block, done, start, notes)
                    start, lines = block.find(b"\n", start, end) + 1 or end, []
                    yield from self._long_line(block, long, start)
                    done = start
                    continue
                end = long
            lines += self._judge.lines(block, start, end)
            if len(lines) >= _JUDGED or end == stop or self._rendering.is_json:
                notes = list(self._once_each(block, self._judge.judged(block, lines), done, end))
                yield self._rendering.pieces(block, done, end, notes)
                done, lines = end, []
            start = end

    def _long_line(self, block: Block, start: int, stop: int) -> Iterator[Pieces]:
        """Yield a line of a block that is too long to be kept elsewhere, as if it had come piece by piece."""
        line_break = b"\n" if block[stop - 1 : stop] == b"\n" else b""
        end = stop - len(line_break)
        self._long = LongLine(waits=self._rendering.waits)
        for place in range(start, end, _SCANNED):
            yield [self._long.feed(block[place : min(end, place + _SCANNED)])]
        yield from self._end_long(line_break)

    def unjudged(self) -> Pieces:
        """Return the bytes of an incomplete line, for when nothing more will be judged."""
        if self._long:
            return list(self._long.rest(b"", b""))
        rest, self._carry, self._carried = list[bytes | memoryview](self._carry), [], 0
        return rest

    def _once_each(self, block: Block, judged: list[JudgedLine], begin: int, stop: int) -> Iterator[Note]:
        """Yield the notes for judged lines: one for each error, however many lines it has."""
        place = 0
        are_alone = stop - begin < _NEAR * len(judged) and stand_alone(block, begin, stop)
        while place < len(judged):
            line = judged[place]
            text = line[:2] if are_alone else text_around(block, line[:2], begin, stop)
            after = place + 1
            if text == line[:2]:
                if line[2]:
                    yield self._noted(block, text, line)
            else:
                after = bisect_left(judged, text[1], lo=after, key=place_of)
                if MARK not in block[slice(*text)]:  # else it has its note already
                    for decided, line in deciding_lines(block, text, judged[place:after], self._judge.one):
                        yield self._noted(block, decided, line)
            place = after

    def _noted(self, block: Block, text: Span, judged: JudgedLine) -> Note:
        """Return the note on a line of a text."""
        start, end, answer, note = judged
        head = text[0], block.find(b"\n", text[0], end) if text[0] < start else end
        if self._seen:
            self._seen(block, (start, end), text, answer)
        return start, end, note, head

    def _end_long(self, line_break: bytes) -> Iterator[Pieces]:
        """Judge an endless line by its two ends; yield what is left to write of it."""
        assert self._long is not None
        line, self._long = self._long, None
        answer = NO_ERROR if MARK in line.last else self._judge.text(line.text())
        if not answer and self._rendering.is_only:
            line.drop()
            return
        note = self._rendering.note(answer) if answer else b""
        if answer and self._seen:
            self._seen(line.last, (0, len(line.last)), (0, len(line.last)), answer)
        left = line.as_object(note, line_break) if self._rendering.is_json else line.rest(note, line_break)
        for piece in left:
            yield [piece]


def _end_of_part(block: Block, start: int, stop: int) -> int:
    """Return where the lines end that are scanned at once: where a text ends, some way behind `start`."""
    end = start
    while stop - end > _SCANNED:
        end = block.rfind(b"\n", end, end + _SCANNED) + 1 or block.find(b"\n", end, stop) + 1 or stop
        parting = last_parting(block, start, end)
        if parting > start:
            return parting
    return stop


def _long_line(block: Block, start: int, stop: int) -> int | None:
    """Return where the first line begins that is too long to be kept whole, or None."""
    while start < stop:
        end = block.find(b"\n", start, stop)
        end = stop if end < 0 else end
        if end - start > LONGEST:
            return start
        start = end + 1
    return None
