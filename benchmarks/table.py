"""Runs the benchmarks and prints one table."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

import errdex
from benchmarks import annotate, hostile, latency, precision, site, startup
from benchmarks.corpus import page_messages
from benchmarks.litellm_yardstick import Yardstick
from benchmarks.timing import NEVER, Row
from errdex.rules import compiled

GROUPS = ("startup", "classify", "hostile", "annotate", "site")
ASKED_FOR = ("unseen", "precision", "retries", "scale")
"""Groups that run only if they are named: they are minutes long, or need more packages."""
_LEAST = 0.1  # the difference of two start-ups is no more precise than this
_HEAD = ("group", "what", "median", "min", "target", "", "growth", "yardstick", "ratio", "note")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks; return 0 whether or not the targets are met: a timing is not a test."""
    options = _parser().parse_args(arguments)
    groups = options.only or GROUPS
    if compiled.is_stale():
        print("the compiled catalog is older than its YAML: run `errdex build` first", file=sys.stderr)
        return 2
    if "precision" in groups:
        precision.main()
    if "unseen" in groups:
        from benchmarks import unseen  # needs scikit-learn

        unseen.main(show=0 if options.quick else options.show)
    if "retries" in groups:
        from benchmarks import retries  # needs the SDKs

        retries.main(quick=options.quick)
    if "scale" in groups:
        from benchmarks import scale

        print(f"{_machine()}\n", flush=True)
        scale.main(quick=options.quick)
    if set(groups) <= set(ASKED_FOR):
        return 0
    print(f"{_machine()}\n", flush=True)
    rows: list[Row] = []
    yardstick = _yardstick(options.litellm) if {"startup", "classify"} & set(groups) else None
    try:
        if "startup" in groups:
            rows += startup.measure(8 if options.quick else startup.ROUNDS, yardstick)
        if "classify" in groups:
            rows += latency.measure(15 if options.quick else latency.ROUNDS, yardstick)
    finally:
        if yardstick:
            yardstick.__exit__(None, None, None)
    if "hostile" in groups:
        rows += hostile.measure(20 if options.quick else 1, naive=not options.quick)
    if "annotate" in groups:
        rows += annotate.measure(options.quick)
    if "site" in groups:
        rows += site.measure(options.quick)
    print(as_table(rows))
    if yardstick:
        print(f"\nyardstick of startup and classify: LiteLLM {yardstick.version}", end="")
    print("\nyardstick of hostile: `re` with a naive regex per template, on the text that is worst for it")
    print("yardstick of annotate: ripgrep with one thread, searching the same file for each template's longest literal")
    missed = [row for row in rows if not row.met]
    print(f"{len(rows) - len(missed)} of {len(rows)} rows met")
    if options.json:
        facts = [{**asdict(row), "met": row.met} for row in rows]
        Path(options.json).write_text(json.dumps({"machine": _machine(), "rows": facts}, indent=1), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--only", action="append", choices=(*GROUPS, *ASKED_FOR), help="run one group; may be given more than once"
    )
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="unseen: print up to N wrong answers of each provider"
    )
    parser.add_argument("--quick", action="store_true", help="fewer rounds, texts and bytes: to try out a change")
    parser.add_argument("--litellm", metavar="PYTHON", help="an interpreter with LiteLLM, as the yardstick")
    parser.add_argument("--json", metavar="FILE", help="also write the rows as JSON")
    return parser


def _yardstick(python: str | None) -> Yardstick | None:
    """Start LiteLLM in the given interpreter, or in this one if it is installed here."""
    if python is None and find_spec("litellm") is None:
        return None
    return Yardstick(python or sys.executable, [(sample.status, sample.text) for sample in page_messages()])


def _machine() -> str:
    rules = compiled.read_rules()
    return (
        f"errdex {errdex.__version__}, {len(rules['entries'])} entries, {len(rules['templates'])} templates; "
        f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} CPUs"
    )


def as_table(rows: Sequence[Row]) -> str:
    """Return the rows as a Markdown table with aligned columns."""
    cells = [_HEAD, *map(_cells, rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_HEAD))]
    ruler = tuple("-" * width for width in widths)
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in [cells[0], ruler, *cells[1:]]
    )


def _cells(row: Row) -> tuple[str, ...]:
    target = "" if row.target is None else f"≤ {row.target:g} {row.unit}"
    if row.least is not None:
        target = f"≥ {row.least:g} × yardstick"
    return (
        row.group,
        row.name,
        _time(row.median, row.unit),
        _time(row.minimum, row.unit),
        target,
        "pass" if row.met else "MISS",
        "" if row.growth is None else "> 2" if row.growth == NEVER else f"{row.growth:.1f}",
        "" if row.yardstick is None else _time(row.yardstick, row.unit),
        _ratio(row),
        row.note,
    )


def _time(value: float, unit: str) -> str:
    return "stopped" if value == NEVER else f"{value:,.1f} {unit}"


def _ratio(row: Row) -> str:
    """Return how many times faster than the yardstick a row is."""
    if row.yardstick is None or row.median == NEVER:
        return ""
    if row.yardstick == NEVER:
        return f"> {hostile.NAIVE_LIMIT * 1e3 / row.median:,.0f} ×"
    return f"{row.yardstick / max(row.median, row.minimum, _LEAST):,.{1 if row.least is None else 2}f} ×"
