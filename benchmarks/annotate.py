"""`errdex annotate`: its speed compared with ripgrep, grep and a bare loop; its memory; the delay of a line.

Whole commands are timed, including the interpreter's start-up, alternating on the same file. They write to
`/dev/zero`, which discards everything like `/dev/null`; with the latter, grep would stop at its first match.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from benchmarks.annotate_corpus import (
    Logs,
    compiled_catalog,
    literals,
    literals_of,
    logs,
    sdk_logs,
)
from benchmarks.annotate_limits import GROUP, SINK, Environment, Program, delay, peak
from benchmarks.sdk_lines import WORDINGS
from benchmarks.startup import install
from benchmarks.timing import Row, row
from errdex.rules import compiled

SIZE: Final = 200_000_000
_LEAST: Final = {"hyperscan": 1.0, "words": 0.15}
"""How many times as fast as ripgrep each engine must be at least."""
_PLANS: Final = ((100, 10), (1_500, 1), (1_500, 10), (1_500, 100), (10_000, 10))
"""Templates in the catalog, and hits per 1,000 lines."""
_BUILT_IN: Final = ((10, {"hyperscan": 1.0, "words": 0.3}), (100, {"hyperscan": 1.0}))
"""Hits per 1,000 lines as SDKs and loggers write them, and how many times as fast as ripgrep each engine must be."""
_INCIDENT: Final = 20.0  # MB/s of one process
_LARGE: Final = 5_000  # with this many templates, a row shows the time without start-up
_REPORT: Final = 3_000.0  # ms
_MARK: Final = b"  # errdex: "
_LOOP: Final = "import sys\nfor line in sys.stdin.buffer: sys.stdout.buffer.write(line)"


def measure(quick: bool = False) -> list[Row]:
    """Return the rows of this group."""
    rows = []
    size = SIZE // 25 if quick else SIZE
    with tempfile.TemporaryDirectory() as folder:
        for templates, per_mille in _PLANS:
            environment = _site(Path(folder), templates)
            log = logs(templates, per_mille, size)
            what = f"{templates:,} templates, {log.hits / log.lines:.1%} hits"
            large = templates >= _LARGE
            rows += _speed(what, log, environment, 2 if quick else 5, _LEAST, literals(templates), large)
        environment = install(str(Path(folder, "built-in")))
        keys = literals_of(Path(compiled.DATA), Path(folder, "literals.txt"))
        for per_mille, least in _BUILT_IN:
            log = sdk_logs(per_mille, size)
            what = f"built-in catalog, lines of SDKs, {log.hits / log.lines:.1%} hits"
            rows += _speed(what, log, environment, 2 if quick else 5, least, keys)
        rows += _incident(sdk_logs(1_000, size // 5), environment)
        rows.append(_report(sdk_logs(1_000, size), environment))
        environment = _site(Path(folder), 1_500)
        for program in _ours(environment):
            file = logs(1_500, 10, size).path
            rows.append(peak(f"peak memory, {size // 1_000_000} MB", program, file))
            line = SIZE // 2 if quick else 5 * SIZE
            rows.append(peak(f"peak memory, one line of {line // 1_000_000} MB", program, None, line))
            rows.append(delay(program, 40 if quick else 200))
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


def _theirs(keys: Path) -> list[Program]:
    tools = {"rg": ["rg", "-j1", "-F", "-f", str(keys), "-"], "grep": ["grep", "-F", "-f", str(keys)]}
    environment = {**os.environ, "LC_ALL": "C"}
    found = [Program(name, command, environment) for name, command in tools.items() if shutil.which(name)]
    return [*found, Program("bare loop", [sys.executable, "-c", _LOOP], environment)]


def _incident(log: Logs, environment: Environment) -> list[Row]:
    """Return how fast one process annotates a log in which each line is an error."""
    rows = []
    size = log.path.stat().st_size
    for program in map(_alone, _ours(environment)):
        taken = _run(program, log.path)
        note = f"{size / taken / 1e3:,.1f} MB/s; {log.lines:,} lines, {WORDINGS} wordings"
        rows.append(row(GROUP, f"an incident, {program.name}", "ms", [taken], size / _INCIDENT / 1e3, note))
    return rows


def _report(log: Logs, environment: Environment) -> Row:
    """Return how long the report of an incident takes, with a process on each processor."""
    command = [sys.executable, "-m", "errdex", "report", str(log.path), "-o", os.devnull]
    taken = _run(Program("report", command, environment), log.path)
    what = f"errdex report, an incident of {log.path.stat().st_size // 1_000_000} MB"
    return row(GROUP, what, "ms", [taken], _REPORT)


def _speed(
    what: str,
    log: Logs,
    environment: Environment,
    rounds: int,
    least: Mapping[str, float],
    keys: Path,
    without_start: bool = False,
) -> list[Row]:
    """Run all programs on a log in turn; return a row per engine, with the other programs' speeds in its note."""
    ours = _ours(environment)
    ours = [*ours, *map(_alone, ours)]
    programs = [*ours, *_theirs(keys)]
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
                start = _run(program, first) if without_start else 0.0
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
        rows.append(row(GROUP, f"{what}, {name}", "ms", times[name], note=note, yardstick=rg, least=least.get(name)))
    return rows


def _run(program: Program, file: Path) -> float:
    """Return the milliseconds that a program takes for a file."""
    with file.open("rb") as stdin, Path(SINK).open("wb") as sink:
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
