"""Cohere's Python SDK (7.x) against a local server: every answer of the catalog, as the exception that the SDK raises."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from itertools import cycle

import pytest

from errdex.classifier.catalog import Catalog
from errdex.model.category import Category
from tests.local_server import CLOSES, HANGS, Answer, Server
from tests.sdks.cohere_answers import ANSWERS, DEFAULTS, LEFT_OUT, SOURCE, SPREAD, Sent

httpx = pytest.importorskip("httpx", reason="httpx is not installed: pip install 'errdex[sdks]'")
cohere = pytest.importorskip("cohere", reason="cohere is not installed: pip install 'errdex[sdks]'")

if not cohere.__version__.startswith("7."):
    pytest.skip(f"needs cohere 7.x, found {cohere.__version__}", allow_module_level=True)

ONCE = {"max_retries": 0}
MODEL = "command-a-03-2025"
MESSAGES = [{"role": "user", "content": "hi"}]


@pytest.fixture(scope="module")
def async_v1(one_server: Server, loop: asyncio.Runner) -> Iterator[cohere.AsyncClient]:
    client = cohere.AsyncClient("a-key", base_url=one_server.url, timeout=10)
    yield client
    loop.run(client.__aexit__(None, None, None))


@pytest.fixture(scope="module")
def async_v2(one_server: Server, loop: asyncio.Runner) -> Iterator[cohere.AsyncClientV2]:
    client = cohere.AsyncClientV2("a-key", base_url=one_server.url, timeout=10)
    yield client
    loop.run(client.__aexit__(None, None, None))


async def _drain(stream) -> list:
    return [event async for event in stream]


@pytest.fixture(scope="module")
def calls(v1, v2, async_v1, async_v2, loop: asyncio.Runner) -> dict[str, Callable[[], object]]:
    """Return every way of calling that has an exception of its own making, by a name."""
    old = {"message": "hi", "model": MODEL, "request_options": ONCE}
    new = {"messages": MESSAGES, "model": MODEL, "request_options": ONCE}
    embed = {"texts": ["hi"], "model": "embed-v4.0", "input_type": "search_query", "request_options": ONCE}
    rank = {"query": "q", "documents": ["d"], "model": "rerank-v3.5", "request_options": ONCE}
    return {
        "v1 chat": lambda: v1.chat(**old),
        "v1 chat_stream": lambda: list(v1.chat_stream(**old)),
        "v1 embed": lambda: v1.embed(**embed, batching=False),
        "v1 rerank": lambda: v1.rerank(**rank),
        "v1 classify": lambda: v1.classify(inputs=["a"], model="m", request_options=ONCE),
        "v1 models.get": lambda: v1.models.get("m", request_options=ONCE),
        "v1 datasets.get": lambda: v1.datasets.get("d", request_options=ONCE),
        "v1 embed_jobs.get": lambda: v1.embed_jobs.get("e", request_options=ONCE),
        "v1 connectors.get": lambda: v1.connectors.get("c", request_options=ONCE),
        "v1 finetuning": lambda: v1.finetuning.get_finetuned_model("f", request_options=ONCE),
        "v2 chat": lambda: v2.chat(**new),
        "v2 chat_stream": lambda: list(v2.chat_stream(**new)),
        "v2 embed": lambda: v2.embed(**embed, embedding_types=["float"]),
        "v2 rerank": lambda: v2.rerank(**rank),
        "async v1 chat": lambda: loop.run(async_v1.chat(**old)),
        "async v1 chat_stream": lambda: loop.run(_drain(async_v1.chat_stream(**old))),
        "async v2 chat": lambda: loop.run(async_v2.chat(**new)),
        "async v2 chat_stream": lambda: loop.run(_drain(async_v2.chat_stream(**new))),
    }


def raised(server: Server, sent: Sent, call: Callable[[], object]) -> Exception:
    """Return what the SDK raises for an answer; it asked once."""
    server.answer(sent.status, sent.body, sent.headers)
    with pytest.raises(cohere.core.ApiError) as caught:
        call()
    assert (caught.value.status_code, len(server.requests)) == (sent.status, 1)
    return caught.value


def test_what_is_sent() -> None:
    """Every entry about an answer of the API is here, and every status and category that Cohere has."""
    assert LEFT_OUT == []
    assert len(ANSWERS) > 300
    assert len({sent.entry for sent in ANSWERS}) > 170
    statuses = {status for entry in SOURCE.entries.values() if entry.kind == "default" for status in entry.statuses}
    assert {sent.status for sent in SPREAD} == {sent.status for sent in (*ANSWERS, *DEFAULTS)}
    assert {sent.status for sent in DEFAULTS} <= statuses
    assert len(SPREAD) > 40


@pytest.mark.parametrize("sent", ANSWERS, ids=str)
def test_every_answer(sent: Sent, server: Server, calls, catalog: Catalog) -> None:
    """Each example of the catalog, sent as the API sends it, is its own entry when the SDK raises it."""
    answer = catalog.classify(raised(server, sent, calls["v2 chat"]))
    assert (answer.entry, answer.category, answer.retryable) == sent.expected
    assert (answer.provider, answer.status) == ("cohere", sent.status)


@pytest.mark.parametrize("sent", DEFAULTS, ids=str)
def test_answers_that_say_nothing(sent: Sent, server: Server, calls, catalog: Catalog) -> None:
    """Without a message that anybody knows, status and SDK are Cohere's default for that status."""
    answer = catalog.classify(raised(server, sent, calls["v1 chat"]))
    assert (answer.entry, answer.category, answer.retryable) == sent.expected


