"""Plain HTTP clients against a local server: their exceptions for a status, their responses, and no answer at all."""

from __future__ import annotations

import asyncio
import contextlib
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from errdex.classifier.catalog import Catalog
from errdex.model.category import Category
from tests.local_server import CLOSES, HANGS, Answer, Server
from tests.sdks.clients import WHY, outcome

_RATE = "You are past the per minute request limit, please wait and try again later."
_MODEL = "model 'xyz' not found, make sure the correct model ID was used and that you have access to the model."
_QUOTING = "invalid request: message at index 3 is not valid: 'internal server error'"


class Case(NamedTuple):
    """An answer of Cohere's API, and what it is."""

    answer: Answer
    entry: str | None
    category: Category
    retryable: bool
    retry_after: float | None = None
    params: dict[str, object] | None = None


def _answer(status: int, message: str, **headers: str) -> Answer:
    return Answer(status, {"id": "63e33405-a687-4064-bf9e-bfeb608628c8", "message": message}, headers)


CASES = {
    "month's quota": Case(
        _answer(429, "You are using a Trial key, which is limited to 1000 API calls / month.", **{"Retry-After": "7"}),
        "cohere/trial-key-per-month",
        Category.QUOTA,
        False,
    ),
    "rate limit": Case(
        _answer(429, _RATE, **{"Retry-After": "7"}), "cohere/requests-per-minute", Category.RATE_LIMIT, True, 7
    ),
    "model not found": Case(
        _answer(404, _MODEL), "cohere/model-not-found", Category.NOT_FOUND, False, None, {"model": "xyz"}
    ),
    "quotes another error": Case(_answer(400, _QUOTING), None, Category.INVALID_REQUEST, False),
}


class Client(NamedTuple):
    """How a client gets an address: what it gives for any status, and what it raises."""

    response: Callable[[str], Any]
    """What `classify` is given beside nothing else, or the body with the hints."""
    raises: Callable[[str, float], Any]
    """Gets the address, waits so many seconds for an answer, raises for a status of an error."""


_PATIENT, _SHORT = 10, 0.1


def _httpx(name: str) -> Client:
    client = pytest.importorskip(name, reason=f"{name} {WHY}")
    return Client(
        lambda url: (client.get(url), {}),
        lambda url, timeout: client.get(url, timeout=timeout).raise_for_status(),
    )


def _httpx_async() -> Client:
    httpx = pytest.importorskip("httpx", reason=f"httpx {WHY}")

    async def get(url: str, timeout: float) -> object:
        async with httpx.AsyncClient(timeout=timeout) as client:
            return await client.get(url)

    return Client(
        lambda url: (asyncio.run(get(url, _PATIENT)), {}),
        lambda url, timeout: asyncio.run(get(url, timeout)).raise_for_status(),
    )


def _requests() -> Client:
    requests = pytest.importorskip("requests", reason=f"requests {WHY}")
    return Client(
        lambda url: (requests.get(url, timeout=_PATIENT), {}),
        lambda url, timeout: requests.get(url, timeout=timeout).raise_for_status(),
    )


def _aiohttp() -> Client:
    aiohttp = pytest.importorskip("aiohttp", reason=f"aiohttp {WHY}")

    async def read(url: str) -> tuple[str, dict]:
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            return await response.text(), {"status": response.status, "headers": response.headers}

    async def get(url: str, seconds: float) -> None:
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=seconds, sock_read=seconds)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as response:
            response.raise_for_status()

    return Client(lambda url: asyncio.run(read(url)), lambda url, timeout: asyncio.run(get(url, timeout)))


def _aiohttp_total() -> Client:
    aiohttp = pytest.importorskip("aiohttp", reason=f"aiohttp {WHY}")

    async def get(url: str, seconds: float) -> None:
        timeout = aiohttp.ClientTimeout(total=seconds)
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as response:
            response.raise_for_status()

    return Client(lambda url: ("", {}), lambda url, timeout: asyncio.run(get(url, timeout)))


