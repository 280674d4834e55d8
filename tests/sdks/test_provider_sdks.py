"""The SDKs of OpenAI, Anthropic, Groq, Mistral, Google and AWS against a local server: documented and observed errors as they raise them.

`data/sdk_errors.jsonl` holds the answers: provider, status, headers and body as sent; category, verdict, and where known entry
and wait as expected; where it was documented or seen. An empty message stands for one that the documentation does not give.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from errdex.classifier.catalog import Catalog
from errdex.model.category import Category
from tests import DATA
from tests.local_server import CLOSES, HANGS, Server
from tests.sdks.clients import CLIENTS, Calls, outcome

ROWS = [json.loads(line) for line in (DATA / "sdk_errors.jsonl").read_text(encoding="utf-8").splitlines()]
_PROVIDERS = ["openai", "anthropic", "groq", "mistral", "google", "bedrock"]


def _params(prefix: str = "") -> list:
    return [
        pytest.param(
            row, prefix + row["provider"], id=f"{prefix}{row['provider']}-{row['status']}-{row['category']}-{index}"
        )
        for index, row in enumerate(ROWS)
        if prefix + row["provider"] in CLIENTS
    ]


@pytest.fixture(scope="module")
def calls(one_server: Server) -> Iterator[Calls]:
    made = Calls(one_server.url)
    with made.stack:
        yield made


@pytest.fixture
def refused(closed_url: str) -> Iterator[Calls]:
    made = Calls(closed_url)
    with made.stack:
        yield made


@pytest.fixture
def impatient(server: Server) -> Iterator[Calls]:
    server.prepare(HANGS)
    made = Calls(server.url, timeout=0.05)
    with made.stack:
        yield made


def raised(server: Server, row: dict, call) -> Exception:
    """Return what the SDK raises for an answer; it asked once."""
    server.answer(row["status"], row["body"], row["headers"])
    error = outcome(call)
    assert len(server.requests) == 1, error
    return error


def test_what_is_sent() -> None:
    """Every SDK has its errors, in most categories that its provider documents."""
    for provider in _PROVIDERS:
        assert len({row["category"] for row in ROWS if row["provider"] == provider}) >= 8, provider
    assert {row["category"] for row in ROWS} == set(Category) - {"connection", "unknown"}


@pytest.mark.parametrize(("row", "client"), [*_params(), *_params("async ")])
def test_documented_error(row: dict, client: str, server: Server, calls: Calls, catalog: Catalog) -> None:
    """Entry, category, verdict and status, and the wait where one is given."""
    answer = catalog.classify(raised(server, row, calls[client]))
    assert (answer.category, answer.retryable, answer.status) == (row["category"], row["retryable"], row["status"])
    assert answer.entry == row["entry"]
    if "retry_after" in row or not row["retryable"]:
        assert answer.retry_after == row.get("retry_after")


@pytest.mark.parametrize(("row", "client"), _params())
def test_provider(row: dict, client: str, server: Server, calls: Calls, catalog: Catalog) -> None:
    """The SDK that raised it says whose error it is; botocore, which calls all of AWS, by the operation."""
    assert catalog.classify(raised(server, row, calls[client])).provider == row["provider"]


@pytest.mark.parametrize(
    ("status", "body", "category"),
    [
        (
            401,
            {"error": {"message": "Incorrect API key provided: sk-1. ", "code": "invalid_api_key"}},
            "authentication",
        ),
        (429, {"error": {"message": "Too many tokens, slow down"}}, "rate_limit"),
        (500, {"error": "EOF"}, "server_error"),
    ],
)
def test_another_host(status: int, body: dict, category: str, server: Server, catalog: Catalog) -> None:
    """OpenAI's SDK at an address that is none of OpenAI's: a server that speaks its language, but not OpenAI."""
    openai = pytest.importorskip("openai")
    server.answer(status, body)
    with openai.OpenAI(api_key="a-key", base_url=server.url, max_retries=0) as client:
        answer = catalog.classify(outcome(lambda: client.chat.completions.create(model="m", messages=[])))
    assert (answer.category, answer.provider) == (category, None)


# No answer


def _check_no_answer(call, catalog: Catalog) -> None:
    error = outcome(call)
    answer = catalog.classify(error)
    assert (answer.category, answer.retryable) == (Category.CONNECTION, True), repr(error)


@pytest.mark.parametrize("client", CLIENTS)
def test_refused(client: str, refused: Calls, catalog: Catalog) -> None:
    """Nobody listens at the address."""
    _check_no_answer(refused[client], catalog)


@pytest.mark.parametrize("client", CLIENTS)
def test_server_closes(client: str, server: Server, calls: Calls, catalog: Catalog) -> None:
    """The connection ends without an answer."""
    server.prepare(CLOSES)
    _check_no_answer(calls[client], catalog)


@pytest.mark.parametrize("client", CLIENTS)
def test_read_timeout(client: str, impatient: Calls, catalog: Catalog) -> None:
    """The client's own read timeout is a matter of the connection."""
    _check_no_answer(impatient[client], catalog)