_SPREAD_CALLS = [
    "v1 chat",
    "v1 chat_stream",
    "v2 chat_stream",
    "async v1 chat",
    "async v1 chat_stream",
    "async v2 chat",
    "async v2 chat_stream",
]


@pytest.mark.parametrize("call", _SPREAD_CALLS)
@pytest.mark.parametrize("sent", SPREAD, ids=str)
def test_every_client_and_mode(sent: Sent, call: str, server: Server, calls, catalog: Catalog) -> None:
    """A spread over all statuses and categories through each client, plain and streamed."""
    answer = catalog.classify(raised(server, sent, calls[call]))
    assert (answer.entry, answer.category, answer.retryable) == sent.expected


_ENDPOINTS = [
    "v1 embed",
    "v1 rerank",
    "v1 classify",
    "v1 models.get",
    "v1 datasets.get",
    "v1 embed_jobs.get",
    "v1 connectors.get",
    "v1 finetuning",
    "v2 embed",
    "v2 rerank",
]


@pytest.mark.parametrize(
    ("sent", "call"), [pytest.param(s, c, id=f"{c}-{s}") for s, c in zip(SPREAD, cycle(_ENDPOINTS), strict=False)]
)
def test_every_endpoint(sent: Sent, call: str, server: Server, calls, catalog: Catalog) -> None:
    """The spread once more, its answers given to the other endpoints in turn."""
    answer = catalog.classify(raised(server, sent, calls[call]))
    assert (answer.entry, answer.category, answer.retryable) == sent.expected


def test_text_of_the_exception(server: Server, calls, catalog: Catalog) -> None:
    """What a log shows of the exception, its `str` and `repr`, is the same entry, except where the text alone says too little."""
    wrong = []
    for sent in ANSWERS:
        error = raised(server, sent, calls["v2 chat"])
        for text in (str(error), f"{type(error).__module__}.{type(error).__name__}: {error}"):
            answer = catalog.classify(text)
            if (answer.entry, answer.category, answer.retryable) != sent.expected:
                wrong.append((sent.entry, answer.entry, text[:300]))
    assert wrong == []


