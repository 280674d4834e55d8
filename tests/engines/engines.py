"""The engines. Each takes the inputs that it can read and returns its answer to each, in the form of `shown`."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from tests.clock import IN_NODE

from .access import (
    MARK,
    Catalog,
    Classification,
    LineFilter,
    annotate,
    as_logfmt,
    reference,
    reference_unasserted,
    scanner_for,
    twin,
)
from .inputs import Input

KEYS = (
    *("entry", "provider", "status", "code", "category", "retryable", "retry_after", "scope", "action", "resets_in"),
    *("params", "basis", "confidence", "is_outage"),
)
"""What of an answer is compared and frozen."""
_NOTE = re.compile(r'id=(\S+) category=(\S+) retryable=(\w+)(?: retry_after=(\S+))?(?: resets_in=(\S+))? fix="(.*)"$')
_GOES_ON = re.compile(
    rb"[ \t}\]\r]|$|Traceback |Caused by: |Suppressed: |The above exception was |During handling of the above exception"
)
"""How a line begins that belongs to the line before it."""
_EXACT = 2**53
Shown = dict[str, Any]


class Engine(NamedTuple):
    """One of the engines compared."""

    takes: Callable[[Input], bool]
    run: Callable[[Catalog, list[Input]], list[Shown]]
    expected: Callable[[Classification], Shown]
    """What it says if it gives the reference's answer."""
    asserted: bool = True
    """Whether it is told that each input is an error, or has to find out."""


def wanted(catalog: Catalog, one: Input, asserted: bool) -> Classification:
    """Return the reference's answer to an input, of which the caller says that it is an error, or does not."""
    return reference(catalog, one.build(), one.hints) if asserted else reference_unasserted(catalog, one.raw)


def shown(answer: Classification) -> Shown:
    """Return what is compared of an answer, JSON-ready."""
    values = answer.to_dict()
    return {key: values[key] for key in KEYS}


def _always(one: Input) -> bool:
    return True


def _is_text(one: Input) -> bool:
    return one.kind == "text" and not one.hints


def _reference(catalog: Catalog, inputs: list[Input]) -> list[Shown]:
    return [shown(wanted(catalog, one, asserted=True)) for one in inputs]


def _reference_unasserted(catalog: Catalog, inputs: list[Input]) -> list[Shown]:
    return [shown(wanted(catalog, one, asserted=False)) for one in inputs]


def _detect(catalog: Catalog, inputs: list[Input]) -> list[Shown]:
    return [shown(catalog.detect(one.raw)) for one in inputs]


def _classify(catalog: Catalog, inputs: list[Input]) -> list[Shown]:
    return [shown(catalog.classify(one.build(), **one.hints)) for one in inputs]


def _classify_all(catalog: Catalog, inputs: list[Input]) -> list[Shown]:
    ranked = (catalog.classify_all(one.build(), **one.hints) for one in inputs)
    return [shown(answers[0] if answers else Classification()) for answers in ranked]


def _is_line(one: Input) -> bool:
    return one.is_line and MARK not in one.raw.encode()


def _noted(note: str) -> Shown:
    """Return what a note says; nothing for none."""
    found = _NOTE.search(note)
    return (
        dict(zip(("entry", "category", "retryable", "retry_after", "resets_in", "fix"), found.groups(), strict=True))
        if found
        else {}
    )


def _scanned(scanner: str) -> Callable[[Catalog, list[Input]], list[Shown]]:
    def run(catalog: Catalog, inputs: list[Input]) -> list[Shown]:
        """Put all lines through one log filter; those that would belong to the line before them, each as its own log."""
        lines = [one.raw.encode() for one in inputs]
        line_filter = LineFilter(catalog, scanner_for(catalog, scanner))
        with tempfile.TemporaryFile() as target:
            for _, log in groupby(enumerate(lines), lambda line: line[0] if _GOES_ON.match(line[1]) else -1):
                with tempfile.TemporaryFile() as source:
                    source.write(b"".join(line + b"\n" for _, line in log))
                    source.seek(0)
                    annotate(source.fileno(), target.fileno(), line_filter)
            target.seek(0)
            written = target.read().split(b"\n")[:-1]
        return [_noted(got[len(line) :].decode()) for line, got in zip(lines, written, strict=True)]

    return run


def _note(answer: Classification) -> Shown:
    return _noted(as_logfmt(answer).decode()) if answer else {}


def node() -> str | None:
    """Return the program that runs the JavaScript twin, if there is one."""
    return shutil.which("node")


