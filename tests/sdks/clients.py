"""One way of calling each provider's SDK; none is imported before it is asked for. Retries of the SDKs are off."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest

Call = Callable[[], object]
MESSAGES = [{"role": "user", "content": "hi"}]
WHY = "is not installed: pip install 'errdex[sdks]'"


def outcome(call: Call) -> Exception:
    """Return what a call raises, whatever its class."""
    try:
        call()
    except Exception as error:
        return error
    pytest.fail("nothing was raised")


def _client_of(name: str, url: str, timeout: float, kind: str) -> object:
    module = pytest.importorskip(name, reason=f"{name} {WHY}")
    return getattr(module, kind)(api_key="a-key", base_url=url, max_retries=0, timeout=timeout)


def _own_client_of(name: str, url: str, timeout: float, kind: str) -> object:
    """Return a client that calls its provider's host, as its errors show, while the requests go to another address.

    An error of this SDK from another host is another provider's.
    """
    module = pytest.importorskip(name, reason=f"{name} {WHY}")
    http = pytest.importorskip("httpx2")
    address = http.URL(url)

    def elsewhere(request: object) -> object:
        there = request.url.copy_with(scheme=address.scheme, host=address.host, port=address.port)
        return http.Request(
            request.method, there, headers=request.headers, stream=request.stream, extensions=request.extensions
        )

    class Rerouted(http.HTTPTransport):
        def handle_request(self, request: object) -> object:
            return super().handle_request(elsewhere(request))

    class AsyncRerouted(http.AsyncHTTPTransport):
        async def handle_async_request(self, request: object) -> object:
            return await super().handle_async_request(elsewhere(request))

    if kind.startswith("Async"):
        client = http.AsyncClient(transport=AsyncRerouted(), timeout=timeout)
    else:
        client = http.Client(transport=Rerouted(), timeout=timeout)
    return getattr(module, kind)(api_key="a-key", http_client=client, max_retries=0, timeout=timeout)


@contextmanager
def openai(url: str, timeout: float) -> Iterator[Call]:
    with _own_client_of("openai", url, timeout, "OpenAI") as client:
        yield lambda **more: client.chat.completions.create(model="m", messages=MESSAGES, **more)


@contextmanager
def groq(url: str, timeout: float) -> Iterator[Call]:
    with _client_of("groq", url, timeout, "Groq") as client:
        yield lambda **more: client.chat.completions.create(model="m", messages=MESSAGES, **more)


@contextmanager
def anthropic(url: str, timeout: float) -> Iterator[Call]:
    with _own_client_of("anthropic", url, timeout, "Anthropic") as client:
        yield lambda **more: client.messages.create(model="m", max_tokens=5, messages=MESSAGES, **more)


@contextmanager
def _asynchronous(client: object, create: Callable) -> Iterator[Call]:
    async def drain(more: dict) -> object:
        result = await create(**more)
        return [event async for event in result] if more.get("stream") else result

    with asyncio.Runner() as loop:
        yield lambda **more: loop.run(drain(more))
        loop.run(client.close())


@contextmanager
def async_openai(url: str, timeout: float) -> Iterator[Call]:
    client = _own_client_of("openai", url, timeout, "AsyncOpenAI")
    with _asynchronous(
        client, lambda **more: client.chat.completions.create(model="m", messages=MESSAGES, **more)
    ) as call:
        yield call


@contextmanager
def async_anthropic(url: str, timeout: float) -> Iterator[Call]:
    client = _own_client_of("anthropic", url, timeout, "AsyncAnthropic")
    with _asynchronous(
        client, lambda **more: client.messages.create(model="m", max_tokens=5, messages=MESSAGES, **more)
    ) as call:
        yield call


@contextmanager
def mistral(url: str, timeout: float) -> Iterator[Call]:
    sdk = pytest.importorskip("mistralai.client", reason=f"mistralai {WHY}")
    with sdk.Mistral(api_key="a-key", server_url=url, timeout_ms=int(timeout * 1000)) as client:
        yield lambda: client.chat.complete(model="m", messages=MESSAGES)


@contextmanager
def google(url: str, timeout: float) -> Iterator[Call]:
    genai = pytest.importorskip("google.genai", reason=f"google-genai {WHY}")
    options = genai.types.HttpOptions(base_url=url, timeout=int(timeout * 1000))
    client = genai.Client(api_key="a-key", http_options=options)
    yield lambda: client.models.generate_content(model="m", contents="hi")
    client.close()


@contextmanager
def bedrock(url: str, timeout: float) -> Iterator[Call]:
    boto3 = pytest.importorskip("boto3", reason=f"boto3 {WHY}")
    from botocore.config import Config

    config = Config(retries={"total_max_attempts": 1}, read_timeout=timeout, connect_timeout=timeout)
    client = boto3.client(
        "bedrock-runtime",
        region_name="us-east-1",
        endpoint_url=url,
        aws_access_key_id="an-id",
        aws_secret_access_key="a-secret",
        config=config,
    )
    yield lambda: client.converse(modelId="m", messages=[{"role": "user", "content": [{"text": "hi"}]}])
    client.close()


CLIENTS = {
    "openai": openai,
    "async openai": async_openai,
    "anthropic": anthropic,
    "async anthropic": async_anthropic,
    "groq": groq,
    "mistral": mistral,
    "google": google,
    "bedrock": bedrock,
}


class Calls:
    """The calls of one address; each client is made when it is first used."""

    def __init__(self, url: str, timeout: float = 10) -> None:
        self.stack = ExitStack()
        self._at = url, timeout
        self._made: dict[str, Call] = {}

    def __getitem__(self, name: str) -> Call:
        if name not in self._made:
            self._made[name] = self.stack.enter_context(CLIENTS[name](*self._at))
        return self._made[name]
