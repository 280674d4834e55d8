"""Bodies of exceptions and parsed bodies: status and message wherever the SDK put them."""

from __future__ import annotations

import pytest

from errdex.classifier.catalog import Catalog
from errdex.model.category import Basis, Category

MODEL = "model 'xyz' not found, make sure the correct model ID was used and that you have access to the model."


class ApiError(Exception):
    """Shaped like the one of Cohere's Python SDK."""

    def __init__(self, *, headers: dict | None = None, status_code: int | None = None, body: object = None) -> None:
        self.headers = headers
        self.status_code = status_code
        self.body = body


class NotFoundError(ApiError):
    """Shaped like a subclass of it."""


ApiError.__module__ = "cohere.core.api_error"


NotFoundError.__module__ = "cohere.errors.not_found_error"


@pytest.mark.parametrize(
    "body",
    [
        {"message": MODEL},
        {"id": "x", "message": MODEL},
        {"error": {"message": MODEL, "type": "invalid_request_error"}},
        {"detail": MODEL},
        f'{{"message": "{MODEL}"}}',
        f'{{"message": "{MODEL}"}}'.encode(),
        str({"message": MODEL}),
        MODEL,
    ],
    ids=["dict", "id", "inner", "detail", "json", "bytes", "repr", "text"],
)
def test_exception(body: object, catalog: Catalog) -> None:
    """Status and message are found wherever the SDK put them."""
    answer = catalog.classify(NotFoundError(headers={"x": "y"}, status_code=404, body=body))
    assert (answer.entry, answer.status, answer.params) == ("cohere/model-not-found", 404, {"model": "xyz"})
    assert answer.basis is Basis.MESSAGE


def test_exception_without_a_known_message(catalog: Catalog) -> None:
    """The class and the status of Cohere's SDK are Cohere's default."""
    answer = catalog.classify(NotFoundError(status_code=404, body={"message": "a text nobody knows"}))
    assert (answer.entry, answer.provider, answer.basis) == ("cohere/404", "cohere", Basis.STATUS)
    answer = catalog.classify(NotFoundError())
    assert (answer.entry, answer.basis) == ("cohere/404", Basis.EXCEPTION)


def test_exception_with_headers(catalog: Catalog) -> None:
    """The wait of the response's headers is used."""
    error = ApiError(headers={"Retry-After": "7"}, status_code=429, body={"message": "Please wait and try again later"})
    answer = catalog.classify(error)
    assert (answer.retryable, answer.retry_after) == (True, 7.0)


def test_plain_exception(catalog: Catalog) -> None:
    """An exception that only carries text is read like the text."""
    assert catalog.classify(RuntimeError("invalid api token")).category is Category.AUTHENTICATION
    assert not catalog.classify(KeyError("message"))


@pytest.mark.parametrize(
    ("body", "entry"),
    [
        ({"message": "invalid api token"}, "cohere/invalid-api-key"),
        ({"statusCode": 401, "body": {"message": "invalid api token"}}, "cohere/invalid-api-key"),
        ([{"error": {"message": "invalid api token"}}], "cohere/invalid-api-key"),
        ({"text": "x", "finish_reason": "ERROR_TOXIC"}, "cohere/finish-toxic"),
        ({"finish_reason": "COMPLETE"}, None),
    ],
)
def test_mapping(body: object, entry: str | None, catalog: Catalog) -> None:
    """Parsed bodies are read as they are."""
    answer = catalog.classify(body)
    assert (
        (answer.entry == entry)
        if entry is None or entry != "cohere/finish-toxic"
        else answer.category is Category.CONTENT_FILTER
    )


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"kind": "bad_credential", "text": "invalid api token, please check it"}},
        {"failure": {"explanation": "The API key is invalid: it was revoked by its owner"}},
        {"ok": False, "why": "The API key is invalid: it was revoked by its owner"},
        {"base_resp": {"status_code": 77, "status_msg": "The API key is invalid: it was revoked by its owner"}},
        {"code": 40101, "desc": "The API key is invalid: it was revoked by its owner"},
    ],
    ids=lambda body: next(iter(body)),
)
def test_a_message_under_a_name_that_nobody_knows(body: dict, catalog: Catalog) -> None:
    assert catalog.classify(body).category is Category.AUTHENTICATION


@pytest.mark.parametrize(
    "body",
    [
        {"ok": True, "why": "The API key is invalid: it was revoked by its owner"},
        {"title": "Rotating keys", "summary": "The API key is invalid: it was revoked by its owner"},
        {"base_resp": {"status_code": 0, "status_msg": "success"}},
        {"success": True, "data": {"note": "your balance is too low for another month"}},
    ],
    ids=lambda body: next(iter(body)),
)
def test_a_sentence_in_a_body_that_reports_no_failure(body: dict, catalog: Catalog) -> None:
    assert not catalog.classify(body)


@pytest.mark.parametrize(
    "text",
    [
        '{"acme": "The API key is invalid: it was revoked by its owner"}',
        'We met this: {"type": "undefined", "info": "[401 Unauthorized] The API key is invalid: it was revoked"} again',
        '{"acme": "tool error: {\\"error_type\\":\\"HTTPError\\",\\"message\\":\\"The API key is invalid\\"}"}',
    ],
)
def test_a_text_in_which_somebody_passes_an_error_on(text: str, catalog: Catalog) -> None:
    """Whatever the key: nobody says of a successful answer that it is an error."""
    assert catalog.classify(text).category is Category.AUTHENTICATION
    assert not catalog.detect(text) or "401" in text


@pytest.mark.parametrize(
    "text",
    [
        '{"ok": true, "why": "The API key is invalid: it was revoked by its owner"}',
        '{"text": "The API key is invalid: it was revoked by its owner", "finish_reason": "COMPLETE"}',
        '{"prompt": "The API key is invalid: it was revoked by its owner", "seed": 4}',
    ],
)
def test_a_text_that_passes_an_answer_or_a_request_on(text: str, catalog: Catalog) -> None:
    assert not catalog.classify(text)


def test_a_title_beside_a_status_is_its_reason(catalog: Catalog) -> None:
    assert catalog.classify("Error code: 429 - {'status': 429, 'title': 'Too Many Requests'}").status == 429


def test_a_machine_code_alone(catalog: Catalog) -> None:
    assert catalog.classify({"code": "resource_exhausted"}).category is Category.RATE_LIMIT
    assert not catalog.classify({"code": "all_good"})
