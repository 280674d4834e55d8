"""Ways of retrying: what an SDK does by itself, LiteLLM's, tenacity by status, tenacity with errdex."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

import errdex.retry
from errdex.wall import Wall

Send = Callable[[], object]
ATTEMPTS: Final = 6
"""Requests that tenacity makes at most."""
_WORTH: Final = frozenset({408, 409, 429, *range(500, 600)})
"""Statuses that tenacity's usual recipes, and the SDKs themselves, repeat."""


def _openai(wall: Wall, stack: ExitStack, more: Mapping[str, Any]) -> Send:
    sdk = import_module("openai")
    http = sdk.DefaultHttpxClient(proxy=wall.url, trust_env=False)
    address = {"base_url": "http://api.openai.com/v1", "http_client": http}
    client = stack.enter_context(sdk.OpenAI(api_key="k", **address, **more))
    return lambda: client.chat.completions.create(model="m", messages=[{"role": "user", "content": "hi"}])


def _anthropic(wall: Wall, stack: ExitStack, more: Mapping[str, Any]) -> Send:
    sdk = import_module("anthropic")
    http = sdk.DefaultHttpxClient(proxy=wall.url, trust_env=False)
    address = {"base_url": "http://api.anthropic.com", "http_client": http}
    client = stack.enter_context(sdk.Anthropic(api_key="k", **address, **more))
    return lambda: client.messages.create(model="m", max_tokens=9, messages=[{"role": "user", "content": "hi"}])


def _cohere(wall: Wall, stack: ExitStack, more: Mapping[str, Any]) -> Send:
    client = stack.enter_context(import_module("cohere").ClientV2("k", base_url=wall.url_of("cohere")))
    options = {"request_options": more} if more else {}
    return lambda: client.chat(model="m", messages=[{"role": "user", "content": "hi"}], **options)


def _google(wall: Wall, stack: ExitStack, more: Mapping[str, Any]) -> Send:
    genai = import_module("google.genai")
    client = genai.Client(api_key="k", http_options=genai.types.HttpOptions(base_url=wall.url_of("google")))
    stack.callback(client.close)
    return lambda: client.models.generate_content(model="m", contents="hi")


_QUICK: Final = errdex.retry.RetryPolicy(first=1)
"""Begins with as short a wait as other clients, where the answer does not say how long to wait."""
_MODELS: Final = {
    "openai": ("openai/m", ""),
    "anthropic": ("anthropic/m", ""),
    "cohere": ("cohere_chat/m", "/v2/chat"),
    "google": ("gemini/m", ""),
}
"""LiteLLM's name of a model, and what it expects behind the address of its API."""
_CLIENTS: Final = {"openai": _openai, "anthropic": _anthropic, "cohere": _cohere, "google": _google}


def _by_status(error: BaseException) -> bool:
    for name in ("status_code", "code"):
        if isinstance(status := getattr(error, name, None), int):
            return status in _WORTH
    return False


def _with_tenacity(send: Send, **how: Any) -> Send:
    tenacity = import_module("tenacity")
    again = tenacity.retry(stop=tenacity.stop_after_attempt(ATTEMPTS), reraise=True, **how)(send)
    done: Send = again
    return done


def _litellm_ways(api: str, wall: Wall) -> dict[str, Send]:
    """Return LiteLLM's own ways, if it is installed; it makes as many requests as the others at most."""
    if not find_spec("litellm"):
        return {}
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # else it asks the network for prices
    litellm: Any = import_module("litellm")
    litellm.suppress_debug_info = True
    model, path = _MODELS[api]
    called = {"model": model, "api_base": wall.url_of(api) + path, "api_key": "k"}
    again = {"num_retries": ATTEMPTS - 1}
    router = litellm.Router(model_list=[{"model_name": "m", "litellm_params": called}], disable_cooldowns=True, **again)
    ask = [{"role": "user", "content": "hi"}]
    return {
        "LiteLLM, `num_retries=5`": lambda: litellm.completion(messages=ask, **called, **again),
        "LiteLLM's router, `num_retries=5`": lambda: router.completion(model="m", messages=ask),
    }


def ways_of(api: str, wall: Wall, stack: ExitStack) -> dict[str, Send]:
    """Return the ways of retrying, each with a client of its own."""
    tenacity = import_module("tenacity")
    make = _CLIENTS[api]
    off = make(wall, stack, {"max_retries": 0})  # Gemini's client makes no retries unless it is told to
    return {
        "the client's own": make(wall, stack, {}),
        **_litellm_ways(api, wall),
        "tenacity by status": _with_tenacity(
            off,
            retry=tenacity.retry_if_exception(_by_status),
            wait=tenacity.wait_random_exponential(min=1, max=60),
        ),
        "tenacity by status, `multiplier=4`": _with_tenacity(
            off,
            retry=tenacity.retry_if_exception(_by_status),
            wait=tenacity.wait_random_exponential(multiplier=4, max=60),
        ),
        "errdex and tenacity": _with_tenacity(
            off,
            retry=tenacity.retry_if_exception(errdex.retry.is_retryable),
            wait=errdex.retry.tenacity_wait,
        ),
        "errdex and tenacity, `first=1`": _with_tenacity(
            off,
            retry=tenacity.retry_if_exception(_QUICK.is_retryable),
            wait=_QUICK.tenacity_wait,
        ),
    }
