"""Colour when asked for; a closed pipe ends quietly."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests import ROOT
from tests.cli.command import MODEL, run


@pytest.mark.parametrize(
    ("environment", "arguments", "coloured"),
    [
        ({}, (), False),
        ({}, ("--color", "always"), True),
        ({"FORCE_COLOR": "1"}, (), True),
        ({"FORCE_COLOR": "1"}, ("--color", "never"), False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, (), False),
    ],
)
def test_colour(environment: dict[str, str], arguments: tuple[str, ...], coloured: bool) -> None:
    """Colour when asked for, never in a pipe by itself."""
    done = run("classify", *arguments, MODEL, TERM="xterm-256color", **environment)
    assert ("\x1b[3" in done.stdout or "\x1b[1;3" in done.stdout) is coloured


@pytest.mark.parametrize("arguments", [["list"], ["list", "--json"]], ids=["table", "json"])
def test_closed_output(arguments: list[str]) -> None:
    """`| head` ends quietly with 141."""
    with subprocess.Popen(
        [sys.executable, "-m", "errdex", *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        assert process.stdout
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr
        assert process.stderr.read() == b""
        assert process.wait() == 141
