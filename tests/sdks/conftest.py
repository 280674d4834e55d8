"""What the tests against real SDKs share: a local server, a closed port, an event loop."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from tests.local_server import Server
from tests.no_proxies import no_proxies  # noqa: F401 - a fixture


@pytest.fixture(scope="session")
def one_server() -> Iterator[Server]:
    """Start the server once; clients keep their connections to it."""
    server = Server()
    yield server
    server.stop()


@pytest.fixture
def server(one_server: Server) -> Server:
    """Return the server with nothing prepared and no request counted."""
    one_server.answer(200, {})
    return one_server


@pytest.fixture(scope="session")
def closed_url() -> str:
    """Return an address where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{taken.getsockname()[1]}"


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.Runner]:
    """Return one event loop for the async clients of a module."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def v1(one_server: Server) -> Iterator[Any]:
    """Return Cohere's client of the first version of the API."""
    cohere = pytest.importorskip("cohere")
    with cohere.Client("a-key", base_url=one_server.url, timeout=10) as client:
        yield client


@pytest.fixture(scope="module")
def v2(one_server: Server) -> Iterator[Any]:
    """Return Cohere's client of the second version of the API."""
    cohere = pytest.importorskip("cohere")
    with cohere.ClientV2("a-key", base_url=one_server.url, timeout=10) as client:
        yield client
