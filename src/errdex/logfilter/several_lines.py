"""Errors over several lines: tracebacks, stack traces of Java and JavaScript, and bodies printed with line breaks.

Which lines belong together is told by their first bytes alone, so that it costs next to nothing.
"""

from __future__ import annotations

import re
from mmap import mmap
from typing import Final

_MAX_LINES: Final = 400
_MAX_BYTES: Final = 1 << 16
_HEAD: Final = 200  # bytes of a line that are looked at
_TRACEBACK: Final = b"Traceback (most recent call last):"
_LINK: Final = re.compile(
    rb"Caused by: |Suppressed: |The above exception was the direct cause|During handling of the above exception"
)
_CLASS: Final = re.compile(rb"[A-Za-z_][\w.]*(?::|\r?$|\r?\n)")
_FRAME: Final = re.compile(rb"[ \t]+at ")
_BLANKS: Final = b" \t"
_OPENING: Final = (b"{", b"[")
_CLOSING: Final = b"}]"
_JOINED: Final = re.compile(rb"\n[ \t\r\n}\]A-Za-z_]")

Span = tuple[int, int]
"""Where a line or text begins and ends, without its last line break."""


def text_around(block: bytes | mmap, line: Span, first: int, last: int) -> Span:
    """Return the text over several lines that a line belongs to; the line itself if it stands alone.

    Args:
        block: The lines.
        line: The line.
        first: Where the first line begins that may belong to it.
        last: Where the last of them ends.
    """
    start, end = line
    if not (_may_begin(block, line, last) or _may_go_on(block, start, first)):
        return line
    head = start
    for _ in range(_MAX_LINES):
        if head <= first or start - head > _MAX_BYTES or not _may_go_on(block, head, first):
            break
        head = _begin_before(block, head, first)
    stop = _end_of_text(block, head, min(last, head + _MAX_BYTES))
    return (head, stop) if stop >= end else line


def stand_alone(block: bytes | mmap, first: int, last: int) -> bool:
    """Tell whether no line between two positions can belong to the one before it: none begins as such lines do."""
    return _JOINED.search(block, first, last) is None


def report_below(block: bytes | mmap, text: Span) -> int | None:
    """Return where a traceback or a cause begins that follows the first line of a text directly, or None."""
    start = block.find(b"\n", *text) + 1
    line = block[start : min(text[1], start + _HEAD)]
    return start if start and (line.startswith(_TRACEBACK) or _LINK.match(line)) else None


def last_parting(block: bytes | mmap, first: int, last: int) -> int:
    """Return the last place, up to `last`, at which a text ends for sure, or `last` if there is none nearby.

    Args:
        block: Whole lines.
        first: Where the first line begins; it begins a text.
        last: The end of a line, behind its line break.
    """
    place = last
    for _ in range(_MAX_LINES):
        place = _begin_before(block, place, first)
        if place <= first:
            return first if last - first <= _MAX_BYTES else last
        if last - place > _MAX_BYTES:
            break
        if is_parted(block, place, first):
            return place
    return last


def is_parted(block: bytes | mmap, start: int, first: int) -> bool:
    """Tell whether the line that begins at a position does not belong to the lines before it."""
    return start <= first or not _may_go_on(block, start, first)


def _may_go_on(block: bytes | mmap, start: int, first: int) -> bool:
    """Tell whether the line that begins at a position may belong to the line before it."""
    if start <= first:
        return False
    head = block[start : start + 1]
    if head in _BLANKS or head in _CLOSING or head in b"\r\n":  # an empty one at the end, too
        return True
    if head.isalpha() or head == b"_":
        line = block[start : start + _HEAD]
        if line.startswith(_TRACEBACK) or _LINK.match(line):
            return True
        above = block[_begin_before(block, start, first)]
        return above in _BLANKS and _CLASS.match(line) is not None
    return False


def _may_begin(block: bytes | mmap, line: Span, last: int) -> bool:
    """Tell whether the line after a line may belong to it."""
    after = line[1] + 1
    if after >= last:
        return False
    head = block[after : after + 1]
    return head in _BLANKS or head in _CLOSING or head in b"TCS"


def _end_of_text(block: bytes | mmap, head: int, last: int) -> int:
    """Return where the text ends that begins with the line at a position."""
    start, end = head, _end_of_line(block, head, last)
    line, following = block[start:end].rstrip(), block[end + 1 : min(last, end + 1 + _HEAD)]
    if following.startswith(_TRACEBACK):
        return _end_of_traceback(block, end + 1, last)
    if line.endswith(_TRACEBACK):
        return _end_of_traceback(block, start, last)
    if not (_FRAME.match(following) or _LINK.match(following)):
        return _end_of_body(block, end, last) if line.endswith(_OPENING) else end
    while end < last:  # frames, causes, and the object that Node prints behind them
        line = block[end + 1 : min(last, end + 1 + _HEAD)]
        if not (line[:1] and (line[:1] in _BLANKS or line[:1] in _CLOSING or _LINK.match(line))):
            break
        end = _end_of_line(block, end + 1, last)
    return end


def _end_of_body(block: bytes | mmap, end: int, last: int) -> int:
    """Return where a body ends whose first line ends at a position: with the line that closes it."""
    begun = end
    while end < last:
        head = block[end + 1 : end + 2]
        if not head or not (head in _BLANKS or head in _CLOSING):
            return begun
        end = _end_of_line(block, end + 1, last)
        if head in _CLOSING:
            return end
    return end


def _end_of_traceback(block: bytes | mmap, start: int, last: int) -> int:
    """Return where a traceback of Python ends, and with it the tracebacks of what was raised after it."""
    end = _end_of_line(block, start, last)
    while end < last:
        line = block[end + 1 : min(last, end + 1 + _HEAD)]
        if line[:1] and line[:1] in _BLANKS:
            end = _end_of_line(block, end + 1, last)
            continue
        if not _CLASS.match(line):
            return end
        end = _end_of_line(block, end + 1, last)
        while end < last and block[end + 1 : end + 2] and block[end + 1 : end + 2] in _BLANKS:
            end = _end_of_line(block, end + 1, last)  # notes
        following = _next_traceback(block, end, last)
        if following is None:
            return end
        end = _end_of_line(block, following, last)
    return end


def _next_traceback(block: bytes | mmap, end: int, last: int) -> int | None:
    """Return where the traceback begins that a line such as `During handling of …` announces, if one does."""
    place, linked = end + 1, False
    for _ in range(4):
        stop = _end_of_line(block, place, last)
        line = block[place : min(stop, place + _HEAD)].strip()
        if line.startswith(_TRACEBACK):
            return place if linked else None
        if line and not _LINK.match(line):
            return None
        linked |= bool(line)
        place = stop + 1
    return None


def _begin_before(block: bytes | mmap, start: int, first: int) -> int:
    """Return where the line before the one at a position begins."""
    return max(first, block.rfind(b"\n", first, max(first, start - 1)) + 1)


def _end_of_line(block: bytes | mmap, start: int, last: int) -> int:
    end = block.find(b"\n", start, last)
    return last if end < 0 else end
