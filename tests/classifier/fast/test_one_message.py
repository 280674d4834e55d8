"""The fast path for errors that are one message gives the answers of the reference."""

from __future__ import annotations

from typing import Any

import pytest

from errdex.authoring.source import Source
from errdex.classifier.catalog import Catalog
from errdex.model.classification import Classification
from tests.catalog.messages import Message
from tests.conftest import Share
from tests.exceptions import ApiError
from tests.wrappers import WRAPPERS


class NotFoundError(ApiError):
    """Shaped like a subclass of the one of Cohere's SDK."""


NotFoundError.__module__ = "cohere.errors.not_found_error"


class CopyingError(Exception):
    """Shaped like those of the SDKs of OpenAI, Anthropic and Groq."""

    def __init__(self, status_code: int, body: dict, headers: dict | None) -> None:
        error = body.get("error", body)
        self.message = f"Error code: {status_code} - {error['message']}"
        super().__init__(self.message)
        self.request, self.body, self.status_code, self.request_id = None, body, status_code, "req-1"
        self.code, self.param, self.type = error.get("code"), error.get("param"), error.get("type")
        self.response = type("Response", (), {})()
        self.response.headers, self.response.status_code = headers, status_code


CopyingError.__module__ = "openai"
CODES = [None, "rate_limit_exceeded", "insufficient_quota", "hamster_tired", "429"]


@pytest.fixture(scope="module")
def plain_examples(source: Source) -> list[tuple[str, int]]:
    """Return the examples that hold no body, each with a status of its entry."""
    found = [
        (example, (entry.statuses or [400])[0])
        for entry in source.entries.values()
        for example in entry.examples
        if isinstance(example, str) and "{" not in example
    ]
    assert len(found) > 1_200
    return found


@pytest.mark.parametrize("wrap", [lambda error: error, lambda error: {"error": error, "type": "error"}])
@pytest.mark.parametrize("code", CODES)
def test_the_fast_path_of_copying_sdks(
    wrap: object, code: str | None, catalog: Catalog, plain_examples: list[tuple[str, int]], share: Share
) -> None:
    """The same for SDKs that copy the body's codes and keep the headers in the response."""
    for example, status in share(plain_examples, CODES.index(code)):
        body = wrap({"message": example, "type": "invalid_request_error", "param": None, "code": code})
        error = CopyingError(status, body, {"retry-after": "7"})
        assert catalog.classify(error) == catalog.classify_all(error)[0], example


def test_the_fast_path_gives_the_answers_of_the_reference(
    catalog: Catalog, plain_examples: list[tuple[str, int]], share: Share
) -> None:
    """An exception that holds one message is answered at once, and like one that is read as a whole."""
    for example, status in share(plain_examples, 0):
        error = NotFoundError(status, example, {"retry-after": "7"})
        assert catalog.classify(error) == catalog.classify_all(error)[0], example


def by_the_reference(catalog: Catalog, text: str, **hints: Any) -> Classification:
    """Return what the evidence and the order give."""
    return next(iter(catalog.classify_all(text, **hints)), Classification())


def test_one_message_is_answered_like_the_reference(every_message: list[Message], catalog: Catalog) -> None:
    """The fast path for a text that is one message gives what the evidence and the order give."""
    for _, text, hints, _ in every_message:
        assert catalog.classify(text, **hints) == by_the_reference(catalog, text, **hints), text


@pytest.mark.once
@pytest.mark.parametrize("wrap", WRAPPERS, ids=lambda wrap: wrap.__name__)
def test_one_wrapped_message_is_answered_like_the_reference(
    wrap, every_message: list[Message], catalog: Catalog, share: Share
) -> None:
    """The fast path for a text that is heads and a body gives what the evidence and the order give."""
    some = share(every_message, WRAPPERS.index(wrap))
    texts = [(entry.id, wrap(text, (entry.statuses or [400])[0])) for entry, text, *_ in some]
    assert [name for name, text in texts if catalog.classify(text) != by_the_reference(catalog, text)] == []


HEADS = [
    "An error occurred (ValidationException) when calling the InvokeModel operation: ",
    "\x1b[31mERROR\x1b[0m app: ",
    "2026-06-05 11:12:00,244 ERROR app.llm: call failed: ",
    "console.log: ",
]


@pytest.mark.parametrize("head", HEADS)
def test_heads_are_read_the_same_by_both(
    head: str, every_message: list[Message], catalog: Catalog, share: Share
) -> None:
    """A head's code, colours, and a logger's name that looks like code do not make the two disagree."""
    for entry, message, *_ in share(every_message, HEADS.index(head)):
        text = f"{head}status_code: {(entry.statuses or [400])[0]}, body: {{'message': {message!r}}}"
        every = catalog.classify_all(text)
        assert every, text
        assert catalog.classify(text) == every[0], text
