"""Adds notes to the lines of a log. Whole lines are judged one at a time; nothing else is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from mmap import mmap
from typing import Final

from errdex.classifier.catalog import Catalog
from errdex.logfilter.json_lines import as_object_line
from errdex.logfilter.long_line import LONGEST, LongLine
from errdex.logfilter.notes import MARK, as_logfmt, as_object
from errdex.logfilter.scanner import Scanner
from errdex.model.classification import Classification

Block = bytes | mmap
"""Lines as read, or a mapped part of a file."""
Pieces = list[bytes | memoryview]
"""Bytes to write, in order; parts of the input are views into it."""

_Line = tuple[int, list[int], int, int]  # its first byte, the keys in it, its start and its end
_Note = tuple[int, int, bytes]  # start and end of the line, and the note to write after, below or into it
_SCANNED: Final = 1 << 18  # bytes scanned at once
_JUDGED: Final = 1 << 12  # once a scanner has found this many lines, they are judged

# Judging these lines compiles nearly all patterns that error lines need.
_USUAL: Final = (
    "2026-11-21 10:00:00 ERROR app: Error code: 429 - {'message': 'Too many requests, try again in 5s'}",
    "2026-11-21 10:00:00 ERROR app: giving up - 'HTTP/1.1 503 Service Unavailable' for url",
)


class Style(Enum):
    """How notes are written."""

    BEHIND = "at the end of the line"
    BELOW = "on a line of its own"
    JSON = "as a key of the line's object"


class LineFilter:
    """Adds notes to the lines that report an API error.

    Args:
        catalog: Judges the lines.
        scanner: Selects the lines to judge.
        style: How notes are written.
        only: Drop the lines that get no note.
        seen: Called with each noted line and its answer.
    """

    def __init__(
        self,
        catalog: Catalog,
        scanner: Scanner,
        style: Style = Style.BEHIND,
        only: bool = False,
        seen: Callable[[bytes, Classification], None] | None = None,
    ) -> None:
        self._classify = catalog._fast.classify_line
        self._get_ready = scanner.get_ready
        self._templates = scanner.templates
        self._scan = scanner.scan
        self._style = style
        self._only = only
        self._seen = seen
        self._carry: list[bytes] = []
        self._carried = 0
        self._long: LongLine | None = None

    def get_ready(self) -> None:
        """Do all one-time work before the first lines: before the process forks, and while the scanner gets ready."""
        for line in _USUAL:
            self._classify(line, None)
        self._get_ready()

    def feed(self, data: bytes) -> Iterator[Pieces]:
        """Take the next bytes of a log; yield what can be written already."""
        if self._long:
            end = data.find(b"\n")
            yield [self._long.feed(data if end < 0 else data[:end])]
            if end < 0:
                return
            yield from self._end_long(b"\n")
            data = data[end + 1 :]
        cut = data.rfind(b"\n") + 1
        if cut:
            block = data if cut == len(data) else data[:cut]
            if self._carry:
                block = b"".join([*self._carry, block])
                self._carry, self._carried = [], 0
            yield from self.noted_lines(block)
            data = data[cut:]
        if data:
            self._carry.append(data)
            self._carried += len(data)
            if self._carried > LONGEST:
                self._long = LongLine(waits=self._only or self._style is Style.JSON)
                yield [self._long.feed(b"".join(self._carry))]
                self._carry, self._carried = [], 0

    @property
    def waits(self) -> bool:
        """Whether there is an incomplete line."""
        return bool(self._carry or self._long)

    def finish(self) -> Iterator[Pieces]:
        """Yield the rest when the log ends, possibly in the middle of a line."""
        if self._long:
            yield from self._end_long(b"")
        elif self._carry:
            rest, self._carry, self._carried = b"".join(self._carry), [], 0
            yield from self.noted_lines(rest)

    def noted_lines(self, block: Block, begin: int = 0) -> Iterator[Pieces]:
        """Yield whole lines with their notes; only the last one may lack its line break.

        Lines are judged in batches: large enough for sorting them to pay off, and small enough for the lines and their
        notes to take little memory.

        Args:
            block: The lines.
            begin: Where the first line begins.
        """
        lines: list[_Line] = []
        done = start = begin
        while start < len(block):
            end = len(block)
            if end - start > _SCANNED:
                end = block.rfind(b"\n", start, start + _SCANNED) + 1 or block.find(b"\n", start) + 1 or end
            lines += self._lines_with_keys(block, start, end)
            if len(lines) >= _JUDGED or end == len(block) or self._style is Style.JSON:
                notes = self._notes(block, lines)
                yield (self._objects if self._style is Style.JSON else self._pieces)(block, done, end, notes)
                done, lines = end, []
            start = end

    def _pieces(self, block: Block, done: int, end_of_lines: int, notes: list[_Note]) -> Pieces:
        """Return some lines with their notes after or below them."""
        pieces: Pieces = []
        view = memoryview(block)
        for start, end, note in notes:
            if self._only:
                done = start
            stop = end - (block[end - 1 : end] == b"\r" and self._style is Style.BEHIND)
            pieces += (view[done:stop], note)
            done = stop
            if self._only:
                pieces.append(view[stop : end + 1])
        if not self._only and done < end_of_lines:
            pieces.append(view[done:end_of_lines])
        return pieces

    def unjudged(self) -> Pieces:
        """Return the bytes of an incomplete line, for when nothing more will be judged."""
        if self._long:
            return list(self._long.rest(b"", b""))
        rest, self._carry, self._carried = list[bytes | memoryview](self._carry), [], 0
        return rest

    def _notes(self, block: Block, lines: list[_Line]) -> list[_Note]:
        """Return the notes for those lines that report an API error.

        Similar lines are judged one after another, so that the processor's caches are warm: for a few thousand lines,
        that takes a quarter less time.
        """
        notes = []
        known: list[int] = []
        lines.sort()
        for _, keys, start, end in lines:
            if keys != known:
                known, (templates, more) = keys, self._templates(keys)
            line = block[start:end]
            note = self._judge(line, line.removesuffix(b"\r").decode("utf-8", "replace"), templates, more)
            if note:
                notes.append((start, end, note))
        notes.sort()
        return notes

    def _lines_with_keys(self, block: Block, begin: int, stop: int) -> Iterator[_Line]:
        """Yield the lines that contain keys."""
        start, end = begin, begin - 1
        keys: list[int] = []
        for place, key in self._scan(memoryview(block)[begin:stop]):
            place += begin
            if place <= end:
                keys.append(key)
                continue
            if keys:
                yield block[start], keys, start, end
            start = block.rfind(b"\n", end + 1, place - 1) + 1 or end + 1
            end = block.find(b"\n", place - 1)
            end = len(block) if end < 0 else end
            keys = [key]
        if keys:
            yield block[start], keys, start, end

    def _judge(self, line: bytes, text: str, templates: list[int] | None = None, more: bool = True) -> bytes:
        """Return the note for a line, or nothing."""
        if MARK in line:
            return b""  # it already has a note
        answer = self._classify(text, templates, more)
        if not answer:
            return b""
        if self._seen:
            self._seen(line, answer)
        if self._style is Style.JSON:
            return as_object(answer)
        return b"\n" + as_logfmt(answer) if self._style is Style.BELOW else as_logfmt(answer)

    def _objects(self, block: Block, start: int, end_of_lines: int, notes: list[_Note]) -> Pieces:
        """Return some lines as JSON objects."""
        noted = {start: note for start, _, note in notes}
        pieces: Pieces = []
        while start < end_of_lines:
            end = block.find(b"\n", start) + 1 or len(block)
            note = noted.get(start, b"")
            if note or not self._only:
                pieces.append(as_object_line(block[start:end], note))
            start = end
        return pieces

    def _end_long(self, line_break: bytes) -> Iterator[Pieces]:
        """Judge an endless line by its two ends; yield what is left to write of it."""
        assert self._long is not None
        line, self._long = self._long, None
        note = self._judge(line.last, line.text())
        if self._only and not note:
            line.drop()
            return
        left = line.as_object(note, line_break) if self._style is Style.JSON else line.rest(note, line_break)
        for piece in left:
            yield [piece]
