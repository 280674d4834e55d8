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
from contextlib import suppress
from itertools import islice
from typing import Final, NamedTuple, NoReturn

from errdex.logfilter.blocks import blocks_of, mapped
from errdex.logfilter.line_filter import LineFilter, Pieces
from errdex.logfilter.stream import GZIP, WriteError, write
from errdex.logfilter.summary import Summary
from errdex.model.errors import ErrdexError

LEAST: Final = 1 << 24
"""Bytes of a file from which on the processes are worth their start."""

_MOST: Final = 4
_LIMIT: Final = 64  # each has three pipes
_AHEAD: Final = 1  # blocks of a process that wait for its turn …
_MOST_PIECES: Final = 1 << 15  # … and pieces of them, each with its note
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
        mapped(source, start, start + 1)
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
        ErrdexError: The file became shorter meanwhile, or a process failed.
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
                blocks = islice(blocks_of(source, start, size, jobs), number, None, jobs)
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
        raise ErrdexError("the log became shorter while it was read; what stood further on is missing")
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

    def run(self, turn: int, next_turn: int, report: int, result: int) -> NoReturn:
        """Annotate this process's blocks, and end it; the status is the number of the error, if there was one."""
        status = 0
        try:
            self._summary.clear()
            self._take_turns(_Turns(turn, next_turn, report))
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

    def _take_turns(self, turns: _Turns) -> None:
        waiting: deque[_Noted] = deque()
        blocks = pieces = 0  # that wait
        for noted in self._noted():
            waiting.append(noted)
            pieces += len(noted.pieces)
            blocks += noted.end is not None
            while waiting and (blocks > _AHEAD or pieces > _MOST_PIECES or turns.has_come()):
                if not turns.wait():
                    return
                first = waiting.popleft()
                pieces -= len(first.pieces)
                blocks -= first.end is not None
                self._write(first, turns)
        while waiting and turns.wait():
            self._write(waiting.popleft(), turns)

    def _noted(self) -> Iterator[_Noted]:
        for start, end in self._blocks:
            for pieces in self._lines.noted_lines(*mapped(self._source, start, end)):
                yield _Noted(pieces, None)
            yield _Noted([], end)

    def _write(self, noted: _Noted, turns: _Turns) -> None:
        write(self._target, noted.pieces)
        if noted.end is not None:
            turns.end(noted.end)


class _Noted(NamedTuple):
    """Lines with their notes, which wait to be written."""

    pieces: Pieces
    end: int | None
    """Where the block ends in the file, behind its last lines."""


class _Turns:
    """The turns of one process at writing.

    Args:
        turn: Pipe from the process before.
        next_turn: Pipe to the process after.
        report: Pipe to the one that waits for all.
    """

    def __init__(self, turn: int, next_turn: int, report: int) -> None:
        self._turn = turn
        self._next_turn = next_turn
        self._report = report
        self._parent = os.getppid()
        self._is_now = False

    def has_come(self) -> bool:
        """Tell whether it is this process's turn, without waiting for it."""
        return self._is_now or bool(select.select([self._turn], [], [], 0)[0])

    def wait(self) -> bool:
        """Wait for the turn; return False if the process before this one, or the one that waits for all, has ended."""
        if not self._is_now:
            self._is_now = bool(os.read(self._turn, 1)) and os.getppid() == self._parent
        return self._is_now

    def end(self, done: int) -> None:
        """Say up to where the file is done, and leave the turn to the next process."""
        os.write(self._report, done.to_bytes(_OFFSET, "big"))
        self._is_now = False
        with suppress(BrokenPipeError):  # there is no next block, or the next process has ended
            os.write(self._next_turn, b".")
