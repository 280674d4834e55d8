"""One of the processes that share a large file: it annotates its blocks and writes each when its turn comes."""

from __future__ import annotations

import errno
import json
import os
import select
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final, NamedTuple, NoReturn, Protocol

from errdex.logfilter.blocks import mapped
from errdex.logfilter.line_filter import LineFilter
from errdex.logfilter.rendering import Pieces
from errdex.logfilter.stream import WriteError, write

_AHEAD: Final = 1  # blocks that may wait in a process for its turn …
_MOST_PIECES: Final = 1 << 15  # … and pieces of blocks, each with its note
_CRASHED: Final = 255
OFFSET: Final = 8
"""Bytes of a progress report."""


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


class Worker:
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
        os.write(self._report, done.to_bytes(OFFSET, "big"))
        self._is_now = False
        with suppress(BrokenPipeError):  # there is no next block, or the next process has ended
            os.write(self._next_turn, b".")
