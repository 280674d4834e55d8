"""Start-up: what `import errdex` and the first answer cost, above a bare interpreter.

Runs a copy of the package that is byte-compiled and has no YAML beside it, like an installed wheel. In a checkout, the
compiled catalog would first be compared with its YAML, and with PYTHONDONTWRITEBYTECODE every child would compile the
modules again.
"""

from __future__ import annotations

import compileall
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import errdex
from benchmarks.corpus import page_messages
from benchmarks.litellm_yardstick import Yardstick
from benchmarks.timing import Row, row

ROUNDS = 40
_GROUP = "startup"


def measure(rounds: int = ROUNDS, yardstick: Yardstick | None = None) -> list[Row]:
    """Return the rows of this group; each round starts every program once."""
    texts = [sample.text for sample in page_messages()]
    with tempfile.TemporaryDirectory() as folder:
        environment = install(folder)
        programs: dict[str, Callable[[int], str]] = {
            "bare": lambda _: "pass",
            "import": lambda _: "import errdex",
            "first": lambda number: f"import errdex; errdex.classify({texts[number % len(texts)]!r})",
        }
        times: dict[str, list[float]] = {name: [] for name in programs}
        order = list(programs)
        for number in range(-2, rounds):  # two rounds to warm the file cache
            order.append(order.pop(0))  # so that no program always runs after the heaviest one
            for name in order:
                taken = _run(programs[name](number), environment)
                if number >= 0:
                    times[name].append(taken)
    theirs = yardstick.import_ms() - statistics.median(times["bare"]) if yardstick else None
    bare = times["bare"]
    note = f"{rounds} rounds; bare interpreter {statistics.median(bare):.1f} ms"
    rows = []
    for name, title, target in (
        ("import", "import errdex", 15.0),
        ("first", "import errdex and first classify", 40.0),
    ):
        above = [mine - other for mine, other in zip(times[name], bare, strict=True)]
        made = row(_GROUP, title, "ms", above, target, note, theirs)
        # The smallest of the differences would pair a lucky run with an unlucky one.
        rows.append(Row(_GROUP, title, "ms", made.median, min(times[name]) - min(bare), target, note, yardstick=theirs))
    return rows


def install(folder: str) -> dict[str, str]:
    """Copy the package as a wheel would install it; return an environment in which the copy is imported."""
    target = Path(folder) / "site" / "errdex"
    source = Path(errdex.__file__ or "").parent
    # sources.json is only for checkouts.
    shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "sources.json"))
    if not compileall.compile_dir(target, quiet=2):
        raise RuntimeError("the package does not compile")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**environment, "PYTHONPATH": str(target.parent)}


def _run(program: str, environment: dict[str, str]) -> float:
    start = time.perf_counter_ns()
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)
    return (time.perf_counter_ns() - start) / 1e6
