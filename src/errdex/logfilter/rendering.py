"""Lines and their notes, as they are written."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from mmap import mmap

from errdex.logfilter.excerpt import SEPARATOR, Excerpt
from errdex.logfilter.json_lines import as_object_line
from errdex.logfilter.notes import as_logfmt, as_object
from errdex.logfilter.several_lines import Span
from errdex.model.classification import Classification

Block = bytes | mmap
"""Lines as read, or a mapped part of a file."""
Pieces = list[bytes | memoryview]
"""Bytes to write, in order; parts of the input are views into it."""
Note = tuple[int, int, bytes, Span]
"""Where a line and its content begin and end, the note to write, and the first line of the error."""


class Style(Enum):
    """How notes are written."""

    BEHIND = "at the end of the line"
    BELOW = "on a line of its own"
    JSON = "as a key of the line's object"


class Rendering:
    """Writes lines with their notes.

    Args:
        style: How notes are written.
        only: Leave out the lines without a note; of an error over several lines, the first is kept.
        context: With `only`, how many lines to keep before and after each of these.
    """

    def __init__(self, style: Style, only: bool, context: int) -> None:
        self._style = style
        self.has_context = only and context > 0
        """Whether lines are kept because others near them have a note."""
        self._excerpt = Excerpt(context) if only else None

    @property
    def is_json(self) -> bool:
        """Whether lines become JSON objects."""
        return self._style is Style.JSON

    @property
    def is_only(self) -> bool:
        """Whether lines without a note are left out."""
        return self._excerpt is not None

    @property
    def waits(self) -> bool:
        """Whether a line cannot be written before it has been judged."""
        return self.is_json or self.is_only

    def note(self, answer: Classification) -> bytes:
        """Return the note for an answer, as it is written after, below or into a line."""
        if self.is_json:
            return as_object(answer)
        return b"\n" + as_logfmt(answer) if self._style is Style.BELOW else as_logfmt(answer)

    def pieces(self, block: Block, begin: int, end: int, notes: list[Note]) -> Pieces:
        """Return some lines with their notes.

        Args:
            block: The lines.
            begin: Where the first begins.
            end: Where the last ends, with its line break.
            notes: The notes, in the order of their lines.
        """
        if self.is_json:
            return [*self._objects(block, begin, end, notes)]
        pieces: Pieces = []
        view = memoryview(block)
        if self._excerpt:
            noted = {start: note for start, _, note, _ in notes}
            for line in self._excerpt.shown(block, begin, end, _wanted(notes)):
                if isinstance(line, bytes):
                    pieces.append(line)
                    continue
                stop = self._stop(block, line[1])
                pieces += (view[line[0] : stop], noted.get(line[0], b""), view[stop : min(line[1] + 1, end)])
            return pieces
        for _, stop, note, _ in notes:
            stop = self._stop(block, stop)
            pieces += (view[begin:stop], note)
            begin = stop
        if begin < end:
            pieces.append(view[begin:end])
        return pieces

    def _stop(self, block: Block, end: int) -> int:
        """Return where a note goes: before the line break, with its carriage return, or between them and below."""
        return end - (block[end - 1 : end] == b"\r" and self._style is Style.BEHIND)

    def _objects(self, block: Block, begin: int, end: int, notes: list[Note]) -> Iterator[bytes]:
        """Yield some lines as JSON objects."""
        noted = {start: note for start, _, note, _ in notes}
        if self._excerpt:
            for line in self._excerpt.shown(block, begin, end, _wanted(notes)):
                if isinstance(line, tuple):
                    yield as_object_line(block[line[0] : min(line[1] + 1, end)], noted.get(line[0], b""))
                elif line is not SEPARATOR:
                    yield as_object_line(line, b"")
            return
        while begin < end:
            stop = block.find(b"\n", begin) + 1 or len(block)
            yield as_object_line(block[begin:stop], noted.get(begin, b""))
            begin = stop


def _wanted(notes: list[Note]) -> Iterator[Span]:
    """Yield the lines that `only` keeps, in order: the first line of each error, and the one with the note."""
    last = -1
    for start, end, _, head in notes:
        if last < head[0] < start:
            yield head
        yield start, end
        last = start