def _urllib3() -> Client:
    urllib3 = pytest.importorskip("urllib3", reason=f"urllib3 {WHY}")

    def get(url: str, timeout: float) -> object:
        with urllib3.PoolManager(retries=False, timeout=timeout) as pool:
            return pool.request("GET", url)

    return Client(lambda url: (get(url, _PATIENT), {}), get)


def _urllib() -> Client:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def read(url: str) -> tuple[bytes, dict]:
        try:
            response = direct.open(url, timeout=_PATIENT)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            return response.read(), {"status": response.status, "headers": response.headers}

    return Client(read, lambda url, timeout: direct.open(url, timeout=timeout))


_MAKERS = {
    "httpx": lambda: _httpx("httpx"),
    "httpx2": lambda: _httpx("httpx2"),
    "httpx async": _httpx_async,
    "requests": _requests,
    "aiohttp": _aiohttp,
    "urllib3": _urllib3,
    "urllib": _urllib,
}


@pytest.fixture
def client(request: pytest.FixtureRequest) -> Client:
    return {**_MAKERS, "aiohttp total": _aiohttp_total}[request.param]()


every_client = pytest.mark.parametrize("client", _MAKERS, indirect=True)


@every_client
@pytest.mark.parametrize("name", CASES)
def test_response(name: str, client: Client, server: Server, catalog: Catalog) -> None:
    """A response is read like the error that it holds; where its body is a stream, the body is given with status and headers."""
    case = CASES[name]
    server.prepare(case.answer)
    raw, hints = client.response(server.url)
    answer = catalog.classify(raw, **hints)
    assert (answer.category, answer.retryable, answer.status) == (case.category, case.retryable, case.answer.status)
    assert answer.retry_after == case.retry_after
    if case.entry:
        assert (answer.entry, answer.provider) == (case.entry, "cohere")
        assert answer.params == (case.params or answer.params)


@pytest.mark.parametrize("client", ["httpx", "httpx2", "httpx async", "requests"], indirect=True)
@pytest.mark.parametrize("name", CASES)
def test_raise_for_status(name: str, client: Client, server: Server, catalog: Catalog) -> None:
    """The exception leads to the response, and the response to its body and headers."""
    case = CASES[name]
    server.prepare(case.answer)
    answer = catalog.classify(outcome(lambda: client.raises(server.url, _PATIENT)))
    assert (answer.category, answer.retryable, answer.status) == (case.category, case.retryable, case.answer.status)
    assert answer.retry_after == case.retry_after
    if case.entry:
        assert (answer.entry, answer.params) == (case.entry, case.params or answer.params)


@pytest.mark.parametrize("client", ["aiohttp", "urllib"], indirect=True)
@pytest.mark.parametrize(
    ("status", "category", "retryable"),
    [
        (400, Category.INVALID_REQUEST, False),
        (401, Category.AUTHENTICATION, False),
        (404, Category.NOT_FOUND, False),
        (429, Category.RATE_LIMIT, True),
        (500, Category.SERVER_ERROR, True),
        (503, Category.OVERLOADED, True),
    ],
)
def test_raise_for_status_without_body(
    status: int, category: Category, retryable: bool, client: Client, server: Server, catalog: Catalog
) -> None:
    """Where the exception has no body that could be read twice, its status and headers decide."""
    server.answer(status, {"message": "a wording that nobody has listed"}, {"Retry-After": "7"})
    error = outcome(lambda: client.raises(server.url, _PATIENT))
    answer = catalog.classify(error)
    with contextlib.suppress(AttributeError):
        error.close()
    assert (answer.category, answer.retryable, answer.status) == (category, retryable, status)
    assert answer.retry_after == (7 if retryable else None)


