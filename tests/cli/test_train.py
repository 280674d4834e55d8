"""`errdex train`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from errdex.wording.linear_model import WEIGHTS, WordingModel
from tests.acme_catalog import write
from tests.cli.command import run

TEXTS = {
    "billing": ("your wallet is empty", "please top up the wallet", "no credits in your wallet"),
    "rate_limit": ("slow down please", "you are too fast, slow down", "we ask you to slow down"),
    None: ("git has no such branch", "branch of git is gone", "git cannot find the branch"),
}


def catalog(folder: Path) -> Path:
    """Write a small catalog with a folder of training texts."""
    write(folder)
    (folder / "training").mkdir()
    with (folder / "training" / "seen.jsonl").open("w", encoding="utf-8") as file:
        for category, texts in TEXTS.items():
            label = {"category": category, "retryable": category == "rate_limit"} if category else {}
            file.writelines(f"{json.dumps({'raw': text, **label})}\n" for text in texts)
    return folder


def test_help() -> None:
    """It says what is learnt from, and what is needed."""
    done = run("train", "--help")
    assert done.returncode == 0
    for part in ("--out", "training", "retryable", "errdex[train]"):
        assert part in done.stdout


def test_the_weights_are_written_elsewhere(tmp_path: Path) -> None:
    """With --out the package stays as it is."""
    pytest.importorskip("sklearn")
    before = Path(WEIGHTS).read_bytes()
    out = tmp_path / "weights.json"
    done = run("train", str(catalog(tmp_path)), "--out", str(out))
    assert (done.returncode, done.stdout) == (0, "")
    assert f"{out}: fitted to " in done.stderr
    assert {"billing", "rate_limit", "foreign"} <= set(WordingModel(json.loads(out.read_text("utf-8"))).classes)
    assert Path(WEIGHTS).read_bytes() == before


@pytest.mark.parametrize("line", ["{", '{"raw": "x", "category": "nonsense", "retryable": false}'])
def test_a_malformed_line(line: str, tmp_path: Path) -> None:
    """It ends with file and line, and writes nothing."""
    folder, out = catalog(tmp_path), tmp_path / "weights.json"
    (folder / "training" / "more.jsonl").write_text(f"{line}\n", encoding="utf-8")
    done = run("train", str(folder), "--out", str(out))
    assert done.returncode == 2
    assert "more.jsonl:1: expected an object" in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()


def test_no_catalog(tmp_path: Path) -> None:
    done = run("train", str(tmp_path / "nothing"), "--out", str(tmp_path / "weights.json"))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
