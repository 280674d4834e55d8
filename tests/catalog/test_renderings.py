"""Every message in every rendering: quotes, escapes, links and line breaks do not matter."""

from __future__ import annotations

import pytest

from errdex.authoring.source import Source
from errdex.classifier.catalog import Catalog
from errdex.rules.normal_form import fold, normalise
from tests.catalog.messages import EXCEPTED, Message
from tests.renderings import RENDERINGS, backticks, mojibake, typographic, wrapped

_POOL = "HTTPSConnectionPool(host={host:name}, port={port:int}): Max retries exceeded with url: {_:text} (Caused by "
LEFT_OUT = [
    # Filled with anything, they are OpenAI's and Anthropic's longer wordings, cut off.
    "http/context-length-other: This model's maximum context length is {limit:int} tokens. {_:text}",
    "http/context-length-other: This model's maximum context length is {limit:int} tokens, {_:text}",
    # Not found when they stand alone, as `str(exception)` of requests gives them: a mistake, they need no support then.
    f"http/cannot-connect: {_POOL}NewConnectionError({{_:text}}",
    f"http/tls-handshake: {_POOL}SSLError(SSLEOFError({{_:text}}",
    f"http/tls-handshake: {_POOL}SSLError({{_:text}}",
    f"http/proxy-failed: {_POOL}ProxyError('Cannot connect to proxy.', {{_:text}}",
    f"http/proxy-failed: {_POOL}ProxyError('Unable to connect to proxy', {{_:text}}",
    # Has braces of its own, so that alone it is an object.
    "vllm/media-embeddings-unusable: Only one message can have {{'type': 'image_embeds'}}",
]
"""The templates without a message, each with the reason."""


def test_every_template_has_a_message(messages_found: tuple[list[Message], list[str]], source: Source) -> None:
    """No entry that knows a message is left out of the tests below."""
    every_message, without = messages_found
    items = [(entry, item) for entry in source.entries.values() for item in entry.items if item.message]
    # What asks for more than its words shows it in the examples of other messages; `[` begins a list, not a text.
    asking = {f"{entry.id}: {item.message}" for entry, item in items if len(item.model_fields_set) > 1}
    assert [one for one in without if one not in asking and ": [" not in one] == LEFT_OUT
    left_out = {*without}
    tested = {entry.id for entry, item in items if f"{entry.id}: {item.message}" not in left_out}
    assert {message.entry.id for message in every_message} == tested


@pytest.mark.parametrize("render", RENDERINGS, ids=lambda render: render.__name__)
def test_renderings(render, every_message: list[Message], catalog: Catalog) -> None:
    wrong = []
    for entry, text, hints, beside in every_message:
        if render is wrapped and any(str(item.message).endswith((":text}", ":list}")) for item in entry.items):
            continue  # what is open at its end ends with its line: the next may be anybody's
        if render in (typographic, mojibake, backticks) and beside == "body":
            continue  # a body with other quotes is no body, and what it holds beside the message cannot be read
        answer = catalog.classify(render(text), **hints)
        if answer.entry != entry.id and entry.id not in EXCEPTED:
            wrong.append((entry.id, answer.entry, render(text)))
    assert wrong == []


def test_folding_keeps_lengths(every_message: list[Message]) -> None:
    """A place in the folded text is the same place in the text: params keep their capitals."""
    for message in every_message:
        assert len(fold(normalise(message.text))) == len(normalise(message.text))
