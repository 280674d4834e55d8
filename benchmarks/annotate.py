"""`errdex annotate`: its speed compared with ripgrep, grep and a bare loop; its memory; the delay of a line.

Whole commands are timed, including the interpreter's start-up, alternating on the same file. They write to
`/dev/zero`, which discards everything like `/dev/null`; with the latter, grep would stop at its first match.
"""

from __future__ import annotations

import os
import select
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.annotate_corpus import Logs, compiled_catalog, hit_lines, innocent_lines, literals, logs, wordings
from benchmarks.startup import install
from benchmarks.timing import NEVER, Row, row

SIZE: Final = 200_000_000
_GROUP: Final = "annotate"
_LEAST: Final = {"hyperscan": 1.0, "words": 0.15}
"""How many times as fast as ripgrep each engine must be at least."""
_PLANS: Final = ((100, 10), (1_500, 1), (1_500, 10), (1_500, 100), (10_000, 10))
"""Templates in the catalog, and hits per 1,000 lines."""
_LARGE: Final = 5_000  # with this many templates, a row shows the time without start-up
_SINK: Final = "/dev/zero"
_MARK: Final = b"  # errdex: "
_LOOP: Final = "import sys\nfor line in sys.stdin.buffer: sys.stdout.buffer.write(line)"
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


def measure(quick: bool = False) -> list[Row]:
    """Return the rows of this group."""
    rows = []
    size = SIZE // 25 if quick else SIZE
    with tempfile.TemporaryDirectory() as folder:
        for templates, per_mille in _PLANS:
            environment = _site(Path(folder), templates)
            rows += _speed(templates, logs(templates, per_mille, size), environment, 2 if quick else 5)
        environment = _site(Path(folder), 1_500)
        for program in _ours(environment):
            file = logs(1_500, 10, size).path
            rows.append(_peak(f"peak memory, {size // 1_000_000} MB", program, file))
            line = SIZE // 2 if quick else 5 * SIZE
            rows.append(_peak(f"peak memory, one line of {line // 1_000_000} MB", program, None, line))
            rows.append(_delay(program, 40 if quick else 200))
    return rows


def _site(folder: Path, templates: int) -> Environment:
    """Install a copy of the package with a compiled catalog of this size; return its environment."""
    target = folder / str(templates)
    shutil.rmtree(target, ignore_errors=True)
    environment = install(str(target))
    shutil.copytree(compiled_catalog(templates), target / "site" / "errdex" / "data", dirs_exist_ok=True)
    return environment


def _ours(environment: Environment) -> list[Program]:
    engines = ["words", *(["hyperscan"] if find_spec("hyperscan") else [])]
    command = [sys.executable, "-m", "errdex", "annotate", "--engine"]
    return [Program(engine, [*command, engine], environment) for engine in engines]


def _alone(program: Program) -> Program:
    """Return the same program with a single process, as when it reads from a pipe."""
    return Program(f"{program.name}, one process", [*program.command, "--jobs", "1"], program.environment)


def _theirs(templates: int) -> list[Program]:
    keys = str(literals(templates))
    tools = {"rg": ["rg", "-j1", "-F", "-f", keys, "-"], "grep": ["grep", "-F", "-f", keys]}
    environment = {**os.environ, "LC_ALL": "C"}
    found = [Program(name, command, environment) for name, command in tools.items() if shutil.which(name)]
    return [*found, Program("bare loop", [sys.executable, "-c", _LOOP], environment)]


def _speed(templates: int, log: Logs, environment: Environment, rounds: int) -> list[Row]:
    """Run all programs on a log in turn; return a row per engine, with the other programs' speeds in its note."""
    ours = _ours(environment)
    ours = [*ours, *map(_alone, ours)]
    programs = [*ours, *_theirs(templates)]
    noted = {program.name: _noted(program, log.path) for program in ours}
    starts: dict[str, list[float]] = {program.name: [] for program in programs}
    times: dict[str, list[float]] = {program.name: [] for program in programs}
    with tempfile.TemporaryDirectory() as folder:
        first = Path(folder, "first.log")
        with log.path.open("rb") as file:
            first.write_bytes(file.readline())
        for _ in range(rounds):  # the file is in the page cache, because its notes were counted
            programs.append(programs.pop(0))  # so that no program always runs after the heaviest one
            for program in programs:
                start = _run(program, first) if templates >= _LARGE else 0.0
                taken = _run(program, log.path)
                starts[program.name].append(start)
                times[program.name].append(taken - start)
    size = log.path.stat().st_size
    speeds = {name: f"{name} {size / statistics.median(taken) / 1e3:,.0f}" for name, taken in times.items()}
    others = ", ".join(speed for name, speed in speeds.items() if name not in noted)
    rg = statistics.median(times["rg"]) if "rg" in times else None
    rows = []
    for name, found in noted.items():
        start = statistics.median(starts[name])
        note = f"MB/s: {speeds[name]} ({others}); {found:,} of {log.hits:,} hits noted"
        note += f"; without start-up of {start:,.0f} ms" if start else ""
        what = f"{templates:,} templates, {log.hits / log.lines:.1%} hits, {name}"
        rows.append(row(_GROUP, what, "ms", times[name], note=note, yardstick=rg, least=_LEAST.get(name)))
    return rows


def _run(program: Program, file: Path) -> float:
    """Return the milliseconds that a program takes for a file."""
    with file.open("rb") as stdin, Path(_SINK).open("wb") as sink:
        start = time.perf_counter_ns()
        subprocess.run(program.command, stdin=stdin, stdout=sink, env=program.environment, check=False)
        return (time.perf_counter_ns() - start) / 1e6


def _noted(program: Program, file: Path) -> int:
    """Return how many lines of a file got a note."""
    with (
        file.open("rb") as stdin,
        subprocess.Popen(program.command, stdin=stdin, stdout=subprocess.PIPE, env=program.environment) as child,
    ):
        assert child.stdout
        return sum(_MARK in line for line in child.stdout)


def _peak(what: str, program: Program, file: Path | None, size: int = 0) -> Row:
    """Return a program's peak memory for a file, or for one endless line through a pipe."""
    command = [sys.executable, "-S", "-c", _PEAK, str(size), *program.command]
    start = time.perf_counter()
    with Path(file or os.devnull).open("rb") as stdin, Path(_SINK).open("wb") as sink:
        done = subprocess.run(
            command, stdin=stdin, stdout=sink, stderr=subprocess.PIPE, env=program.environment, check=True
        )
    status, peak = done.stderr.split()[-2:]
    unit = 1 if sys.platform == "darwin" else 1024  # bytes
    note = f"{time.perf_counter() - start:.1f} s; the largest process" + (
        "" if status in (b"0", b"1") else f"; exit status {status.decode()}"
    )
    return row(_GROUP, f"{what}, {program.name}", "MB", [int(peak) * unit / 1e6], _MEMORY, note)


def _delay(program: Program, count: int) -> Row:
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
    return row(_GROUP, what, "ms", times, _DELAY, f"{len(times)} lines, one at a time")


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
