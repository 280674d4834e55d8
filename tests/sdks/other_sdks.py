"""Run by `test_other_sdks.py` in a process of its own, with another folder of packages in front: older SDKs and wrappers.

Calls a server of its own for every answer, classifies what the SDK raises, and prints a list of
`[call, the answer's name, expected, got, the exception]` as JSON.

What is expected: the answer's entry, category and verdict. Where the exception no longer holds what the body said (4.x drops
`error_type`, its async client the whole body of a 429 or 5xx), those of the status. Where a wrapper puts a code or class of its own
beside a text that no entry lists, the category and verdict, whosever entry they come from.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
import os
import sys
import time
from collections.abc import Callable, Iterator

from errdex.authoring.compiler import compile_source
from errdex.classifier.catalog import Catalog
from errdex.rules.compiled import Rules
from tests.local_server import CLOSES, Server
from tests.sdks.cohere_answers import ANSWERS, DEFAULTS, SOURCE, SPREAD, Sent, body_of

Call = Callable[[], object]
MESSAGES = [{"role": "user", "content": "hi"}]
MODEL = "command-r-08-2024"


_LOOP = asyncio.Runner()


def _await(call: Callable[[], object]) -> Call:
    async def run() -> object:
        result = call()
        if inspect.isawaitable(result):
            result = await result
        return [event async for event in result] if hasattr(result, "__aiter__") else result

    return lambda: _LOOP.run(run())


def cohere_4(url: str) -> dict[str, Call]:
    """Calls of `cohere.Client` and `AsyncClient` before 5.0; its streams raise nothing, whatever the status."""
    import cohere

    co = cohere.Client("a-key", check_api_key=False, max_retries=0, timeout=5, api_url=url)

    async def chat() -> None:
        client = cohere.AsyncClient("a-key", check_api_key=False, max_retries=0, timeout=5, api_url=url)
        try:
            await client.chat("hi", model="command")
        finally:
            await client.close()

    return {
        "chat": lambda: co.chat("hi", model="command"),
        "generate": lambda: co.generate("hi"),
        "embed": lambda: co.embed(["hi"]),
        "async chat": _await(chat),
    }


def cohere_5(url: str) -> dict[str, Call]:
    """Calls of `cohere.Client`, `ClientV2` and their async forms from 5.0 on."""
    import cohere

    once = {"max_retries": 0, "timeout_in_seconds": 5}
    old = {"message": "hi", "model": MODEL, "request_options": once}
    new = {"messages": MESSAGES, "model": MODEL, "request_options": once}
    v1 = cohere.Client("a-key", base_url=url)
    calls = {
        "v1 chat": lambda: v1.chat(**old),
        "v1 chat_stream": lambda: list(v1.chat_stream(**old)),
        "async v1 chat": _await(lambda: cohere.AsyncClient("a-key", base_url=url).chat(**old)),
    }
    if hasattr(cohere, "ClientV2"):
        v2 = cohere.ClientV2("a-key", base_url=url)
        calls["v2 chat"] = lambda: v2.chat(**new)
        calls["v2 chat_stream"] = lambda: list(v2.chat_stream(**new))
        calls["async v2 chat"] = _await(lambda: cohere.AsyncClientV2("a-key", base_url=url).chat(**new))
    return calls


def litellm(url: str) -> dict[str, Call]:
    """LiteLLM in front of Cohere."""
    os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"
    import litellm

    litellm.suppress_debug_info = True
    common = {"messages": MESSAGES, "api_key": "a-key", "num_retries": 0, "max_retries": 0, "timeout": 5}
    chat = {"model": f"cohere_chat/{MODEL}", "api_base": f"{url}/v2/chat", **common}
    embed = {"model": "cohere/embed-v4.0", "input": ["hi"], "api_key": "a-key", "api_base": f"{url}/v2/embed"}
    return {
        "completion": lambda: litellm.completion(**chat),
        "completion stream": lambda: list(litellm.completion(stream=True, **chat)),
        "async completion": _await(lambda: litellm.acompletion(**chat)),
        "embedding": lambda: litellm.embedding(max_retries=0, num_retries=0, **embed),
    }


def langchain_cohere(url: str) -> dict[str, Call]:
    """LangChain's `ChatCohere` and `CohereEmbeddings`."""
    from langchain_cohere import ChatCohere, CohereEmbeddings

    chat = ChatCohere(model=MODEL, cohere_api_key="a-key", base_url=url, timeout_seconds=5)
    embed = CohereEmbeddings(model="embed-v4.0", cohere_api_key="a-key", base_url=url, max_retries=0)
    return {
        "invoke": lambda: chat.invoke("hi"),
        "stream": lambda: list(chat.stream("hi")),
        "async invoke": _await(lambda: chat.ainvoke("hi")),
        "embed_query": lambda: embed.embed_query("hi"),
    }


