"""Several processes at one file: the same bytes, in the same order, as from one."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from errdex.classifier.default import default_catalog
from errdex.logfilter import blocks
from errdex.logfilter.line_filter import LineFilter
from errdex.logfilter.parallel import LEAST, annotate_blocks, jobs_for
from errdex.logfilter.rendering import Style
from errdex.logfilter.scanner import scanner_for
from errdex.logfilter.stream import annotate
from errdex.logfilter.summary import Summary
from tests import DATA

COMMAND = [sys.executable, "-m", "errdex", "annotate"]


INNOCENT = (DATA / "innocent_logs.txt").read_bytes().splitlines()


ENDLESS = b"x" * 5_000_000


def log(count: int, step: int = 9) -> bytes:
    """Return a log of so many innocent lines, with two different errors after every `step` of them."""
    lines = []
    for number in range(count):
        lines.append(INNOCENT[number % len(INNOCENT)])
        if number % step == 0:
            moment = f"2026-11-21T10:{number % 60:02}:00"
            lines.append(f"{moment} ERROR job {number} failed: model 'm-{number}' not found, make sure".encode())
            lines.append(f"{moment} ERROR [{number}] status_code: 429, body: {{'message': 'Please wait'}}".encode())
    return b"\n".join(lines) + b"\n"


def run(
    path: Path, jobs: int, style: Style = Style.BEHIND, only: bool = False, start: int = 0
) -> tuple[bytes, Summary, list[int]]:
    """Annotate a file; return what was written, what was counted, and the progress."""
    summary = Summary()
    catalog = default_catalog()
    lines = LineFilter(catalog, scanner_for(catalog, "words"), style, only, seen=summary.add)
    out, steps = path.with_suffix(".out"), []
    source, target = os.open(path, os.O_RDONLY), os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        os.lseek(source, start, os.SEEK_SET)
        if jobs > 1:
            annotate_blocks(source, target, lines, summary, jobs, steps.append)
            assert os.lseek(source, 0, os.SEEK_CUR) == start + sum(steps)
        annotate(source, target, lines, steps.append)
        for pieces in lines.finish():
            os.writev(target, pieces)
    finally:
        os.close(source)
        os.close(target)
    return out.read_bytes(), summary, steps


@pytest.mark.parametrize("jobs", [2, 7])
@pytest.mark.parametrize(
    ("style", "only"), [(Style.BEHIND, False), (Style.BELOW, False), (Style.JSON, False), (Style.BEHIND, True)]
)
def test_the_same_bytes_and_counts(
    jobs: int, style: Style, only: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "_LEAST_BLOCK", 2_000)
    monkeypatch.setattr(blocks, "_MOST_BLOCK", 10_000)
    path = tmp_path / "log"
    path.write_bytes(log(3_000) + b"no line break at the end, ERROR: invalid api token")
    one, counted, _ = run(path, 1, style, only)
    many, counted_by_many, steps = run(path, jobs, style, only)
    assert one == many
    assert one.count(b"cohere/model-not-found") > 300
    assert counted.table() == counted_by_many.table()
    assert counted.chart() == counted_by_many.chart()
    assert sum(steps) == path.stat().st_size
    assert len(steps) > 20


@pytest.mark.parametrize("middle", [ENDLESS, ENDLESS + b"\n", b"\n" * 40_000, b"\0\r\n\xff" * 9_000, b""])
def test_odd_files(middle: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Endless lines, empty ones, bytes that are no text, a file cut into at a line."""
    monkeypatch.setattr(blocks, "_LEAST_BLOCK", 2_000)
    monkeypatch.setattr(blocks, "_MOST_BLOCK", 10_000)
    path = tmp_path / "log"
    path.write_bytes(log(300) + middle + log(300))
    assert run(path, 1)[0] == run(path, 3)[0]
    assert run(path, 1, start=777)[0] == run(path, 3, start=777)[0]


