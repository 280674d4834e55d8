"""The JavaScript twin in Node: judges many texts in one process, with the constants and rules of the Python at hand."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from errdex.rules.compiled import read_rules
from errdex.site import twin
from tests.clock import IN_NODE


def answers(texts: list[str], *options: str, program: Path | None = None) -> list[dict[str, Any]]:
    """Return the twin's answers, as of `Classification.to_dict()`; with the option `--detect`, those of `detect`.

    `program` is the command to ask, by default that of the checkout.
    """
    command = [node(), *IN_NODE, str(program or package() / "bin" / "classify.js"), *options]
    lines = "".join(f"{json.dumps(text)}\n" for text in texts)
    done = subprocess.run(command, input=lines, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def differences(
    texts: list[str], expected: list[dict[str, Any]], *options: str, program: Path | None = None
) -> list[tuple[str, dict[str, Any]]]:
    """Return the texts whose answers are not the expected ones, each with the values that differ: (twin's, expected)."""
    found = []
    for text, got, wanted in zip(texts, answers(texts, *options, program=program), expected, strict=True):
        got, wanted = rounded(got), rounded(wanted)
        if got != wanted:
            keys = got.keys() | wanted.keys()
            found.append(
                (text, {key: (got.get(key), wanted.get(key)) for key in keys if got.get(key) != wanted.get(key)})
            )
    return found


def rounded(answer: dict[str, Any]) -> dict[str, Any]:
    """Return an answer whose params are what JavaScript can tell apart: it has no integers beyond 2 ** 53."""
    params = {
        name: float(value) if isinstance(value, int) and abs(value) > 2**53 else value
        for name, value in answer["params"].items()
    }
    return {**answer, "params": params}


def node() -> str:
    """Return the path of Node; skip the test where there is none."""
    program = shutil.which("node")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no Node: apt-get install nodejs")
        pytest.skip("no Node on this machine")
    return program


@cache
def package() -> Path:
    """Return a copy of the twin's package with fresh data."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    copy = folder / "errdex-js"
    shutil.copytree(twin.CHECKOUT, copy, ignore=shutil.ignore_patterns("data", "node_modules", "test"))
    twin.write(read_rules(), copy)
    return copy