KINDS = {"cohere_4": cohere_4, "cohere_5": cohere_5, "litellm": litellm, "langchain_cohere": langchain_cohere}


BY_STATUS = {sent.status: sent for sent in DEFAULTS}
WRAPPERS = {"litellm", "langchain_cohere"}


def shown(error: Exception) -> str:
    """Return all that an exception says about itself."""
    told = (getattr(error, name, "") for name in ("message", "body", "response"))
    return f"{type(error).__module__}.{type(error).__name__} {error} {' '.join(map(str, told))}"


def _unquoted(text: str) -> str:
    return text.translate(str.maketrans("", "", "\\\"'"))


def expected(kind: str, sent: Sent, error: Exception) -> list:
    """Return entry (None: any), category and verdict that the exception still allows."""
    body = sent.body if isinstance(sent.body, dict) else {"message": sent.body or ""}
    message, code = body.get("message", ""), body.get("error_type", "")
    text = _unquoted(shown(error))
    by_message = message and body_of(SOURCE.entries[sent.entry], message, sent.status)
    is_lost = type(error).__name__ == "CohereConnectionError"
    if is_lost or _unquoted(message) not in text or not (by_message or code in text):
        return [None, *BY_STATUS[sent.status].expected[1:]]
    listed = SOURCE.entries[sent.entry].kind == "error"
    return [sent.entry if listed or kind not in WRAPPERS else None, *sent.expected[1:]]


def outcomes(kind: str) -> Iterator[list]:
    """Call for every answer: the first way of calling gets them all, the others a spread."""
    rules, pages = compile_source(SOURCE)
    catalog = Catalog(Rules(rules), pages)
    server = Server()
    calls = KINDS[kind](server.url)
    first = next(iter(calls))
    for name, call in calls.items():
        for sent in [*(ANSWERS + DEFAULTS if name == first else SPREAD), None]:
            if sent:
                server.answer(sent.status, sent.body, sent.headers)
            else:
                server.prepare(CLOSES)
            try:
                call()
            except Exception as error:
                if isinstance(error, ValueError) and sent and not sent.body:
                    continue  # "not JSON" is all that the SDK says about an empty body
                if kind == "cohere_4" and sent and not sent.body:
                    continue  # the same as an error of the SDK, with an entry of its own
                code = sent.body.get("error_type", "") if sent and isinstance(sent.body, dict) else ""
                if "_" in code and code not in shown(error) and code.replace("_", " ").lower() in shown(error):
                    continue  # words without an entry: the wording model's, and no longer the status's
                want = expected(kind, sent, error) if sent else [None, "connection", True]
                answer = catalog.classify(error)
                got = [answer.entry if want[0] else None, answer.category, answer.retryable]
                yield [name, str(sent or "no answer"), want, got, shown(error)[:300]]
            else:
                yield [name, str(sent or "no answer"), "an exception", None, "nothing raised"]
    server.stop()
    _LOOP.close()


def main() -> None:
    logging.disable(logging.CRITICAL)
    time.sleep = lambda _: None  # the waits between an SDK's own retries

    async def at_once(*_: object, **__: object) -> None:
        pass

    asyncio.sleep = at_once
    out = sys.stdout
    sys.stdout = sys.stderr  # what an SDK prints is no result
    json.dump(list(outcomes(sys.argv[1])), out)


if __name__ == "__main__":
    main()
