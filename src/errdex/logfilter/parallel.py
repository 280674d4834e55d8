"""Large files: several processes share the blocks of a file, and write them in the file's order.

A single Python process judges lines on one processor only. A block is a run of whole lines; process k of n takes every
n-th block, starting with the k-th, and writes it once the process before it has written its own. Until then, it
continues with its next blocks. Nothing is read twice or copied: each process maps its blocks into memory.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import stat
from collections.abc import Callable
from itertools import islice
from typing import Final

from errdex.logfilter.blocks import blocks_of, mapped
from errdex.logfilter.compressed import HEAD, form_of
from errdex.logfilter.line_filter import LineFilter
from errdex.logfilter.stream import WriteError
from errdex.logfilter.worker import OFFSET, Counts, Worker
from errdex.model.errors import ErrdexError

LEAST: Final = 1 << 24
"""Bytes of a file above which several processes are worth starting."""

_MOST: Final = 4
_LIMIT: Final = 64  # each process needs three pipes


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
                Worker(source, target, lines, summary, blocks).run(
                    turns[number][0], turns[(number + 1) % jobs][1], report, results[number][1]
                )
            children.append(child)
        os.write(turns[0][1], b".")
        for end in [report, *(end for pipe in turns for end in pipe), *(pipe[1] for pipe in results)]:
            os.close(end)
        with os.fdopen(reports, "rb") as ends:
            while offset := ends.read(OFFSET):
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