# Waiting


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "7"}, 7.0),
        ({"retry-after-ms": "1500"}, 1.5),
        ({"retry-after-ms": "1500", "Retry-After": "7"}, 1.5),
        ({}, None),
    ],
    ids=["seconds", "ms", "both", "none"],
)
@pytest.mark.parametrize("call", ["v1 chat", "v2 chat", "v2 chat_stream", "async v2 chat"])
def test_retry_after(call: str, headers: dict, wait: float | None, server: Server, calls, catalog: Catalog) -> None:
    """The headers of a rate limit say how long to wait."""
    server.answer(
        429,
        {"id": "x", "message": "You are past the per minute request limit, please wait and try again later."},
        headers,
    )
    with pytest.raises(cohere.TooManyRequestsError) as caught:
        calls[call]()
    answer = catalog.classify(caught.value)
    assert (answer.category, answer.retryable) == (Category.RATE_LIMIT, True)
    if wait is not None:
        assert answer.retry_after == wait


def test_retry_after_of_a_monthly_limit(server: Server, calls, catalog: Catalog) -> None:
    """A month's allowance is no rate limit, whatever the header says."""
    server.answer(
        429,
        {"message": "You are using a Trial key, which is limited to 1000 API calls / month."},
        {"Retry-After": "7"},
    )
    with pytest.raises(cohere.TooManyRequestsError) as caught:
        calls["v2 chat"]()
    answer = catalog.classify(caught.value)
    assert (answer.entry, answer.category, answer.retryable, answer.retry_after) == (
        "cohere/trial-key-per-month",
        Category.QUOTA,
        False,
        None,
    )


def test_after_the_sdks_own_retries(server: Server, v2, catalog: Catalog) -> None:
    """The SDK repeats what is worth it; what it raises at last is the last answer."""
    limit = Answer(429, {"message": "Please wait and try again later"}, {"retry-after-ms": "1"})
    server.prepare(limit, limit, Answer(404, {"message": "dataset with id x not found"}))
    with pytest.raises(cohere.NotFoundError) as caught:
        v2.chat(model=MODEL, messages=MESSAGES, request_options={"max_retries": 2})
    assert len(server.requests) == 3
    assert catalog.classify(caught.value).category is Category.NOT_FOUND


# No answer


def _outcome(catalog: Catalog, error: BaseException) -> tuple[Category, bool]:
    answer = catalog.classify(error)
    return answer.category, answer.retryable


@pytest.mark.parametrize(
    "call", ["v1 chat", "v1 chat_stream", "v2 chat", "v2 chat_stream", "async v1 chat", "async v2 chat_stream"]
)
def test_server_closes(call: str, server: Server, calls, catalog: Catalog) -> None:
    """A connection that ends without an answer."""
    server.prepare(CLOSES)
    with pytest.raises(httpx.TransportError) as caught:
        calls[call]()
    assert _outcome(catalog, caught.value) == (Category.CONNECTION, True)


@pytest.mark.parametrize("kind", [cohere.Client, cohere.ClientV2])
def test_refused(kind: type, closed_url: str, catalog: Catalog) -> None:
    """Nobody listens at the address."""
    with kind("a-key", base_url=closed_url, timeout=5) as client, pytest.raises(httpx.TransportError) as caught:
        client.models.get("m", request_options=ONCE)
    assert _outcome(catalog, caught.value) == (Category.CONNECTION, True)


@pytest.mark.parametrize("kind", [cohere.AsyncClient, cohere.AsyncClientV2])
def test_refused_async(kind: type, closed_url: str, loop: asyncio.Runner, catalog: Catalog) -> None:
    """The same without blocking."""

    async def call() -> None:
        async with kind("a-key", base_url=closed_url, timeout=5) as client:
            await client.models.get("m", request_options=ONCE)

    with pytest.raises(httpx.TransportError) as caught:
        loop.run(call())
    assert _outcome(catalog, caught.value) == (Category.CONNECTION, True)


@pytest.mark.parametrize("kind", [cohere.Client, cohere.ClientV2])
def test_read_timeout(kind: type, server: Server, catalog: Catalog) -> None:
    """The client's own read timeout is a matter of the connection."""
    server.prepare(HANGS)
    with kind("a-key", base_url=server.url, timeout=0.05) as client, pytest.raises(httpx.TransportError) as caught:
        client.models.get("m", request_options=ONCE)
    assert _outcome(catalog, caught.value) == (Category.CONNECTION, True)