def _twin(question: str, inputs: list[Input]) -> list[Shown]:
    """Judge all texts in one process of Node."""
    script, rules, weights = twin()
    with tempfile.TemporaryDirectory() as folder:
        files = {
            "matcher.js": script,
            "rules.json": json.dumps(rules),
            "weights.json": json.dumps(weights),
            "texts.json": json.dumps([one.raw for one in inputs]),
        }
        for name, text in files.items():
            Path(folder, name).write_text(text, encoding="utf-8")
        command = [node() or "node", *IN_NODE, str(Path(__file__).with_name("twin.js")), folder, question, *_TWIN_KEYS]
        done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "NODE_OPTIONS": ""})
    if done.returncode:
        raise RuntimeError(done.stderr.decode()[-2_000:])
    return list(map(_rounded, json.loads(done.stdout)))


_TWIN_KEYS = (*KEYS, "title", "fix")


def _for_twin(answer: Classification) -> Shown:
    values = answer.to_dict()
    return _rounded({key: values[key] for key in _TWIN_KEYS})


def _rounded(said: Shown) -> Shown:
    """Return an answer whose numbers are what JavaScript can tell apart: it has no integers beyond 2 ** 53."""
    params = {
        name: float(value) if isinstance(value, int) and abs(value) > _EXACT else value
        for name, value in said["params"].items()
    }
    return {**said, "params": params}


ENGINES = {
    "reference": Engine(_always, _reference, shown),
    "classify": Engine(_always, _classify, shown),
    "classify_all": Engine(_always, _classify_all, shown),
    "node": Engine(_is_text, lambda _, inputs: _twin("classify", inputs), _for_twin),
    "reference_unasserted": Engine(_is_text, _reference_unasserted, shown, asserted=False),
    "detect": Engine(_is_text, _detect, shown, asserted=False),
    "words": Engine(_is_line, _scanned("words"), _note, asserted=False),
    "hyperscan": Engine(_is_line, _scanned("hyperscan"), _note, asserted=False),
    "node_detect": Engine(_is_text, lambda _, inputs: _twin("detect", inputs), _for_twin, asserted=False),
}


class Difference(NamedTuple):
    """An input of which an engine does not say what the reference says."""

    input: Input
    wanted: Shown
    got: Shown

    @property
    def kind(self) -> str:
        """What it is about, for grouping."""
        wanted, got = self.wanted, self.got
        keys = [key for key in {**wanted, **got} if wanted.get(key) != got.get(key)]
        if "entry" in keys:
            said = [f"{shown.get('basis', 'entry')}" if shown.get("entry") else "nothing" for shown in (wanted, got)]
            return f"{self.input.kind}: another entry, {said[0]} → {said[1]}"
        if "basis" in keys:
            return f"{self.input.kind}: the same entry, {wanted['basis']} → {got['basis']}"
        return f"{self.input.kind}: {', '.join(sorted(keys))}"


def differences(
    engine: Engine, catalog: Catalog, inputs: Iterable[Input], answers: Mapping[str, Classification]
) -> list[Difference]:
    """Run an engine on all inputs it takes; return where it does not say what the reference says.

    Args:
        engine: The engine.
        catalog: The catalog.
        inputs: The inputs, those that it cannot read included.
        answers: The reference's answers to the engine's question, by the id of the input.
    """
    taken = [one for one in inputs if engine.takes(one)]
    pairs = zip(taken, engine.run(catalog, taken), strict=True)
    found = (Difference(one, engine.expected(answers[one.id]), got) for one, got in pairs)
    return [one for one in found if one.wanted != one.got]


def report(found: list[Difference], each: int = 3) -> str:
    """Return differences grouped by kind, some of each, as lines to read."""
    kinds: dict[str, list[Difference]] = {}
    for one in found:
        kinds.setdefault(one.kind, []).append(one)
    lines = [f"{len(found)} differences of {len(kinds)} kinds"]
    for kind, some in sorted(kinds.items(), key=lambda item: -len(item[1])):
        lines.append(f"== {len(some)} × {kind}")
        for one in some[:each]:
            keys = [key for key in {**one.wanted, **one.got} if one.wanted.get(key) != one.got.get(key)]
            lines.append(f"   {one.input.id}\n      {json.dumps(one.input.raw, ensure_ascii=False)[:400]}")
            lines += [f"      {key}: {one.wanted.get(key)!r} wanted, {one.got.get(key)!r} said"[:300] for key in keys]
    return "\n".join(lines)
