"""A status counts in the forms in which clients write it; of several, the one nearest the body."""

from __future__ import annotations

import pytest

from errdex.classifier.catalog import Catalog
from errdex.model.category import Basis


@pytest.mark.parametrize(
    ("text", "status", "basis"),
    [
        ("status_code: 404, body: {'id': 'x', 'nothing': 'known'}", 404, Basis.STATUS),
        ("Client error '404 Not Found' for url 'https://api.cohere.ai/v2/chat'", 404, Basis.STATUS),
        ("403 Client Error: Forbidden for url: https://api.cohere.com", 403, Basis.STATUS),
        ("cohere.errors.too_many_requests_error.TooManyRequestsError: status_code: 429", 429, Basis.STATUS),
        ("cohere.errors.too_many_requests_error.TooManyRequestsError", 429, Basis.EXCEPTION),
        ("NotFoundError\nStatus code: 404\nBody: {}", 404, Basis.STATUS),
        ("502 Bad Gateway", 502, None),
        ("Error code: 418 - {'error': {'message': 'a text nobody knows'}}", 418, Basis.STATUS),
        ('{"error":{"message":"a text nobody knows","code":409}}', 409, Basis.STATUS),
    ],
)
def test_status_alone(text: str, status: int, basis: Basis | None, catalog: Catalog) -> None:
    """Where no message is known, a status counts in the forms in which clients write it."""
    answer = catalog.classify(text)
    assert answer
    assert answer.status == status
    assert basis in (None, answer.basis)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("500: AzureException NotFoundError - Error code: 404 - {'error': {'message': 'invalid api token'}}", 404),
        ("status_code: 401, body: {'message': 'invalid api token'}", 401),
        ('{"statusCode": 401, "body": {"message": "invalid api token"}}', 401),
        ('HTTP/1.1 401 Unauthorized\r\nServer: x\r\n\r\n{"message": "invalid api token"}', 401),
        ("connector not reachable at https://a.b/search. error: request failed with status code 405", 400),
        ("status_code: 400, body: {'message': 'connector not reachable at https://a.b/search. error: 405'}", 400),
    ],
)
def test_nearest_status(text: str, status: int, catalog: Catalog) -> None:
    """Of several statuses the one nearest the deciding body wins; one inside the message never does."""
    assert catalog.classify(text).status == status


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ('400 Bad Request: prompt was: "Error code: 429 - Rate limit exceeded"', 400),
        (
            'BadRequestError: status_code: 400, body: {"message":"bad input"} for prompt: "why 503 Service Unavailable: internal server error?"',
            400,
        ),
    ],
)
def test_quoting_beside_an_error(text: str, status: int, catalog: Catalog) -> None:
    """A quotation changes neither the status nor the verdict of the error that it stands beside."""
    answer = catalog.classify(text)
    assert (answer.status, answer.retryable) == (status, False)
