"""A large file as blocks of whole lines, shared by several processes."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from itertools import count
from mmap import ACCESS_READ, ALLOCATIONGRANULARITY, mmap
from typing import Final

from errdex.logfilter.long_line import LONGEST
from errdex.logfilter.several_lines import is_parted

_LEAST_BLOCK: Final = 1 << 20
_MOST_BLOCK: Final = 1 << 24
_NEARBY: Final = 1 << 16  # bytes in which the end of a text is looked for
_WINDOW: Final = 1 << 13  # bytes read at once to find the end of a line


def blocks_of(source: int, start: int, size: int, jobs: int) -> Iterator[tuple[int, int]]:
    """Yield where blocks of whole lines begin and end, up to the file's last line or an endless line.

    All processes get blocks of the same size in each round. Blocks are small at first, because someone may be watching
    the output, and small at the end, so that all processes finish at about the same time.
    """
    most = _LEAST_BLOCK
    for number in count():
        if number % jobs == 0:
            length = max(_LEAST_BLOCK, min(most, (size - start) // (2 * jobs)))
            most = min(2 * most, _MOST_BLOCK)
        if start + length >= size:
            break
        end = start + length
        while True:
            window = os.pread(source, _WINDOW, end - 1)
            place = window.find(b"\n")
            if place >= 0:
                break
            end += len(window)
            if not window or end - start > LONGEST:
                return
        end += place
        end += _parting(source, end)
        yield start, end
        start = end
    if start >= size:
        return
    tail = max(start, size - _WINDOW)
    place = os.pread(source, size - tail, tail).rfind(b"\n") if tail < size else -1
    if place >= 0:
        yield start, tail + place + 1


def _parting(source: int, end: int) -> int:
    """Return how many bytes behind the end of a line the text ends to which the line may belong, if nearby."""
    window = os.pread(source, _NEARBY, end)
    place = window.find(b"\n") + 1
    while 0 < place < len(window):
        if is_parted(window, place, 0):
            return place
        place = window.find(b"\n", place) + 1
    return 0


def mapped(source: int, start: int, end: int) -> tuple[mmap, int]:
    """Map a part of a file into memory; return the mapping and the offset at which the part begins in it."""
    begin = start % ALLOCATIONGRANULARITY
    try:
        return mmap(source, begin + end - start, offset=start - begin, access=ACCESS_READ), begin
    except ValueError as error:
        raise OSError(errno.EFAULT, "the file has become shorter") from error
