"""Every fault of files and streams: the message, the exit status, and what was written; docs/log-filter.md has the table."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import ROOT

if not Path("/dev/full").exists():
    pytest.skip("only where the system has /dev/full and a shell", allow_module_level=True)

LINE = "cohere: You are past the per minute request limit, please wait and try again later.\n"
LONG = "a" * 5_000
FAULTS = {
    "the disk is full": ("annotate a.log >/dev/full", 2, "cannot write: No space left on device", ""),
    "the disk is full, cards": ("classify 'invalid api token' >/dev/full", 2, "No space left on device", ""),
    "the disk is full, JSON": ("classify --json 'invalid api token' >/dev/full", 2, "No space left on device", ""),
    "standard error is full": ("annotate --summary a.log 2>/dev/full", 2, "", "a.log"),
    "standard output is closed": ("annotate a.log >&-", 2, "standard output is closed", ""),
    "standard output is closed, cards": ("classify 'invalid api token' >&-", 2, "standard output is closed", ""),
    "standard output and input are closed": ("annotate a.log <&- >&-", 2, "standard output is closed", ""),
    "standard input is closed": ("annotate <&-", 2, "standard input: is closed", ""),
    "standard input is closed, and is not all": ("annotate - a.log <&-", 2, "standard input: is closed", "a.log"),
    "standard input is closed, cards": ("classify <&-", 2, "standard input is closed", ""),
    "standard error is closed": ("annotate nosuch 2>&-", 2, "", ""),
    "everything is closed": ("annotate a.log <&- >&- 2>&-", 2, "", ""),
    "the reader is gone": ("annotate big.log | head -c 10 >/dev/null; exit ${PIPESTATUS[0]}", 141, "", ""),
    "no such file": ("annotate nosuch a.log", 2, "nosuch: No such file or directory", "a.log"),
    "a folder": ("annotate . a.log", 2, ".: Is a directory", "a.log"),
    "a name that is too long": (f"annotate {LONG} a.log", 2, "File name too long", "a.log"),
    "a name with control characters": ("annotate $'a\\e[31mb' a.log", 2, "a\\x1b[31mb: No such file", "a.log"),
    "the output is the input": ("annotate a.log self.log >>self.log", 2, "self.log: is the file that the output goes to", ""),
    "the output is standard input": ("annotate <self.log >>self.log", 2, "standard input: is the file that the output", ""),
    "it only looks compressed": ("annotate odd.log", 1, "", "odd.log"),
    "one byte": ("annotate byte.log", 1, "", "byte.log"),
    "compressed and cut off": ("annotate cut.gz a.log", 2, "cut.gz: ", None),
    "nothing": ("annotate empty.log", 1, "", "empty.log"),
}  # fmt: skip
"""Fault → what is run, its status, its message, and the log that is in the output without its notes (None: part of it)."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import gzip

    folder = tmp_path_factory.mktemp("logs")
    (folder / "a.log").write_text(LINE + "ok\n")
    (folder / "big.log").write_text(LINE * 20_000)
    (folder / "odd.log").write_bytes(b"\x1f\x8bhello world\nsecond line\n")
    (folder / "byte.log").write_bytes(b"\x1f")
    (folder / "empty.log").write_bytes(b"")
    (folder / "cut.gz").write_bytes(gzip.compress(os.urandom(40_000))[:20_000])
    return folder


@pytest.mark.parametrize("fault", FAULTS)
def test_faults(fault: str, folder: Path) -> None:
    command, status, message, written = FAULTS[fault]
    (folder / "self.log").write_text(LINE)
    command = f"ulimit -f 200000; timeout 60 {sys.executable} -m errdex {command}"
    done = subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, check=False)
    said = done.stderr.decode()
    assert done.returncode == status, said
    assert "Traceback" not in said
    assert said.count("\n") <= 2 or "--summary" in command
    assert message in said if message else "errdex:" not in said or "--summary" in command
    if written is not None:
        copied = re.sub(rb"  # errdex: [^\r\n]*", b"", done.stdout)
        assert copied == ((folder / written).read_bytes() if written else b"")
    assert (folder / "self.log").read_text() in (LINE, LINE + _noted(folder))


def _noted(folder: Path) -> str:
    """Return what the other log that was given adds to a log that was given too."""
    done = subprocess.run(
        [sys.executable, "-m", "errdex", "annotate", "a.log"], cwd=folder, capture_output=True, check=False
    )
    return done.stdout.decode()


def test_the_table_in_the_docs_has_each_message() -> None:
    table = (ROOT / "docs" / "log-filter.md").read_text("utf-8")
    for message in (message for _, _, message, _ in FAULTS.values() if message):
        said = (
            message.removeprefix("nosuch: ")
            .removeprefix("self.log: ")
            .removeprefix(".: ")
            .removeprefix("standard input: ")
        )
        assert "x1b" in said or "cut.gz" in said or said in table, said


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_worker_processes_end_with_their_parent(how: signal.Signals, tmp_path: Path) -> None:
    """Nobody else would stop them, and what they write would go on."""
    log, out = tmp_path / "big.log", tmp_path / "out"
    log.write_text((LINE + "an innocent line, nothing to see here at all\n" * 3) * 250_000)
    with out.open("wb") as target:
        command = [sys.executable, "-m", "errdex", "annotate", "--jobs", "3", str(log)]
        process = subprocess.Popen(command, stdout=target, stderr=subprocess.DEVNULL)
        children: list[str] = []
        for _ in range(400):
            time.sleep(0.05)
            children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            if len(children) == 3 and out.stat().st_size:
                break
        assert len(children) == 3
        process.send_signal(how)
        process.wait()
        size = out.stat().st_size
        for _ in range(200):
            alive = [child for child in children if _runs(child)]
            if not alive:
                break
            time.sleep(0.05)
    assert not alive
    assert out.stat().st_size - size < 4_000_000 < log.stat().st_size - size


def _runs(process: str) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
