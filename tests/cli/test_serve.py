"""`errdex serve`, as a process of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests import ROOT
from tests.cli.command import run


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start it; yield the process and its address as soon as it says so."""
    process = subprocess.Popen(
        [sys.executable, "-m", "errdex", "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONWARNINGS": "error"},
    )
    try:
        assert process.stdout
        assert process.stderr
        first = process.stdout.readline()
        assert first.startswith("errdex: the wall stands at http://"), process.stderr.read()
        for line in process.stdout:
            if line.startswith("What it received"):
                break
        yield process, first.split()[5].rstrip(";")
    finally:
        process.kill()
        process.communicate()


def _ask(url: str, path: str, **headers: str) -> int:
    request = urllib.request.Request(f"{url}{path}", b'{"model": "m"}', headers)
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        with error:
            return error.code


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_stopped(sign: signal.Signals, tmp_path: Path) -> None:
    """With the record written, and nothing on standard error, even with answers under way."""
    scenario, record = tmp_path / "scenario.yaml", tmp_path / "requests.jsonl"
    scenario.write_text("rules:\n  - sequence: [cohere/429; times=2]\n", "utf-8")
    with serving("--scenario", str(scenario), "--record", str(record)) as (process, url):
        assert [_ask(url, "/cohere/v2/chat") for _ in range(3)] == [429, 429, 200]
        host, port = url.removeprefix("http://").split(":")
        slow = socket.create_connection((host, int(port)))
        slow.sendall(
            b"POST /v2/chat HTTP/1.1\r\nhost: x\r\nx-errdex-fail: pass; wait=600\r\ncontent-length: 2\r\n\r\n{}"
        )
        while record.read_text("utf-8").count("\n") < 4:
            pass
        process.send_signal(sign)
        out, err = process.communicate(timeout=20)
        slow.close()
    assert (process.returncode, err) == (0, "")
    assert out == "errdex: stopped after 4 requests\n"
    rows = [json.loads(line) for line in record.read_text("utf-8").splitlines()]
    assert [row["did"] for row in rows] == ["cohere/429", "cohere/429", "pass", "pass"]


def test_mistakes_of_a_scenario(tmp_path: Path) -> None:
    """One line each, and it does not start."""
    scenario = tmp_path / "scenario.yaml"
    scenario.write_text("rules:\n  - sequence: [nap]\n  - slow: {wait: soon}\n", "utf-8")
    done = run("serve", "--port", "0", "--scenario", str(scenario))
    assert (done.returncode, done.stdout) == (2, "")
    lines = done.stderr.splitlines()
    assert lines[0].startswith(f"{scenario}:2:16: `rules.0.sequence.0`: 'nap' is nothing to do")
    assert lines[1].startswith(f"{scenario}:3:18: `rules.1.slow.wait` must be")
    assert lines[2:] == ["errdex: the scenario has 2 mistakes"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--host", "0.0.0.0"], "errdex: 0.0.0.0 can be reached from other machines; --everywhere allows that"),
        (["--port", "70000"], "'70000' is not a port"),
        (["--max-body", "0"], "'0' is not a number of bytes"),
        (["--scenario", "no-such-file.yaml"], "no-such-file.yaml:1:1: "),
    ],
)
def test_wrong_arguments(arguments: list[str], said: str) -> None:
    done = run("serve", "--port", "0", *arguments)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_port_that_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "cannot listen on 127.0.0.1:" in done.stderr
    assert "--port 0 takes any port that is free" in done.stderr


def test_without_its_extra(tmp_path: Path) -> None:
    """It says what to install."""
    (tmp_path / "starlette.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'starlette'\", name='starlette')\n"
    )
    done = run("serve", PYTHONPATH=str(tmp_path))
    assert (done.returncode, done.stderr) == (2, "errdex: starlette is missing; pip install 'errdex[serve]'\n")
