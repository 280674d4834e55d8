"""What `errdex annotate` needs at most: memory, and the delay of a line; and the programs that are run for it."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.annotate_corpus import compiled_catalog, hit_lines, innocent_lines, wordings
from benchmarks.timing import NEVER, Row, row

GROUP: Final = "annotate"
SINK: Final = "/dev/zero"
_MEMORY: Final = 100.0
_DELAY: Final = 5.0
_PATIENCE: Final = 2.0  # seconds after which a line counts as held back
# A process inherits the peak of the process that forked it, so a small one is needed in between.
_PEAK: Final = """
import resource, subprocess, sys
size, command = int(sys.argv[1]), sys.argv[2:]
child = subprocess.Popen(command, stdin=subprocess.PIPE if size else None)
while size > 0:
    child.stdin.write(b"one line without an end, number 4711; " * 20_000)
    size -= 38 * 20_000
child.communicate()
print(child.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
"""

Environment = dict[str, str]


class Program(NamedTuple):
    """A command that reads the log from its standard input."""

    name: str
    command: Sequence[str]
    environment: Environment


def peak(what: str, program: Program, file: Path | None, size: int = 0) -> Row:
    """Return a program's peak memory for a file, or for one endless line through a pipe."""
    command = [sys.executable, "-S", "-c", _PEAK, str(size), *program.command]
    start = time.perf_counter()
    with Path(file or os.devnull).open("rb") as stdin, Path(SINK).open("wb") as sink:
        done = subprocess.run(
            command, stdin=stdin, stdout=sink, stderr=subprocess.PIPE, env=program.environment, check=True
        )
    status, peak = done.stderr.split()[-2:]
    unit = 1 if sys.platform == "darwin" else 1024  # bytes
    note = f"{time.perf_counter() - start:.1f} s; the largest process" + (
        "" if status in (b"0", b"1") else f"; exit status {status.decode()}"
    )
    return row(GROUP, f"{what}, {program.name}", "MB", [int(peak) * unit / 1e6], _MEMORY, note)


def delay(program: Program, count: int) -> Row:
    """Return how long a line takes to pass through the pipes of a running program."""
    data = compiled_catalog(1_500)
    catalog = wordings(data)
    hits = islice(hit_lines(catalog, seed=8), count // 2)
    lines = [line for pair in zip(innocent_lines(data, catalog, count // 2), hits, strict=True) for line in pair]
    pipe = subprocess.PIPE
    with subprocess.Popen(program.command, stdin=pipe, stdout=pipe, bufsize=0, env=program.environment) as child:
        _through(child, lines[0], 30 * _PATIENCE)  # includes start-up
        times = []
        for line in lines:
            times.append(_through(child, line, _PATIENCE))
            if times[-1] == NEVER:
                break
        child.kill()
    what = f"one line through a pipe, {program.name}"
    return row(GROUP, what, "ms", times, _DELAY, f"{len(times)} lines, one at a time")


def _through(child: subprocess.Popen[bytes], line: str, patience: float) -> float:
    assert child.stdin
    assert child.stdout
    start = time.perf_counter_ns()
    child.stdin.write(line.encode() + b"\n")
    out = b""
    while not out.endswith(b"\n"):
        if not select.select([child.stdout], [], [], patience)[0]:
            return NEVER
        out += child.stdout.read(1 << 16) or b"\n"
    return (time.perf_counter_ns() - start) / 1e6
