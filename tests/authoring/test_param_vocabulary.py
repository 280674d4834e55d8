"""The vocabulary of params: one list, held by the catalog, its README and the published types."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import errdex
from errdex.authoring.param_vocabulary import MEANINGS, TYPES, table
from errdex.authoring.source import Source
from errdex.authoring.template import Hole, parse
from tests import ROOT

PROGRAM = """\
from collections.abc import Mapping

import errdex

answer = errdex.classify("…")
limit: int = answer.params["limit"]
wait: float | None = answer.params.get("retry_after")
supported: tuple[str, ...] = answer.params.get("supported", ())
own: object = answer.params.get("team")
every: Mapping[str, object] = answer.params
text: str = answer.params["limit"]
answer.params["limits"]
"""


def test_each_name_has_a_type_and_a_meaning() -> None:
    assert [*MEANINGS] == [*TYPES] == [*errdex.Params.__annotations__]


def test_the_readme_shows_the_vocabulary() -> None:
    assert table() in (ROOT / "catalog" / "README.md").read_text(encoding="utf-8")


def test_every_name_is_used(source: Source) -> None:
    """A name that no message has is a word too many."""
    templates = (item.message for entry in source.entries.values() for item in entry.items if item.message)
    used = {hole.name for template in templates for hole in parse(template) if isinstance(hole, Hole)}
    assert set(MEANINGS) - used == set()


def test_type_checkers_know_the_types(tmp_path: Path) -> None:
    """A param is what its type says; a name that is not in the vocabulary is a mistake, but for `get`."""
    pytest.importorskip("mypy", reason="mypy is not installed")
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(ROOT / ".mypy_cache"), str(program)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=300)
    found = [line.partition(":")[2].partition(":")[0] for line in done.stdout.splitlines() if ": error:" in line]
    assert found == ["11", "12"], done.stdout + done.stderr