def test_the_body_of_an_error_of_urllib_is_left_alone(server: Server, catalog: Catalog) -> None:
    """The exception is an open stream; who classifies it can still read it."""
    server.prepare(CASES["model not found"].answer)
    error = outcome(lambda: _urllib().raises(server.url, _PATIENT))
    with error:
        catalog.classify(error)
        assert b"xyz" in error.read()


@every_client
def test_success(client: Client, server: Server, catalog: Catalog) -> None:
    """An answer with status 200 is no error, whatever it says."""
    server.answer(200, {"id": "x", "text": "internal server error", "finish_reason": "COMPLETE"})
    raw, hints = client.response(server.url)
    assert not catalog.classify(raw, **hints)


@every_client
def test_bare_statuses(client: Client, server: Server, catalog: Catalog) -> None:
    """Without a body the status decides, and nobody knows whose it is."""
    server.prepare(Answer(503, None, {"Retry-After": "4"}))
    raw, hints = client.response(server.url)
    answer = catalog.classify(raw, **hints)
    assert (answer.category, answer.retryable, answer.retry_after) == (Category.OVERLOADED, True, 4)


def _check_no_answer(client: Client, url: str, catalog: Catalog, timeout: float = _PATIENT) -> None:
    error = outcome(lambda: client.raises(url, timeout))
    answer = catalog.classify(error)
    assert (answer.category, answer.retryable) == (Category.CONNECTION, True), repr(error)


@every_client
def test_refused(client: Client, closed_url: str, catalog: Catalog) -> None:
    """Nobody listens at the address."""
    _check_no_answer(client, closed_url, catalog)


@every_client
def test_server_closes(client: Client, server: Server, catalog: Catalog) -> None:
    """The connection ends without an answer."""
    server.prepare(CLOSES)
    _check_no_answer(client, server.url, catalog)


@pytest.mark.parametrize("client", [*_MAKERS, "aiohttp total"], indirect=True)
def test_read_timeout(client: Client, server: Server, catalog: Catalog) -> None:
    """The client's own read timeout."""
    server.prepare(HANGS)
    _check_no_answer(client, server.url, catalog, _SHORT)


# google-api-core, which makes its exceptions of the responses of requests


_GOOGLE = [
    (400, "INVALID_ARGUMENT", "Request contains an invalid argument.", Category.INVALID_REQUEST, False),
    (401, "UNAUTHENTICATED", "Request had invalid authentication credentials.", Category.AUTHENTICATION, False),
    (403, "PERMISSION_DENIED", "The caller does not have permission", Category.PERMISSION, False),
    (404, "NOT_FOUND", "Requested entity was not found.", Category.NOT_FOUND, False),
    (409, "ALREADY_EXISTS", "", Category.CONFLICT, False),
    (429, "RESOURCE_EXHAUSTED", "", Category.RATE_LIMIT, True),
    (500, "INTERNAL", "", Category.SERVER_ERROR, True),
    (501, "UNIMPLEMENTED", "", Category.UNSUPPORTED, False),
    (503, "UNAVAILABLE", "", Category.OVERLOADED, True),
    (504, "DEADLINE_EXCEEDED", "", Category.TIMEOUT, True),
]


@pytest.mark.parametrize(("status", "name", "message", "category", "retryable"), _GOOGLE)
def test_google_api_core(
    status: int, name: str, message: str, category: Category, retryable: bool, server: Server, catalog: Catalog
) -> None:
    """Its `code` is an enum of HTTP statuses; the response's headers tell the wait."""
    exceptions = pytest.importorskip("google.api_core.exceptions", reason=f"google-api-core {WHY}")
    requests = pytest.importorskip("requests", reason=f"requests {WHY}")
    body = {"error": {"code": status, "message": message, "status": name}}
    server.answer(status, body, {"Retry-After": "9"})
    error = exceptions.from_http_response(requests.get(server.url, timeout=_PATIENT))
    answer = catalog.classify(error)
    assert (answer.category, answer.retryable, answer.status) == (category, retryable, status)
    assert answer.retry_after == (9 if retryable else None)
