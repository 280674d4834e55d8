"""Finds the line of a text over several lines that decides: the one that gets the note."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Final

from errdex.logfilter.rendering import Block
from errdex.logfilter.several_lines import Span, report_below
from errdex.model.category import Basis
from errdex.model.classification import Classification

JudgedLine = tuple[int, int, Classification, bytes]
"""Where a line begins and ends, its answer and its note."""
_WORD: Final = re.compile(rb"[\w\x80-\xff]")
_RECOGNISED: Final = (Basis.MESSAGE, Basis.CODE, Basis.FIELD)


def deciding_lines(
    block: Block, text: Span, lines: list[JudgedLine], judge: Callable[[bytes], tuple[Classification, bytes]]
) -> Iterator[tuple[Span, JudgedLine]]:
    """Yield the lines of a text that get a note, with the answer in it, and the text that each one decides.

    Args:
        block: The lines.
        text: Where the text begins and ends.
        lines: Those of its lines that may report an error, each judged by itself.
        judge: Judges a text as a whole.
    """
    below = report_below(block, text)
    head, others = lines[0], lines[1:]
    if below and head[0] == text[0] and any(_is_another(head[2], line[2]) for line in others):
        rest = below, text[1]
        if _is_another(head[2], judge(block[slice(*rest)])[0]):
            yield head[:2], head
            text, lines = rest, others
    answer, note = judge(block[slice(*text)])
    own = [line for line in lines if line[2]]
    if not answer:
        yield from ((line[:2], line) for line in own)
        return
    better = [line for line in own if line[2].entry and not answer.entry and line[2].category == answer.category]
    if better:
        yield text, better[0]
        return
    same = [line for line in own if line[2].entry == answer.entry]
    start, end = (same or own)[0][:2] if own else _last_spoken(block, text)
    yield text, (start, end, answer, note)


def _last_spoken(block: Block, text: Span) -> Span:
    """Return the last line with any word of a text: where an exception stands, if no line shows the error by itself."""
    stop = text[1]
    while True:
        start = max(text[0], block.rfind(b"\n", text[0], stop) + 1)
        if start == text[0] or _WORD.search(block[start:stop]):
            return start, stop
        stop = start - 1


def _is_another(line: Classification, below: Classification) -> bool:
    """Tell whether a log line and the traceback below it report two errors: their statuses or their entries differ.

    If one of them is known by less than its words or codes, as by a mere status, it may be the same error.
    """
    if not (line and below) or line.entry == below.entry:
        return False
    if line.status and below.status and line.status != below.status:
        return True
    return line.basis in _RECOGNISED and below.basis in _RECOGNISED
