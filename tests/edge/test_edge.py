"""rsyslog runs errdex for each message, on this machine's loopback; syslog-ng's parser sets fields."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import errdex
from errdex.edge.syslog_ng import Parser
from tests import ROOT, acme_catalog
from tests.docs.test_docs import blocks_of

SENT = [
    "all is well",
    "Cohere: invalid api token",
    "openai.RateLimitError: Error code: 429 - {'error': {'message': 'Rate limit reached, try again in 7s'}}",
    "chat 429 of 512 done",
]


def shown(changes: dict[str, str]) -> str:
    """Return the configuration of the guide, with some of its values replaced."""
    text = next(block.text for block in blocks_of(ROOT / "docs" / "edge.md") if block.language == "conf")
    for old, new in changes.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def wait_for(done: Any, what: str) -> None:
    for _ in range(600):
        if done():
            return
        time.sleep(0.1)
    pytest.fail(f"waited in vain for {what}")


def test_rsyslog(tmp_path: Path) -> None:
    """Messages come out in order, those that report an error with the answer."""
    rsyslogd = shutil.which("rsyslogd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    if not rsyslogd:
        pytest.skip("rsyslog is not installed")
    port, out, config = free_port(), tmp_path / "out.jsonl", tmp_path / "rsyslog.conf"
    changes = {"10514": str(port), "/opt/errdex/bin/python": sys.executable, "/var/log/errors.jsonl": str(out)}
    config.write_text(shown(changes))
    command = [rsyslogd, "-n", "-f", str(config), "-i", str(tmp_path / "pid")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as daemon:
        try:
            sender = socket.socket()
            wait_for(lambda: sender.connect_ex(("127.0.0.1", port)) == 0 or daemon.poll() is not None, "rsyslog")
            for text in SENT:
                sender.sendall(f"<14>Nov 21 10:00:00 host app: {text}\n".encode())
            sender.close()
            wait_for(lambda: out.exists() and len(out.read_text("utf-8").splitlines()) == len(SENT), "messages")
        finally:
            daemon.terminate()
            printed = daemon.communicate()[0]
    found = [json.loads(line.replace('"errdex":}', '"errdex":null}')) for line in out.read_text("utf-8").splitlines()]
    assert [one["message"].strip() for one in found] == SENT, printed
    for one, text in zip(found, SENT, strict=True):
        answer = errdex.detect(text)
        assert bool(one["errdex"]) is bool(answer)
        if answer:
            assert (one["errdex"]["category"], one["errdex"]["fix"]) == (answer.category, answer.fix)
    assert found[2]["errdex"]["retry_after"] == 7.0


def test_the_program_answers_each_line_at_once(tmp_path: Path) -> None:
    """Also bytes that are no text, and with your own catalog."""
    command = [sys.executable, "-m", "errdex.edge.rsyslog", "--catalog", str(acme_catalog.write(tmp_path))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdin
        assert child.stdout
        for line, entry in (
            (b"\xff\xfe", None),
            (b"", None),
            (b"acme: all 4 slots are busy, next one free in 20 seconds", "acme/slots-busy"),
            (b"fine", None),
        ):
            child.stdin.write(line + b"\n")
            child.stdin.flush()
            answer = json.loads(child.stdout.readline())
            assert answer.get("$!", {}).get("errdex", {}).get("entry") == entry
        child.stdin.close()
    assert child.returncode == 0


def test_the_parser_of_syslog_ng() -> None:
    """It sets texts on a message, as syslog-ng takes them."""
    parser = Parser()
    assert parser.init({})
    message: dict[str, Any] = {"MESSAGE": b"Cohere: invalid api token"}
    assert parser.parse(message)
    assert message[".errdex.category"] == "authentication"
    assert message[".errdex.retryable"] == "false"
    assert all(isinstance(value, str) for name, value in message.items() if name != "MESSAGE")
    nothing: dict[str, Any] = {"MESSAGE": b"all is well"}
    assert parser.parse(nothing)
    assert len(nothing) == 1
