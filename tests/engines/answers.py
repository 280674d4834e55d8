"""Frozen answers: one line an entry with a digest of all its answers, and what is needed to look into a change."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from .engines import Shown
from .inputs import Input

FROZEN = Path(__file__).with_name("answers.txt")
_HEAD = "# entry, number of its inputs, digest of their answers; written by `python -m tests.engines --freeze`\n"


def digests(inputs: Iterable[Input], answers: Iterable[Shown]) -> dict[str, str]:
    """Return for each entry the number of its inputs and eight hex digits of what is answered to them."""
    lines: dict[str, list[str]] = {}
    for one, answer in zip(inputs, answers, strict=True):
        said = json.dumps(answer, sort_keys=True, ensure_ascii=True)
        lines.setdefault(one.entry, []).append(f"{one.id}\t{said}")
    return {
        entry: f"{len(some)} {sha256(chr(10).join(sorted(some)).encode()).hexdigest()[:8]}"
        for entry, some in sorted(lines.items())
    }


def frozen() -> dict[str, str]:
    """Return the frozen digests."""
    lines = FROZEN.read_text(encoding="utf-8").splitlines()
    return dict(line.split(" ", 1) for line in lines if not line.startswith("#"))


def freeze(found: Mapping[str, str]) -> None:
    """Write digests as the frozen ones."""
    lines = [f"{entry} {said}\n" for entry, said in found.items()]
    FROZEN.write_text("".join([_HEAD, *lines]), encoding="utf-8")


def dump(path: Path, inputs: Iterable[Input], answers: Iterable[Shown]) -> None:
    """Write inputs with their answers, a JSON object a line."""
    with path.open("w", encoding="utf-8") as file:
        for one, answer in zip(inputs, answers, strict=True):
            row = {"id": one.id, "entry": one.entry, "kind": one.kind, "raw": one.raw, "answer": answer}
            if one.hints:
                row["hints"] = one.hints
            file.write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")


def read(path: Path) -> dict[str, dict[str, Any]]:
    """Return what `dump` wrote, by the input's id."""
    with path.open(encoding="utf-8") as file:
        rows = map(json.loads, file)
        return {row["id"]: row for row in rows}
