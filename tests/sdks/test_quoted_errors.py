"""A 400 that quotes the text of another error, as a user's own words, stays what it is: through the SDKs of Cohere and OpenAI."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from errdex.classifier.catalog import Catalog
from errdex.model.category import Category
from tests.local_server import Server
from tests.sdks.clients import WHY, Calls, outcome
from tests.sdks.cohere_answers import ANSWERS

_TEXTS = {
    Category.UNKNOWN: "Unknown error",
    Category.CONNECTION: "Connection error.",
    Category.OVERLOADED: "The engine is currently overloaded, please try again later",
    Category.TIMEOUT: "Request timed out.",
    Category.PERMISSION: "You have insufficient permissions for this operation.",
    Category.CONFLICT: "resource already exists",
    Category.SERVER_ERROR: "internal server error, this has been reported to our developers",
}
for sent in ANSWERS:
    if isinstance(sent.body, dict) and "'" not in (text := sent.body.get("message") or "'"):
        _TEXTS.setdefault(sent.category, text)
QUOTED = [pytest.param(text, id=category) for category, text in _TEXTS.items() if category != Category.INVALID_REQUEST]

_FORMS = {
    "tool call id": "invalid request: tool call id '{}' is not valid",
    "message": "message with text '{}' is not valid",
    "parameter": "unknown value \"{}\" for parameter 'user_message'",
    "with status": "invalid request: the text 'HTTP 429 {}' is not a document",
}


@pytest.fixture(scope="module")
def cohere_chat(one_server: Server) -> Iterator:
    cohere = pytest.importorskip("cohere", reason=f"cohere {WHY}")
    with cohere.ClientV2("a-key", base_url=one_server.url, timeout=10) as client:
        yield lambda: client.chat(
            model="m", messages=[{"role": "user", "content": "hi"}], request_options={"max_retries": 0}
        )


@pytest.fixture(scope="module")
def openai_chat(one_server: Server) -> Iterator:
    made = Calls(one_server.url)
    with made.stack:
        yield made["openai"]


def test_every_category_is_quoted() -> None:
    """A text of each category."""
    assert set(_TEXTS) | {Category.INVALID_REQUEST} == set(Category)


@pytest.mark.parametrize("form", _FORMS)
@pytest.mark.parametrize("text", QUOTED)
def test_cohere(text: str, form: str, server: Server, cohere_chat, catalog: Catalog) -> None:
    """Cohere's body, the SDK's exception and its text."""
    server.answer(400, {"id": "63e33405-a687-4064-bf9e-bfeb608628c8", "message": _FORMS[form].format(text)})
    error = outcome(cohere_chat)
    for raw in (error, error.body, str(error)):
        answer = catalog.classify(raw, **({"status": 400} if raw is error.body else {}))
        assert answer.category in _allowed(form, catalog), raw
        assert not answer.retryable, raw


def _allowed(form: str, catalog: Catalog) -> set[Category]:
    """Return the categories of a 400 of this form: the plain one, and that of its own words about any other text."""
    return {Category.INVALID_REQUEST, catalog.classify(_FORMS[form].format("it is raining again"), status=400).category}


@pytest.mark.parametrize("form", _FORMS)
@pytest.mark.parametrize("text", QUOTED)
def test_openai(text: str, form: str, server: Server, openai_chat, catalog: Catalog) -> None:
    """OpenAI's body, the SDK's exception and its text."""
    error = {"message": _FORMS[form].format(text), "type": "invalid_request_error", "param": "messages", "code": None}
    server.answer(400, {"error": error})
    raised = outcome(openai_chat)
    for raw in (raised, str(raised)):
        answer = catalog.classify(raw)
        assert answer.category in _allowed(form, catalog), raw
        assert not answer.retryable, raw