# Waiting


@pytest.mark.parametrize(
    ("headers", "wait"),
    [({"Retry-After": "7"}, 7), ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5)],
    ids=["seconds", "ms"],
)
@pytest.mark.parametrize(
    "client", ["openai", "async openai", "anthropic", "async anthropic", "groq", "google", "mistral"]
)
def test_retry_after(client: str, headers: dict, wait: float, server: Server, calls: Calls, catalog: Catalog) -> None:
    """The response's headers are found wherever the SDK keeps them."""
    row = {"status": 503, "body": {"error": {"message": "", "type": ""}}, "headers": headers}
    answer = catalog.classify(raised(server, row, calls[client]))
    assert (answer.category, answer.retryable, answer.retry_after) == (Category.OVERLOADED, True, wait)


# Errors inside a stream that began with status 200

_CHUNK = {
    "id": "chatcmpl-1",
    "object": "chat.completion.chunk",
    "created": 1,
    "model": "m",
    "choices": [{"index": 0, "delta": {"role": "assistant", "content": "internal server error"}}],
}
_OPENAI_ERRORS = [
    ("The server had an error while processing your request", "server_error", None, "openai/server-error", True),
    (
        "Model temporarily overloaded",
        "service_unavailable_error",
        "server_is_overloaded",
        "openai/model-overloaded",
        True,
    ),
    (
        "Credit balance exhausted",
        "insufficient_quota",
        "credit_balance_exhausted",
        "openai/credit-balance-exhausted",
        False,
    ),
]


def _first_error(result: object) -> None:
    list(result)  # the stream raises while it is read


@pytest.mark.parametrize(("message", "kind", "code", "entry", "retryable"), _OPENAI_ERRORS)
@pytest.mark.parametrize("client", ["openai", "async openai"])
def test_stream_of_openai(
    client: str,
    message: str,
    kind: str,
    code: str | None,
    entry: str,
    retryable: bool,
    server: Server,
    calls: Calls,
    catalog: Catalog,
) -> None:
    """An error object in place of a chunk."""
    call = calls[client]
    server.stream([_CHUNK, {"error": {"message": message, "type": kind, "param": None, "code": code}}])
    with pytest.raises(Exception, match=message) as caught:
        _first_error(call(stream=True))
    answer = catalog.classify(caught.value)
    assert (answer.entry, answer.retryable) == (entry, retryable)


_START = {
    "type": "message_start",
    "message": {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "content": [],
        "model": "m",
        "stop_reason": None,
        "stop_sequence": None,
        "usage": {"input_tokens": 3, "output_tokens": 1},
    },
}


@pytest.mark.parametrize(
    ("kind", "message", "category"),
    [
        ("overloaded_error", "Overloaded", Category.OVERLOADED),
        ("api_error", "Internal server error", Category.SERVER_ERROR),
        ("timeout_error", "Request timeout", Category.TIMEOUT),
        ("rate_limit_error", "", Category.RATE_LIMIT),
    ],
)
@pytest.mark.parametrize("client", ["anthropic", "async anthropic"])
def test_stream_of_anthropic(
    client: str, kind: str, message: str, category: Category, server: Server, calls: Calls, catalog: Catalog
) -> None:
    """An event `error`; the status of the answer was 200 and says nothing."""
    call = calls[client]
    error = {"type": "error", "error": {"type": kind, "message": message}}
    server.stream([("message_start", _START), ("error", error)])
    with pytest.raises(Exception, match=kind) as caught:
        _first_error(call(stream=True))
    answer = catalog.classify(caught.value)
    assert (answer.category, answer.retryable) == (category, True)
