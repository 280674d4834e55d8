"""Large files: several processes take turns at the blocks of a file, and write them in its order.

Python judges lines on one processor. A block is a run of whole lines; process k of n takes every n-th block from the
k-th on, and writes it when the one before has written its own; until then it goes on with its next blocks. Nothing is
read twice or copied: each process maps its blocks.
"""

from __future__ import annotations

import errno
import json
import os
import select
import signal
import stat
import sys
from collections import deque
from collections.abc import Callable, Iterator
from itertools import count, islice
from mmap import ACCESS_READ, ALLOCATIONGRANULARITY, mmap
from typing import Final, NoReturn

from errdex.errors import ErrdexError
from errdex.logs.lines import LineFilter, Pieces
from errdex.logs.long_line import LONGEST
from errdex.logs.stream import GZIP, WriteError, write
from errdex.logs.summary import Summary

LEAST: Final = 1 << 24
"""Bytes of a file from which on the processes are worth their start."""

_MOST: Final = 4
_LIMIT: Final = 64  # each has three pipes
_LEAST_BLOCK: Final = 1 << 20
_MOST_BLOCK: Final = 1 << 24
_AHEAD: Final = 1  # blocks of a process that wait for its turn
_WINDOW: Final = 1 << 13  # bytes that are read at once to find the end of a line
_OFFSET: Final = 8  # bytes of a report
_CRASHED: Final = 255


def jobs_for(source: int, most: int | None) -> int:
    """Return how many processes should take turns at a source: more than one only for a large file of plain text.

    Args:
        source: File descriptor of the source.
        most: How many they may be; None for one a processor, up to 4.
    """
    most = min(_processors(), _MOST) if most is None else min(most, _LIMIT)
    if most < 2 or not hasattr(os, "fork") or not stat.S_ISREG(os.fstat(source).st_mode):
        return 1
    start = os.lseek(source, 0, os.SEEK_CUR)
    if os.fstat(source).st_size - start < LEAST or os.pread(source, len(GZIP), start) == GZIP:
        return 1
    try:
        _mapped(source, start, start + 1)
    except OSError:
        return 1  # some network file systems cannot do that
    return most


def _processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def annotate_blocks(
    source: int,
    target: int,
    lines: LineFilter,
    summary: Summary,
    jobs: int,
    progress: Callable[[int], object] | None = None,
) -> None:
    """Copy all but the end of a file to a file descriptor, with notes; what is left is for `annotate`.

    Args:
        source: A file of plain text; its offset stands behind what was copied when this is done.
        target: Gets the lines.
        lines: Makes the notes; nothing of another source may wait in it.
        summary: Counts the lines noted, as `lines` tells it of them.
        jobs: How many processes take turns.
        progress: Is called with the number of bytes copied.

    Raises:
        WriteError: The disk is full, or the like.
        BrokenPipeError: Nobody reads any more.
    """
    start = done = os.lseek(source, 0, os.SEEK_CUR)
    size = os.fstat(source).st_size  # what is written to the file from now on is for `annotate`
    lines.get_ready()
    turns = [os.pipe() for _ in range(jobs)]
    results = [os.pipe() for _ in range(jobs)]
    reports, report = os.pipe()
    children = []
    try:
        for number in range(jobs):
            child = os.fork()
            if not child:
                keep = {turns[number][0], turns[(number + 1) % jobs][1], results[number][1], report}
                for end in [reports, *(end for pipe in (*turns, *results) for end in pipe)]:
                    if end not in keep:
                        os.close(end)
                blocks = islice(_blocks(source, start, size, jobs), number, None, jobs)
                _Worker(source, target, lines, summary, blocks).run(
                    turns[number][0], turns[(number + 1) % jobs][1], report, results[number][1]
                )
            children.append(child)
        os.write(turns[0][1], b".")
        for end in [report, *(end for pipe in turns for end in pipe), *(pipe[1] for pipe in results)]:
            os.close(end)
        with os.fdopen(reports, "rb") as ends:
            while offset := ends.read(_OFFSET):
                end = int.from_bytes(offset, "big")
                if progress:
                    progress(end - done)
                done = end
        for result, _ in results:
            with os.fdopen(result, "rb") as file:
                counted = file.read()
            if counted:
                summary.add_counts(json.loads(counted))
        _raise_of([os.waitstatus_to_exitcode(os.waitpid(children.pop(0), 0)[1]) for _ in list(children)])
    except BaseException:
        summary.is_partial = True  # what the processes have counted is lost with them
        raise
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        os.lseek(source, done, os.SEEK_SET)


