"""`errdex report`, in a process of its own."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

from tests.acme_catalog import ENTRY, write
from tests.cli.command import run
from tests.logfilter.annotated import KNOWN
from tests.logfilter.test_incident import LOG


def test_formats_and_statuses(tmp_path: Path) -> None:
    """The form is what the file's ending says, or --format; the status tells whether there is an error."""
    log = tmp_path / "app.log"
    log.write_text("".join(f"{line}\n" for line in LOG))
    for name, begin in (("r.html", "<!doctype html>"), ("r.md", "# LLM API errors"), ("r.json", "{")):
        done = run("report", str(log), "-o", str(tmp_path / name))
        assert (done.returncode, done.stdout) == (0, "")
        assert "33 errors of 3 kinds" in done.stderr
        assert (tmp_path / name).read_text("utf-8").startswith(begin)
    piped = run("report", "--format", "json", stdin=gzip.compress(log.read_bytes()))
    assert piped.returncode == 0
    assert json.loads(piped.stdout) == {**json.loads((tmp_path / "r.json").read_text()), "logs": ["standard input"]}
    assert run("report", stdin="fine\n").returncode == 1
    assert run("report", str(log), "missing.log").returncode == 2


def test_several_processes_count_the_same(tmp_path: Path) -> None:
    log = tmp_path / "app.log"
    line = f"2026-11-21 10:00:00 ERROR: {KNOWN}\n"
    fine = "2026-11-21 10:00:01 INFO fine, and nothing else is to be said about it\n" * 2_000
    log.write_text((line + fine) * 140)
    one, two = (run("report", "--format", "json", "--jobs", jobs, str(log)).stdout for jobs in ("1", "2"))
    assert json.loads(one)["errors"] == 140
    assert one == two


def test_annotations_of_github(tmp_path: Path) -> None:
    """Of each kind the most frequent ten; no text of a log or catalog begins a command of its own."""
    log = tmp_path / "app.log"
    log.write_text(f"ERROR: {KNOWN}\n" * 2 + "ERROR: trial token rate limit exceeded, limit is 9 tokens per minute\n")
    done = run("report", "--format", "github", "-o", "-", str(log))
    lasting, passing = done.stdout.splitlines()
    assert lasting.startswith("::error title=cohere/multi-hop-prompt-too-long (2 ×)::")
    assert passing.startswith("::warning title=cohere/trial-tokens-per-minute (1 ×)::")
    assert "%0Ahttps://" in lasting
    (tmp_path / "own").mkdir()
    own = write(tmp_path / "own", entry=ENTRY.replace("title: All slots", "title: 100%0A::error::All slots"))
    log.write_text("ERROR: all 4 slots are busy, next one free in 20 seconds\n")
    said = run("report", "--format", "github", "--catalog", str(own), str(log)).stdout
    assert said.count("\n") == 1
    assert "::100%250A::error::All slots" in said


def test_it_never_takes_the_place_of_its_log(tmp_path: Path) -> None:
    """Nor is a report written about nothing that could be read."""
    log = tmp_path / "app.log"
    log.write_text("ERROR Cohere: invalid api token\n")
    (tmp_path / "link.log").symlink_to(log)
    for given in (log, tmp_path / "link.log"):
        done = run("report", str(given), "-o", str(log))
        assert done.returncode == 2
        assert "is the file that the report would be written to" in done.stderr
    assert log.read_text() == "ERROR Cohere: invalid api token\n"
    done = run("report", str(tmp_path / "none.log"), "-o", str(tmp_path / "out.html"))
    assert done.returncode == 2
    assert "none.log: No such file" in done.stderr
    assert not (tmp_path / "out.html").exists()
