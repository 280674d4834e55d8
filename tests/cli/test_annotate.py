"""`errdex annotate`, in a process of its own."""

from __future__ import annotations

import gzip
import lzma
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.command import run
from tests.logfilter.annotated import KNOWN, LIMIT, NOTE

COMMAND = [sys.executable, "-m", "errdex", "annotate"]


def annotate(*arguments: str, stdin: bytes = b"", **options) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *arguments], input=stdin, capture_output=True, check=False, **options)


def test_files_gzip_and_standard_input(tmp_path: Path) -> None:
    """Several logs one after another as `cat` has them, packed or not; a missing one is said and skipped."""
    plain, packed = tmp_path / "a.log", tmp_path / "b.anything"
    plain.write_bytes(f"ERROR: {KNOWN}\nhalf a ".encode())
    packed.write_bytes(gzip.compress(b"two\n") + gzip.compress(f"ERROR: {LIMIT}\n".encode()))
    done = annotate(str(plain), "missing.log", str(packed), "-", stdin=b"last")
    assert NOTE.sub(b"", done.stdout) == f"ERROR: {KNOWN}\nhalf a two\nERROR: {LIMIT}\nlast".encode()
    assert len(NOTE.findall(done.stdout)) == 2
    assert done.returncode == 2
    assert done.stderr == b"errdex: missing.log: No such file or directory\n"
    assert annotate(str(plain)).returncode == 0
    assert annotate(stdin=b"fine\n").returncode == 1
    assert annotate("--exit-zero", stdin=b"fine\n").returncode == 0


def test_folders(tmp_path: Path) -> None:
    """Read with --recursive alone, by name, their folders included; a link or a device in them is not followed."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "old.log.xz").write_bytes(lzma.compress(b"2\n"))
    (tmp_path / "a.log").write_bytes(b"1\n")
    (tmp_path / "c.zip").write_bytes(b"PK\x03\x04 and so on")
    (tmp_path / "d.log").write_bytes(f"ERROR: {KNOWN}\n".encode())
    (tmp_path / "e.log").symlink_to(tmp_path / "a.log")
    os.mkfifo(tmp_path / "f.log")
    done = annotate("-r", str(tmp_path))
    assert NOTE.sub(b"", done.stdout) == f"1\n2\nERROR: {KNOWN}\n".encode()
    assert done.returncode == 2
    assert b"c.zip: zip data, which errdex does not read" in done.stderr
    done = annotate(str(tmp_path))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"--recursive" in done.stderr


def test_damaged_gzip_gives_what_can_be_read() -> None:
    """The part before the damage is written, and the trouble is said."""
    whole = gzip.compress(b"".join(os.urandom(60).hex().encode() + b"\n" for _ in range(9_000)))
    done = annotate(stdin=whole[: len(whole) // 2])
    assert done.returncode == 2
    assert b"gzip" in done.stderr
    text = gzip.decompress(whole)
    assert len(done.stdout) > len(text) // 3
    assert text.startswith(done.stdout)


def test_a_line_shows_at_once() -> None:
    """`tail -f log | errdex annotate` waits for nothing but the end of the line."""
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as process:
        assert process.stdin
        assert process.stdout
        for line in (b"fine\n", f"ERROR: {KNOWN}\n".encode()):
            process.stdin.write(line)
            assert NOTE.sub(b"", process.stdout.readline()) == line
        process.stdin.write(b"half a line")
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        assert process.stdout.read() == b"half a line"  # nothing is lost
        assert process.wait(10) == 130


def test_a_closed_output(tmp_path: Path) -> None:
    """It ends quietly, as `cat` does."""
    log = tmp_path / "log"
    log.write_bytes(f"ERROR: {KNOWN}\n".encode() * 40_000)
    shell = f"{sys.executable} -m errdex annotate {log} | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, check=False)
    assert done.stdout.endswith(b"\n141\n")
    assert done.stderr == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(f"ERROR: {KNOWN}\n".encode())
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*COMMAND, str(log)], stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (2, b"errdex: cannot write: No space left on device\n")


def test_summary_is_printed_to_standard_error() -> None:
    """The log goes where it goes; the counts do not mix with it."""
    log = f"2026-11-21 10:05 ERROR: {KNOWN}\n2026-11-21 10:09 ERROR: {KNOWN}\n".encode()
    done = annotate("--summary", "--only", stdin=log)
    assert NOTE.sub(b"", done.stdout) == log
    said = done.stderr.decode()
    assert "2  cohere/multi-hop-prompt-too-long" in said
    assert "10:05  ███" in said
    assert annotate("--summary", stdin=b"").stderr.decode() == "errdex: no API error in this log\n"


def test_memory_is_bounded_on_an_endless_line(tmp_path: Path) -> None:
    """200 MB without a line break take no more memory than a short log."""
    script = (
        "import resource, subprocess, sys\n"
        "done = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)\n"
        "for _ in range(200): done.stdin.write(b'x' * 1_000_000)\n"
        "done.stdin.close(); done.wait()\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, *COMMAND], capture_output=True, check=True, text=True)
    assert int(done.stdout) < 100_000  # kB


def test_below_and_json_exclude_each_other() -> None:
    done = run("annotate", "--below", "--format", "json", stdin="x\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--below and --format json exclude each other" in done.stderr
