"""Durations in words, in Python and in the box of the site."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from errdex.model.duration import duration
from tests import ROOT
from tests.node import node

SAID = {
    0.2: "1 s", 7: "7 s", 59.6: "1 min", 60: "1 min", 98.4: "1 min 38 s", 3_600: "1 h", 3_605: "1 h", 7_260: "2 h 1 min",
    86_399.6: "1 d", 511_860: "5 d 22 h", 86_400 * 30: "30 d",
}  # fmt: skip


@pytest.mark.parametrize(("seconds", "words"), SAID.items())
def test_duration(seconds: float, words: str) -> None:
    assert duration(seconds) == words


def test_the_box_says_the_same() -> None:
    script = (ROOT / "src/errdex/site/assets/errdex.js").read_text("utf-8")
    found = re.search(r"const duration = .*?^  \};", script, re.DOTALL | re.MULTILINE)
    assert found
    program = f"{found[0]}\nconsole.log(JSON.stringify({json.dumps([*SAID])}.map(duration)))"
    done = subprocess.run([node(), "-e", program], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [*SAID.values()]
