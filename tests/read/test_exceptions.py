"""Responses and objects by their shape: status, headers and body are read as data."""

from __future__ import annotations

import dataclasses
import enum
import io
import urllib.error
from email.message import Message
from types import ModuleType

import pytest

from errdex.classifier.catalog import Catalog
from errdex.model.category import Basis, Category
from tests.exceptions import QUOTA, ApiError, Response, StatusError


@pytest.mark.parametrize("holder", [lambda response: response, StatusError], ids=["response", "exception"])
def test_response(holder: object, catalog: Catalog) -> None:
    """Status, headers and body are read, the body from where the client has put it already."""
    response = Response(429, b'{"message": "Please wait and try again later"}', {"Retry-After": "7"})
    answer = catalog.classify(holder(response))
    assert (answer.status, answer.retryable, answer.retry_after, answer.basis) == (429, True, 7.0, Basis.MESSAGE)
    answer = catalog.classify(holder(Response(429, QUOTA.encode())))
    assert (answer.entry, answer.retryable) == ("cohere/trial-key-per-month", False)
    assert catalog.classify(holder(Response(503, b"<html>no</html>"))).category is Category.OVERLOADED


def test_success_with_an_error(catalog: Catalog) -> None:
    """A 200 may report that the model failed; what a model says reports nothing."""
    answer = catalog.classify(Response(200, b'{"text": "", "finish_reason": "ERROR_TOXIC"}'))
    assert (answer.entry, answer.category) == ("cohere/finish-toxic", Category.CONTENT_FILTER)
    assert not catalog.classify(Response(200, b'{"text": "invalid api token", "finish_reason": "COMPLETE"}'))


def test_a_response_inside_is_read_only_as_data(catalog: Catalog) -> None:
    """One that was not read has a status and headers, and nothing is read from the network."""

    class Unread:
        def __init__(self) -> None:
            self.status, self.headers = 429, Message()
            self.headers["Retry-After"] = "7"

        def read(self) -> bytes:
            raise AssertionError("the network was read")

    answer = catalog.classify(Unread())
    assert (answer.entry, answer.retry_after) == ("http/429", 7.0)
    headers = Message()
    headers["Retry-After"] = "7"
    error = urllib.error.HTTPError("https://api.cohere.com/v1/chat", 429, "Too Many Requests", headers, io.BytesIO())
    answer = catalog.classify(error)
    assert (answer.provider, answer.status, answer.retry_after) == ("cohere", 429, 7.0)
    error.close()


class FinishReason(enum.Enum):
    TOXIC = "ERROR_TOXIC"
    COMPLETE = "COMPLETE"


@dataclasses.dataclass
class Answer:
    """An SDK's object for a successful answer."""

    finish_reason: FinishReason
    text: str = "invalid api token"


@dataclasses.dataclass
class Event:
    type: str
    response: Answer


@pytest.mark.parametrize("wrap", [lambda answer: answer, lambda answer: Event("stream-end", answer)])
def test_objects_of_sdks(wrap: object, catalog: Catalog) -> None:
    """An SDK's object is read like the JSON that it was made of."""
    assert catalog.classify(wrap(Answer(FinishReason.TOXIC))).entry == "cohere/finish-toxic"
    assert not catalog.classify(wrap(Answer(FinishReason.COMPLETE)))


@pytest.mark.parametrize("raw", [Answer, ModuleType("invalid api token"), print, object(), 429, Ellipsis])
def test_other_objects(raw: object, catalog: Catalog) -> None:
    """Classes, modules, functions and numbers are no errors."""
    assert not catalog.classify(raw)


def test_derived_classes(catalog: Catalog) -> None:
    """A program's own class stands for the SDK's that it derives from."""

    class NotFoundError(ApiError):
        pass

    NotFoundError.__module__, NotFoundError.__qualname__ = "cohere.errors.not_found_error", "NotFoundError"

    class OwnError(NotFoundError):
        pass

    answer = catalog.classify(OwnError())
    assert (answer.entry, answer.provider) == ("cohere/404", "cohere")


def test_documents_of_an_answer_report_nothing(catalog: Catalog) -> None:
    text = "You exceeded your current quota, please check your plan and billing details."
    assert not catalog.classify({"results": [{"index": 0, "document": {"message": text}}]})


@pytest.mark.parametrize(
    ("called", "provider"), [("openai", "openai"), ("cohere", "cohere"), ("nobody", None), (7, None)]
)
def test_a_gateway_names_the_provider_that_it_called(called: object, provider: str | None, catalog: Catalog) -> None:
    """LiteLLM's exceptions do; a name that no provider bears says nothing."""
    error = RuntimeError("slow down, please")
    error.status_code, error.llm_provider = 429, called
    assert catalog.classify(error).provider == provider


def test_an_error_object_as_an_attribute(catalog: Catalog) -> None:
    """Programs keep the error out of a body as `error`; a flag of that name says nothing."""

    class CallFailed(Exception):
        error: object = None

    error = CallFailed("the call failed")
    error.error = {
        "code": 429,
        "status": "RESOURCE_EXHAUSTED",
        "message": "Resource has been exhausted (e.g. check quota).",
    }
    answer = catalog.classify(error)
    assert (answer.entry, answer.status) == ("google/rate-limit", 429)
    error.error = True
    assert catalog.classify(error).entry is None
