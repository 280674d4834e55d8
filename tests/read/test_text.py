"""What a text must show to be an API error, and what of it is left alone."""

from __future__ import annotations

import pytest

from errdex.classifier.catalog import Catalog
from errdex.model.category import Basis, Category
from tests import DATA

# Lines in which a number, a class or a word looks like an API error, and none is.
INNOCENT = [
    '203.0.113.9 - - [21/Nov/2026:04:19:37 +0000] "GET /v1/models HTTP/1.1" 404 153 "-" "curl/8.0"',
    '203.0.113.9 - - [21/Nov/2026:04:19:37 +0000] "POST /api/chat HTTP/1.1" 503 0 "-" "python-requests/2.32"',
    'INFO:     127.0.0.1:51234 - "POST /v1/chat HTTP/1.1" 429 Too Many Requests',
    '2026-06-05 11:11:52,505 [INFO] httpx: HTTP Request: POST https://api.cohere.com/v1/chat "HTTP/1.1 200 OK"',
    'raise HTTPException(status_code=503, detail="The search service is busy. Please try again in a minute.")',
    "    raise CohereAPIError(message=json_response['message'], http_status=status_code)",
    "except cohere.errors.TooManyRequestsError:",
    "402 responses are sent when the account has reached its billing limit.",
    "| 429 | Too many requests | wait and retry |",
    "INFO retry: attempt 2/5 succeeded after 3.1s, total tokens 401",
    "ERROR:  duplicate key value violates unique constraint (id)=(404) already exists.",
    "redis.exceptions.ConnectionError: Error 111 connecting to localhost:6379. Connection refused.",
    "psycopg2.OperationalError: connection to server at localhost, port 5432 failed: Connection refused",
    "elasticsearch.NotFoundError: NotFoundError(404, 'index_not_found_exception', 'no such index [logs]')",
    "TimeoutError",
    "KeyError: 'COHERE_API_KEY'",
    "Killed process 4081 (python3) total-vm:4292kB, anon-rss:500kB",
    "processed 500 rows in 429 ms",
    "step 404/500 loss=0.4081",
    '{"level":"info","msg":"request done","status":200,"duration_ms":503}',
    '{"text": "A model may answer: invalid api token", "finish_reason": "COMPLETE"}',
    '{"finish_reason": "MAX_TOKENS", "text": "cut"}',
    "        - ERROR_TOXIC",
    "The server said no api key supplied when we tried it last week, so we wrote this page.",
    "metrics: code=rate_limit_exceeded count=0",
    "",
    " ",
    "\x00\x01\x02",
]


@pytest.mark.parametrize("text", INNOCENT)
def test_innocent(text: str, catalog: Catalog) -> None:
    """A text that is no API error gets no answer."""
    answer = catalog.detect(text)
    assert not answer
    assert answer.basis is Basis.NONE
    assert answer.category is Category.UNKNOWN


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("innocent_lines.txt", 533),
        ("innocent_logs.txt", 259),
        ("innocent_more.txt", 1_315),
        ("innocent_reports.txt", 410),
    ],
)
def test_innocent_lines(name: str, count: int, catalog: Catalog) -> None:
    """Logs of servers, databases, programs and clusters, source code and prose: no answer."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    assert len(lines) >= count
    answers = [(line, catalog.detect(line).entry) for line in lines if catalog.detect(line)]
    assert answers == []
