"""What an API quotes back does not change what went wrong."""

from __future__ import annotations

import pytest

from errdex.classifier.catalog import Catalog
from errdex.model.category import Category
from tests.exceptions import ApiError


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("status_code: 400, body: {'message': \"invalid request: value 'internal server error' is not allowed\"}", 400),
        ("status_code: 400, body: {'message': \"invalid request: prompt 'invalid api token' is odd\"}", 400),
        ("status_code: 400, body: {'message': \"unknown field: parameter 'rate_limit' is not a valid field.\"}", 400),
        ("status_code: 400, body: {'message': 'invalid request: The read operation timed out is no valid title'}", 400),
    ],
)
def test_echoes(text: str, status: int, catalog: Catalog) -> None:
    """What the API quotes back does not change what went wrong."""
    answer = catalog.classify(text)
    assert (answer.category, answer.retryable, answer.status) == (Category.INVALID_REQUEST, False, status)


QUOTED = '{"error":{"message":"Rate limit reached for gpt-4o. Please try again in 2s.","code":"rate_limit_exceeded"}}'


@pytest.mark.parametrize(
    "message",
    [
        f"invalid request: tool call id '{QUOTED}' is not valid",
        f"message with text '{QUOTED}' is too long",
        f"`tool_use.input`: Input should be a valid dictionary, got '{QUOTED}'",
    ],
)
def test_a_quoted_body_decides_nothing(message: str, catalog: Catalog) -> None:
    """What the caller sent stands in a 400 as it was: it stays a 400."""
    answer = catalog.classify(ApiError(400, message))
    assert (answer.status, answer.retryable) == (400, False)
    assert answer.category in (Category.INVALID_REQUEST, Category.CONTEXT_LENGTH)
    # a client that got it says so before it
    for text in (f"Error: '{QUOTED}'", f"CohereException - {QUOTED}", f"call failed: b'{QUOTED}'"):
        assert catalog.classify(RuntimeError(text)).retryable, text
