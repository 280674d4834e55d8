"""What the service itself says about a retry."""

from __future__ import annotations

import pytest

from errdex.classifier.catalog import Catalog
from errdex.model.category import Category
from errdex.read.signals.should_retry import should_retry

DUMP = "HTTP/1.1 500 Internal Server Error\nx-should-retry: {}\n\n{{'error': {{'message': 'zorb'}}}}"


@pytest.mark.parametrize(
    ("headers", "fields", "said"),
    [
        ({"x-should-retry": "false"}, [], False),
        ({"x-should-retry": "True "}, [], True),
        ({"x-should-retry": "perhaps"}, [], None),
        ({"x-should-retry": "true"}, [("error.isRetryable", False)], True),
        ({}, [("data.isRetryable", False)], False),
        ({}, [("error.retryable", False)], False),
        ({}, [("isRetryable", True)], None),
        ({}, [("isRetryable", True), ("cause.isRetryable", False)], None),
        ({}, [("isRetryable", "false")], None),
        ({}, [], None),
    ],
)
def test_said(headers: dict[str, str], fields: list[tuple[str, object]], said: bool | None) -> None:
    assert should_retry(headers, fields) is said


def test_it_overrides_a_status(catalog: Catalog) -> None:
    answer = catalog.classify(DUMP.format("false"))
    assert (answer.category, answer.retryable, answer.action) == (Category.SERVER_ERROR, False, "none")
    assert "does not help" in answer.fix
    answer = catalog.classify({"status": 409, "message": "zorb", "headers": {"x-should-retry": "true"}})
    assert (answer.category, answer.retryable, answer.action) == (Category.CONFLICT, True, "retry")


def test_a_client_says_no(catalog: Catalog) -> None:
    """The AI SDK's errors do."""
    seen = {"name": "AI_APICallError", "message": "zorb", "statusCode": 500, "isRetryable": False}
    assert not catalog.classify(seen).retryable
    assert catalog.classify(seen | {"isRetryable": True}).retryable


@pytest.mark.parametrize(
    ("message", "retryable"),
    [("Rate limit reached for requests", True), ("Incorrect API key provided: sk-abc", False)],
)
@pytest.mark.parametrize("said", ["true", "false"])
def test_a_listed_message_says_more(message: str, retryable: bool, said: str, catalog: Catalog) -> None:
    seen = {"error": {"message": message}, "headers": {"x-should-retry": said}}
    assert catalog.classify(seen).retryable is retryable
