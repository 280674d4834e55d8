"""Large files: several processes share the blocks of a file, and write them in the file's order.

A single Python process judges lines on one processor only. A block is a run of whole lines; process k of n takes every
n-th block, starting with the k-th, and writes it once the process before it has written its own. Until then, it
continues with its next blocks. Nothing is read twice or copied: each process maps its blocks into memory.
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
from typing import Any, Final, NamedTuple, NoReturn, Protocol

from errdex.logfilter.blocks import blocks_of, mapped
from errdex.logfilter.compressed import HEAD, form_of
from errdex.logfilter.line_filter import LineFilter
from errdex.logfilter.rendering import Pieces
from errdex.logfilter.stream import WriteError, write
from errdex.model.errors import ErrdexError

LEAST: Final = 1 << 24
"""Bytes of a file above which several processes are worth starting."""

_MOST: Final = 4
_LIMIT: Final = 64  # each process needs three pipes
_AHEAD: Final = 1  # blocks that may wait in a process for its turn …
_MOST_PIECES: Final = 1 << 15  # … and pieces of blocks, each with its note
_OFFSET: Final = 8  # bytes of a progress report
_CRASHED: Final = 255


class Counts(Protocol):
    """Counts noted lines; each process has its own, and their sum is that of the log."""

    is_partial: bool
    """Whether some noted lines are missing from the counts."""

    def clear(self) -> None:
        """Reset the counts."""

    def counts(self) -> dict[str, Any]:
        """Return the counts, JSON-ready."""

    def add_counts(self, counts: dict[str, Any]) -> None:
        """Add the counts of another process."""


def jobs_for(source: int, most: int | None) -> int:
    """Return how many processes should share a source: more than one only for a large plain text file.

    Args:
        source: File descriptor of the source.
        most: How many there may be at most; None for one per processor, up to 4.
    """
    most = min(_processors(), _MOST) if most is None else min(most, _LIMIT)
    if most < 2 or not hasattr(os, "fork") or not stat.S_ISREG(os.fstat(source).st_mode):
        return 1
    start = os.lseek(source, 0, os.SEEK_CUR)
    if os.fstat(source).st_size - start < LEAST or form_of(os.pread(source, HEAD, start)):
        return 1
    try:
        mapped(source, start, start + 1)
    except OSError:
        return 1  # some network file systems cannot map files
    return most


def _processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def annotate_blocks(
    source: int,
    target: int,
    lines: LineFilter,
    summary: Counts,
    jobs: int,
    progress: Callable[[int], object] | None = None,
) -> None:
    """Copy all but the end of a file to a file descriptor, with notes; the rest is left to `annotate`.

    Args:
        source: A plain text file; afterwards, its offset is at the end of what was copied.
        target: Gets the lines.
        lines: Makes the notes; it must not hold an incomplete line of another source.
        summary: Counts the noted lines, as reported by `lines`.
        jobs: How many processes share the file.
        progress: Called with the number of bytes copied.

    Raises:
        WriteError: Writing failed, for example because the disk is full.
        BrokenPipeError: The reader of the output is gone.
        ErrdexError: The file became shorter in the meantime, or a process failed.
    """
    start = done = os.lseek(source, 0, os.SEEK_CUR)
    size = os.fstat(source).st_size  # anything appended to the file from now on is left to `annotate`
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
        summary.is_partial = True  # the processes' counts are lost with them
        raise
    finally:
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        os.lseek(source, done, os.SEEK_SET)


def _raise_of(statuses: list[int]) -> None:
    """Re-raise the failure of the process that failed; the others only missed their turn."""
    worst = max(statuses, key=abs)
    if worst == errno.EPIPE:
        raise BrokenPipeError
    if {-getattr(signal, "SIGBUS", 0), errno.EFAULT} & {*statuses} - {0}:
        raise ErrdexError("the log became shorter while it was being read; the rest of it is missing from the output")
    if worst in errno.errorcode:
        raise WriteError(f"cannot write: {os.strerror(worst)}")
    if worst:
        how = f"was killed by signal {-worst}" if worst < 0 else "failed"
        raise ErrdexError(f"a worker process {how}; --jobs 1 does without worker processes")


class _Worker:
    """One of the worker processes."""

    def __init__(
        self, source: int, target: int, lines: LineFilter, summary: Counts, blocks: Iterator[tuple[int, int]]
    ) -> None:
        self._source = source
        self._target = target
        self._lines = lines
        self._summary = summary
        self._blocks = blocks

    def run(self, turn: int, next_turn: int, report: int, result: int) -> NoReturn:
        """Annotate this process's blocks and exit; the exit status is the error number, if there was an error."""
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
        blocks = pieces = 0  # how many are waiting
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
        if not turns.has_parent():
            raise BrokenPipeError(errno.EPIPE, "the parent process is gone")
        write(self._target, noted.pieces)
        if noted.end is not None:
            turns.end(noted.end)


class _Noted(NamedTuple):
    """Lines with their notes, waiting to be written."""

    pieces: Pieces
    end: int | None
    """Where the block ends in the file; set after its last lines."""


class _Turns:
    """One process's turns at writing.

    Args:
        turn: Pipe from the previous process.
        next_turn: Pipe to the next process.
        report: Pipe to the parent process.
    """

    def __init__(self, turn: int, next_turn: int, report: int) -> None:
        self._turn = turn
        self._next_turn = next_turn
        self._report = report
        self._parent = os.getppid()
        self._is_now = False

    def has_parent(self) -> bool:
        """Tell whether the parent process still runs; nobody else would stop this one."""
        return os.getppid() == self._parent

    def has_come(self) -> bool:
        """Tell whether it is this process's turn, without waiting."""
        return self._is_now or bool(select.select([self._turn], [], [], 0)[0])

    def wait(self) -> bool:
        """Wait for this process's turn; return False if the previous process or the parent has ended."""
        if not self._is_now:
            self._is_now = bool(os.read(self._turn, 1)) and self.has_parent()
        return self._is_now

    def end(self, done: int) -> None:
        """Report up to where the file is done, and pass the turn on to the next process."""
        os.write(self._report, done.to_bytes(_OFFSET, "big"))
        self._is_now = False
        with suppress(BrokenPipeError):  # there is no next block, or the next process has ended
            os.write(self._next_turn, b".")