def _raise_of(statuses: list[int]) -> None:
    """Raise what a process ended of; the others only missed their turn."""
    worst = max(statuses, key=abs)
    if worst == errno.EPIPE:
        raise BrokenPipeError
    if {-getattr(signal, "SIGBUS", 0), errno.EFAULT} & {*statuses} - {0}:
        raise ErrdexError(
            "the log became shorter while it was read; what follows is missing. With --jobs 1 that ends it"
        )
    if worst in errno.errorcode:
        raise WriteError(f"cannot write: {os.strerror(worst)}")
    if worst:
        how = f"was killed by signal {-worst}" if worst < 0 else "failed"
        raise ErrdexError(f"a process that judged lines {how}; with --jobs 1 there is only one")


class _Worker:
    """One of the processes."""

    def __init__(
        self, source: int, target: int, lines: LineFilter, summary: Summary, blocks: Iterator[tuple[int, int]]
    ) -> None:
        self._source = source
        self._target = target
        self._lines = lines
        self._summary = summary
        self._blocks = blocks
        self._parent = os.getppid()

    def run(self, turn: int, next_turn: int, report: int, result: int) -> NoReturn:
        """Annotate this process's blocks, and end it; the status is the number of the error, if there was one."""
        status = 0
        try:
            self._summary.clear()
            self._take_turns(turn, next_turn, report)
            os.close(report)
            os.close(next_turn)
            with os.fdopen(result, "wb") as file:
                file.write(json.dumps(self._summary.counts()).encode())
        except KeyboardInterrupt:
            status = errno.EINTR
        except OSError as error:
            cause = error.__cause__ if isinstance(error, WriteError) else error
            status = getattr(cause, "errno", None) or errno.EIO
        except BaseException:
            sys.excepthook(*sys.exc_info())
            status = _CRASHED
        os._exit(status)

    def _take_turns(self, turn: int, next_turn: int, report: int) -> None:
        waiting: deque[tuple[int, Pieces]] = deque()
        for start, end in self._blocks:
            waiting.append((end, self._lines.noted_lines(*_mapped(self._source, start, end))))
            while waiting and (len(waiting) > _AHEAD or select.select([turn], [], [], 0)[0]):
                if not self._take_turn(*waiting.popleft(), turn, next_turn, report):
                    return
        while waiting and self._take_turn(*waiting.popleft(), turn, next_turn, report):
            pass

    def _take_turn(self, end: int, pieces: Pieces, turn: int, next_turn: int, report: int) -> bool:
        """Write a block when its turn comes; return whether there may be another turn."""
        if not os.read(turn, 1) or os.getppid() != self._parent:
            return False  # the process before this one, or the one that waits for all, has ended
        write(self._target, pieces)
        os.write(report, end.to_bytes(_OFFSET, "big"))
        try:
            os.write(next_turn, b".")
        except BrokenPipeError:
            return False  # there is no next block, or the next process has ended
        return True


def _blocks(source: int, start: int, size: int, jobs: int) -> Iterator[tuple[int, int]]:
    """Yield where blocks of whole lines begin and end; up to the file's last line, or an endless one.

    In each turn of all processes they are of one size: small at first, for somebody may look on, and in the end, for
    all to be ready at the same time.
    """
    most = length = _LEAST_BLOCK
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
        yield start, end
        start = end
    tail = max(start, size - _WINDOW)
    place = os.pread(source, size - tail, tail).rfind(b"\n") if tail < size else -1
    if place >= 0:
        yield start, tail + place + 1


def _mapped(source: int, start: int, end: int) -> tuple[mmap, int]:
    """Return a part of a file without a copy, and where in what is returned it begins."""
    begin = start % ALLOCATIONGRANULARITY
    return mmap(source, begin + end - start, offset=start - begin, access=ACCESS_READ), begin
