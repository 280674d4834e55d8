"""`errdex.arrow`: rows a second for 1 and 2 processes and several sizes of batches, memory, and what 1 TB a day takes.

Times are processor times, so that what else the machine does counts little; each process judges its own copy of a log.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path
from typing import Any, Final

from benchmarks import log_lines
from benchmarks.annotate_corpus import hit_lines, wordings
from errdex.rules import compiled

_ROWS: Final = 200_000
_BATCHES: Final = (2_048, 10_000, 100_000)
_USUAL: Final = 10_000
_HITS: Final = 100  # one row in so many reports an error
_WORDINGS: Final = 200  # in a log of an incident
_TERABYTE: Final = 1e12
_DAY: Final = 86_400
_FORMS: Final = (
    "2026-11-21T10:{:02}:{:02}.{:03}Z ERROR app req={} Error code: 429 - {{'error': {{'message': '{}', 'code': 1}}}}",
    "2026-11-21 10:{:02}:{:02},{:03} ERROR app.chat attempt {} failed: {}",
)
_CHILD: Final = "from benchmarks.scale import child; child()"


def main(quick: bool = False) -> None:
    """Measure and print the table."""
    rows = _ROWS // 10 if quick else _ROWS
    print("log, workers, batch | rows/s a worker | MB/s a worker | processor s a million rows | in Arrow | memory MB")
    usual: dict[str, Any] = {}
    for log in ("1 % hits", "incident"):
        for workers, batch in [*((1, batch) for batch in _BATCHES), (2, _USUAL)]:
            found = _run(log, rows, batch, workers)
            if (workers, batch) == (1, _USUAL):
                usual[log] = found
            _print(f"{log}, {workers}, {batch:,}", found)
    loop = _run("1 % hits", rows // 10, 0, 1)
    _print("1 % hits, row by row in Python", loop)
    factor = usual["1 % hits"]["bytes"] / loop["bytes"]
    print(f"\nthe kernel is {factor:.1f} times as fast as `detect` called row by row")
    rate = usual["1 % hits"]["bytes"]
    print(
        f"1 TB a day is {_TERABYTE / _DAY / 1e6:.1f} MB/s; at {rate / 1e6:.0f} MB/s a worker that is "
        f"{_TERABYTE / _DAY / rate:.2f} busy workers, {_TERABYTE / rate / 3600:.1f} processor hours a day"
    )


def _print(name: str, found: dict[str, Any]) -> None:
    million = 1e6 / found["rows"]
    print(
        f"{name} | {found['rows']:,.0f} | {found['bytes'] / 1e6:.0f} | {million:.1f} | {found['arrow']:.0%} | "
        f"{found['memory'] / 1e6:.0f}",
        flush=True,
    )


def _run(log: str, rows: int, batch: int, workers: int) -> dict[str, Any]:
    """Run some processes at once; return the rates of the slowest and the memory of the largest."""
    command = [sys.executable, "-c", _CHILD, json.dumps([log, rows, batch])]
    root = Path(__file__).parents[1]
    children = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) for _ in range(workers)]
    found = [json.loads(child.communicate()[0]) for child in children]
    return {
        **{key: min(one[key] for one in found) for key in ("rows", "bytes", "arrow")},
        "memory": max(one["memory"] for one in found),
    }


def child() -> None:
    """Judge a log in batches, once to get ready and once for the time; print the figures as JSON."""
    import resource

    import pyarrow as pa

    import errdex
    from errdex.arrow import classify_array

    log, rows, batch = json.loads(sys.argv[1])
    ready = classify_array(pa.array(["Cohere: invalid api token"]))
    texts = pa.array(_incident(rows) if log == "incident" else _usual(rows))
    assert len(ready) == 1
    classify_array(texts[: rows // 10])
    begin = time.process_time()
    if batch:
        for start in range(0, rows, batch):
            classify_array(texts[start : start + batch])
    else:
        for text in texts.to_pylist():
            errdex.detect(text)
    taken = time.process_time() - begin
    begin = time.process_time()
    for start in range(0, rows, batch or rows):
        _as_is(texts[start : start + (batch or rows)])
    arrow = time.process_time() - begin
    unit = 1 if sys.platform == "darwin" else 1024
    figures = {
        "rows": rows / taken,
        "bytes": texts.nbytes / taken,
        "arrow": arrow / taken,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit,
    }
    print(json.dumps(figures))


def _as_is(texts: Any) -> None:
    """Do what the kernel does in Arrow alone: the texts as one text, and a struct for each row."""
    import pyarrow as pa

    from errdex.arrow.answer_rows import ROW
    from errdex.arrow.texts import as_binary, joined

    joined(as_binary(texts))
    pa.nulls(2, ROW).take(pa.array([1] * len(texts), pa.int32()))


def _usual(rows: int) -> list[str]:
    pick = random.Random(7)
    hits = list(islice(hit_lines(wordings(Path(compiled.DATA))), 2_000))
    innocent = list(islice(log_lines.log_lines(), 20_000))
    return [pick.choice(hits if pick.randrange(_HITS) == 0 else innocent) for _ in range(rows)]


def _incident(rows: int) -> list[str]:
    """Return lines of an incident: each an error, in few wordings, with times and numbers that differ."""
    pick = random.Random(7)
    entries = [entry for entry in compiled.read_pages()["entries"].values() if entry.get("messages")]
    pick.shuffle(entries)
    texts = [text for entry in entries for text in entry["examples"] if isinstance(text, str) and text.isascii()]
    texts = [text for text in texts if "\n" not in text and "'" not in text and len(text) < 300][:_WORDINGS]
    return [
        pick.choice(_FORMS).format(*map(pick.randrange, (60, 60, 1_000, 1_000_000)), pick.choice(texts))
        for _ in range(rows)
    ]
