"""One way of calling the wall by each provider's real SDK; none is imported before it is asked for. Their own retries are off."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import pytest

from errdex.wall import Wall

Call = Callable[..., Any]
MESSAGES = [{"role": "user", "content": "hi"}]
TIMEOUT = 20
WHY = "is not installed: pip install 'errdex[sdks]'"


def _sdk(name: str) -> Any:
    return pytest.importorskip(name, reason=f"{name} {WHY}")


def openai(wall: Wall, stack: ExitStack, *, own_host: bool = True) -> Call:
    """OpenAI's SDK, by default with the wall as its proxy: so its errors come from OpenAI's host, as in real life."""
    sdk = _sdk("openai")
    if own_host:
        http = sdk.DefaultHttpxClient(proxy=wall.url, trust_env=False)
        client = stack.enter_context(
            sdk.OpenAI(api_key="a-key", base_url="http://api.openai.com/v1", http_client=http, max_retries=0)
        )
    else:
        client = stack.enter_context(sdk.OpenAI(api_key="a-key", base_url=wall.url_of("openai"), max_retries=0))

    def call(model: str, stream: bool = False) -> Any:
        answer = client.chat.completions.create(model=model, messages=MESSAGES, stream=stream)
        return [*answer] if stream else answer

    return call


def _responses(wall: Wall, stack: ExitStack) -> Call:
    client = stack.enter_context(_sdk("openai").OpenAI(api_key="a-key", base_url=wall.url_of("openai"), max_retries=0))

    def call(model: str, stream: bool = False) -> Any:
        answer = client.responses.create(model=model, input="hi", stream=stream)
        return [*answer] if stream else answer

    return call


def _embeddings(wall: Wall, stack: ExitStack) -> Call:
    client = stack.enter_context(_sdk("openai").OpenAI(api_key="a-key", base_url=wall.url_of("openai"), max_retries=0))
    return lambda model, stream=False: client.embeddings.create(model=model, input=["hi", "you"])


def _anthropic(wall: Wall, stack: ExitStack, *, own_host: bool = True) -> Call:
    sdk = _sdk("anthropic")
    if own_host:
        http = sdk.DefaultHttpxClient(proxy=wall.url, trust_env=False)
        client = stack.enter_context(
            sdk.Anthropic(api_key="a-key", base_url="http://api.anthropic.com", http_client=http, max_retries=0)
        )
    else:
        client = stack.enter_context(sdk.Anthropic(api_key="a-key", base_url=wall.url_of("anthropic"), max_retries=0))

    def call(model: str, stream: bool = False) -> Any:
        answer = client.messages.create(model=model, max_tokens=9, messages=MESSAGES, stream=stream)
        return [*answer] if stream else answer

    return call


def _cohere_v1(wall: Wall, stack: ExitStack) -> Call:
    client = stack.enter_context(_sdk("cohere").Client("a-key", base_url=wall.url_of("cohere"), timeout=TIMEOUT))
    options = {"max_retries": 0}

    def call(model: str, stream: bool = False) -> Any:
        if stream:
            return [*client.chat_stream(message="hi", model=model, request_options=options)]
        return client.chat(message="hi", model=model, request_options=options)

    return call


def _cohere_v2(wall: Wall, stack: ExitStack) -> Call:
    client = stack.enter_context(_sdk("cohere").ClientV2("a-key", base_url=wall.url_of("cohere"), timeout=TIMEOUT))
    options = {"max_retries": 0}

    def call(model: str, stream: bool = False) -> Any:
        if stream:
            return [*client.chat_stream(messages=MESSAGES, model=model, request_options=options)]
        return client.chat(messages=MESSAGES, model=model, request_options=options)

    return call


def _google(wall: Wall, stack: ExitStack) -> Call:
    genai = _sdk("google.genai")
    options = genai.types.HttpOptions(
        base_url=wall.url_of("google"),
        timeout=TIMEOUT * 1000,
        retry_options=genai.types.HttpRetryOptions(attempts=1),
    )
    client = genai.Client(api_key="a-key", http_options=options)
    stack.callback(client.close)

    def call(model: str, stream: bool = False) -> Any:
        if stream:
            return [*client.models.generate_content_stream(model=model, contents="hi")]
        return client.models.generate_content(model=model, contents="hi")

    return call


def _mistral(wall: Wall, stack: ExitStack) -> Call:
    sdk = _sdk("mistralai.client")
    client = stack.enter_context(
        sdk.Mistral(api_key="a-key", server_url=wall.url_of("mistral"), timeout_ms=TIMEOUT * 1000)
    )

    def call(model: str, stream: bool = False) -> Any:
        if stream:
            return [*client.chat.stream(model=model, messages=MESSAGES)]
        return client.chat.complete(model=model, messages=MESSAGES)

    return call


def _groq(wall: Wall, stack: ExitStack) -> Call:
    client = stack.enter_context(_sdk("groq").Groq(api_key="a-key", base_url=wall.url_of("groq"), max_retries=0))

    def call(model: str, stream: bool = False) -> Any:
        answer = client.chat.completions.create(model=model, messages=MESSAGES, stream=stream)
        return [*answer] if stream else answer

    return call


def _bedrock_client(wall: Wall, stack: ExitStack) -> Any:
    boto3 = _sdk("boto3")
    from botocore.config import Config

    client = boto3.client(
        "bedrock-runtime",
        region_name="us-east-1",
        endpoint_url=wall.url_of("bedrock"),
        aws_access_key_id="an-id",
        aws_secret_access_key="a-secret",
        config=Config(retries={"total_max_attempts": 1}, read_timeout=TIMEOUT),
    )
    stack.callback(client.close)
    return client


def _bedrock(wall: Wall, stack: ExitStack) -> Call:
    client = _bedrock_client(wall, stack)
    messages = [{"role": "user", "content": [{"text": "hi"}]}]

    def call(model: str, stream: bool = False) -> Any:
        if stream:
            return [*client.converse_stream(modelId=model, messages=messages)["stream"]]
        return client.converse(modelId=model, messages=messages)

    return call


def _bedrock_invoke(wall: Wall, stack: ExitStack) -> Call:
    client = _bedrock_client(wall, stack)

    def call(model: str, stream: bool = False) -> Any:
        if stream:
            return [*client.invoke_model_with_response_stream(modelId=model, body=b"{}")["body"]]
        return client.invoke_model(modelId=model, body=b"{}")["body"].read()

    return call


SDKS: dict[str, Callable[[Wall, ExitStack], Call]] = {
    "openai": openai,
    "openai responses": _responses,
    "openai embeddings": _embeddings,
    "anthropic": _anthropic,
    "cohere v1": _cohere_v1,
    "cohere v2": _cohere_v2,
    "google": _google,
    "mistral": _mistral,
    "groq": _groq,
    "bedrock": _bedrock,
    "bedrock invoke": _bedrock_invoke,
}
CHAT = {
    "openai": "openai",
    "anthropic": "anthropic",
    "cohere": "cohere v2",
    "google": "google",
    "mistral": "mistral",
    "groq": "groq",
    "bedrock": "bedrock",
}
"""Provider → the call with which its entries are tested."""