@pytest.mark.parametrize("style", [Style.BEHIND, Style.JSON])
def test_a_long_line_inside_a_block(style: Style, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What becomes of a line that is too long to keep does not depend on how many processes there are."""
    monkeypatch.setattr(blocks, "_LEAST_BLOCK", 8_000_000)
    monkeypatch.setattr(blocks, "_MOST_BLOCK", 8_000_000)
    path = tmp_path / "log"
    long = b'{"pad": "' + ENDLESS + b'", "error": {"message": "invalid api token"}, "status_code": 401}\n'
    path.write_bytes(log(300) + long + log(60_000, step=5_000))
    assert run(path, 1, style)[0] == run(path, 2, style)[0]


def test_one_process_where_more_are_of_no_use(tmp_path: Path) -> None:
    """Small files, packed ones, pipes and the rest of a file that is mostly read."""
    path = tmp_path / "log"
    path.write_bytes(b"a line\n" * (LEAST // 7 + 1))
    with path.open("rb") as file:
        assert jobs_for(file.fileno(), 3) == 3
        assert 1 <= jobs_for(file.fileno(), None) <= 4
        assert jobs_for(file.fileno(), 1) == 1
        os.lseek(file.fileno(), 100, os.SEEK_SET)
        assert jobs_for(file.fileno(), 3) == 1
    path.write_bytes(b"\x1f\x8b\x08" + b"\0" * LEAST)
    with path.open("rb") as file:
        assert jobs_for(file.fileno(), 3) == 1
    reader, writer = os.pipe()
    assert jobs_for(reader, 3) == 1
    os.close(reader)
    os.close(writer)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a log that is large enough for several processes."""
    path = tmp_path_factory.mktemp("logs") / "large.log"
    piece = log(20_000, 100)
    path.write_bytes(piece * (LEAST // len(piece) + 2))
    return path


@pytest.fixture(scope="module")
def whole(large: Path) -> bytes:
    """What one process makes of it."""
    return subprocess.run([*COMMAND, "--jobs", "1", str(large)], capture_output=True, check=False).stdout


def test_the_command_line(large: Path) -> None:
    """The exit status, the summary and the bytes are those of one process, also behind other files."""
    small = large.with_name("small.log")
    small.write_bytes(b"no line break: ")
    files = map(str, (large, small, large))
    command = [*COMMAND, "--summary", *files, "--jobs"]
    done = [subprocess.run([*command, jobs], capture_output=True, check=False) for jobs in ("1", "3")]
    assert done[0].stdout == done[1].stdout
    assert done[0].stderr == done[1].stderr
    assert (done[0].returncode, done[1].returncode) == (0, 0)


def test_nobody_reads(large: Path) -> None:
    """The same status as from one process, and no process stays behind."""
    shell = f"{sys.executable} -m errdex annotate --jobs 3 {large} | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, check=False)
    assert done.stdout.endswith(b"\n141\n")
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk(large: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, "--jobs", "3", str(large)], stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (2, b"errdex: cannot write: No space left on device\n")


@pytest.mark.skipif(not Path("/proc").exists(), reason="needs /proc to find the processes")
@pytest.mark.parametrize(("stop", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_stopping_it_stops_all(large: Path, whole: bytes, stop: signal.Signals, status: int) -> None:
    """What was written is a beginning of what would have been, and nobody goes on writing."""
    with subprocess.Popen([*COMMAND, "--jobs", "3", str(large)], stdout=subprocess.PIPE) as process:
        assert process.stdout
        first = process.stdout.read(100_000)
        children = [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
        assert len(children) == 3
        process.send_signal(stop)
        rest = process.stdout.read()  # to the end: all writers have gone
        assert process.wait(10) == status
    assert whole.startswith(first + rest)
    assert len(first + rest) < len(whole)
    assert not any(is_running(child) for child in children)


def test_a_log_that_becomes_shorter_is_told(large: Path, whole: bytes, tmp_path: Path) -> None:
    """As when it is rotated by copying: what was written is a beginning of what would have been."""
    path = tmp_path / "rotated.log"
    path.write_bytes(large.read_bytes())
    with subprocess.Popen(
        [*COMMAND, "--jobs", "3", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        first = process.stdout.read(100_000)  # from here on they wait for a reader
        os.truncate(path, 1_000)
        rest = process.stdout.read()
        assert process.stderr.read().startswith(b"errdex: the log became shorter while it was being read")
        assert process.wait(10) == 2
    assert whole.startswith(first + rest)
    assert len(first + rest) < len(whole)


def test_one_process_where_files_cannot_be_mapped(large: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENODEV, "No such device")

    monkeypatch.setattr(blocks, "mmap", refuse)
    with large.open("rb") as file:
        assert jobs_for(file.fileno(), 3) == 1


def test_blocks_grow_and_shrink(large: Path) -> None:
    """They follow each other, are small at both ends, and of one size in each turn of the processes."""
    size = large.stat().st_size
    with large.open("rb") as file:
        found = [*blocks.blocks_of(file.fileno(), 0, size, 3)]
    assert [start for start, _ in found] == [0, *(end for _, end in found[:-1])]
    assert found[-1][1] == size
    lengths = [end - start for start, end in found]
    turns = [lengths[place : place + 3] for place in range(0, len(lengths) - 3, 3)]
    assert all(max(turn) - min(turn) < 10_000 for turn in turns)
    assert max(lengths[:3] + lengths[-4:]) < max(lengths) / 1.5


@pytest.mark.skipif(not Path("/proc").exists(), reason="needs /proc to find the processes")
def test_a_process_that_dies_is_told(large: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "--jobs", "3", str(large)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(1)
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        os.kill(int(children[1]), signal.SIGKILL)
        process.stdout.read()
        assert process.wait(10) == 2
        assert b"killed by signal 9" in process.stderr.read()


def is_running(pid: int) -> bool:
    """Tell whether a process lives; one that has ended may take a moment to go."""
    for _ in range(50):
        try:
            if ") Z " in Path(f"/proc/{pid}/stat").read_text():
                return False
        except OSError:
            return False
        time.sleep(0.1)
    return True


@pytest.mark.skipif(not Path("/proc").exists(), reason="needs /proc")
def test_an_interrupted_summary_says_so(large: Path) -> None:
    command = [*COMMAND, "--jobs", "2", "--summary", str(large)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(1_000)
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        said = process.stderr.read()
    assert b"interrupted" in said
    assert b"no API error" not in said
