"""Real JavaScript clients against the wall: `errdex-js` reads what they throw by its shape."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from errdex.rules.tables import Entry
from errdex.wall import Wall
from tests.no_proxies import no_proxies  # noqa: F401 - a fixture
from tests.node import node, package
from tests.wall.test_sdks import _answered, _spread

CLIENTS = Path(__file__).parent / "clients"
NO_BODY = {"openai/account-deactivated", "openai/session-token-expired"}
"""Entries whose body is not in the error that OpenAI's client throws: it keeps the body's `error`, and they have none."""
WAITS = 600


@pytest.fixture(scope="module")
def wall() -> Iterator[Wall]:
    if not (CLIENTS / "node_modules").is_dir():
        if os.environ.get("CI"):
            pytest.fail("no clients: npm install in tests/twin/clients")
        pytest.skip("no clients: npm install in tests/twin/clients")
    with Wall() as wall:
        yield wall


def thrown(wall: Wall, client: str, provider: str, orders: list[str]) -> list[dict[str, Any]]:
    """Return the answers for what a client throws, one for each order to the wall."""
    given = [client, wall.url_of(provider), [f"errdex:{order}" for order in orders], str(package() / "index.js")]
    command = [node(), str(CLIENTS / "call.mjs")]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return [json.loads(line) for line in done.stdout.splitlines()]


def verdict(entry: Entry, answer: dict[str, Any]) -> tuple[str, bool]:
    """Return what is right: a wait of more than ten minutes is not worth a retry, whatever the entry says."""
    return str(entry.category), entry.retryable and not (answer["resets_in"] or 0) > WAITS


def chosen(provider: str, request: pytest.FixtureRequest) -> list[Entry]:
    entries = [*_answered(provider)] if request.config.getoption("thorough") else _spread(provider)
    assert len({entry.category for entry in entries}) >= 8
    return entries


@pytest.mark.parametrize("client", ["openai", "openai stream", "anthropic", "anthropic stream"])
def test_the_providers_clients(client: str, wall: Wall, request: pytest.FixtureRequest) -> None:
    """Entry, category and verdict of what they throw; the provider is read off their classes."""
    provider = client.split()[0]
    entries = [entry for entry in chosen(provider, request) if entry.id not in NO_BODY]
    answers = thrown(wall, client, provider, [entry.id for entry in entries])
    wrong = [
        (entry.id, answer)
        for entry, answer in zip(entries, answers, strict=True)
        if (answer["entry"], (answer["category"], answer["retryable"])) != (entry.id, verdict(entry, answer))
    ]
    assert wrong == []
    assert {answer["provider"] for answer in answers} == {provider}


@pytest.mark.parametrize("client", ["ai openai", "ai openai stream", "ai anthropic", "fetch"])
def test_clients_of_any_provider(client: str, wall: Wall, request: pytest.FixtureRequest) -> None:
    """Category and verdict; the host that they name is this machine's, so bare statuses are nobody's."""
    provider = "anthropic" if "anthropic" in client else "openai"
    entries = chosen(provider, request)
    answers = thrown(wall, client, provider, [entry.id for entry in entries])
    wrong = [
        (entry.id, answer)
        for entry, answer in zip(entries, answers, strict=True)
        if (answer["category"], answer["retryable"]) != verdict(entry, answer)
    ]
    assert wrong == []


def test_the_ai_sdks_own_retries(wall: Wall) -> None:
    """Its RetryError is what the last attempt met."""
    (answer,) = thrown(wall, "ai openai retries", "openai", ["openai/server-error; status=500"])
    assert answer["kind"] == "RetryError"
    assert (answer["category"], answer["retryable"]) == ("server_error", True)


@pytest.mark.parametrize("client", ["openai", "openai stream", "anthropic", "ai openai", "fetch"])
def test_connections_that_end(client: str, wall: Wall) -> None:
    (answer,) = thrown(wall, client, "anthropic" if client == "anthropic" else "openai", ["reset"])
    assert (answer["category"], answer["retryable"]) == ("connection", True)
