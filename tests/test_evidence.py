"""What is read out of raw errors, and what is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdex.classifier.catalog import Catalog
from errdex.model.category import Basis, Category
from errdex.read.formats.embedded import find_bodies
from errdex.read.formats.tracebacks import without_frames
from errdex.read.labels import Labels
from errdex.read.lines import Lines

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
    answer = catalog.classify(text)
    assert not answer
    assert answer.basis is Basis.NONE
    assert answer.category is Category.UNKNOWN
    assert catalog.classify_all(text) == []


def test_innocent_lines(catalog: Catalog) -> None:
    """Logs of servers, databases, programs and clusters, source code and prose: 500 lines, no answer."""
    lines = (Path(__file__).parent / "data" / "innocent_lines.txt").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 500
    answers = [(line, catalog.classify(line).entry) for line in lines if catalog.classify(line)]
    assert answers == []


QUOTING = [
    '{"model":"command-r","message":"internal server error"}',
    "DEBUG request body: {'model': 'command-r', 'message': 'internal server error', 'chat_history': []}",
    '{"commit":{"message":"Internal Server Error"},"sha":"abc"}',
    '{"hits":[{"_source":{"message":"internal server error"}}]}',
    '{"title":"invalid api token","body":"I get this error from cohere","state":"open","number":429}',
    '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"429 Too Many Requests"}}',
    '[2025-11-21 10:11:12] INFO prompt="Error code: 429 - Rate limit exceeded" tokens=12',
    "User: I get cohere.errors.TooManyRequestsError: status_code: 429\nBot: wait a minute",
    'return Response({"error": "invalid api token"}, status=401)',
    "# Invalid type: should be ignored",
    "| 401 | invalid api token |",
    "## 429 Too Many Requests",
    "from openai import APITimeoutError",
    "KeyError: 429",
    "OpenAI: 500 employees",
]


@pytest.mark.parametrize("text", QUOTING)
def test_quoting(text: str, catalog: Catalog) -> None:
    """Who quotes an error, sends one to a model or writes about one, has none."""
    assert not catalog.classify(text)


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


@pytest.mark.parametrize(
    "text",
    [
        '{"error": "Cohere API error: invalid api token"}',
        "Failed to call Cohere: invalid api token",
        "[cohere] invalid api token",
        'level=ERROR msg="rerank failed" err="CohereAPIError: invalid api token"',
        "{\"textPayload\": \"cohere.errors.UnauthorizedError: status_code: 401, body: {'message': 'invalid api token'}\"}",
        'HTTP/1.1 200 OK\n\n{"error":{"code":401,"message":"invalid api token"}}',
    ],
)
def test_clients_put_words_in_front(text: str, catalog: Catalog) -> None:
    """A client's own words before the message do not hide it."""
    assert catalog.classify(text).entry == "cohere/invalid-api-key"


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
    ("text", "values"),
    [
        ('{"message": "a"}', [{"message": "a"}]),
        ("{'message': \"it's\"}", [{"message": "it's"}]),
        ("x {message=not found, code=3} y", [{"message": "not found", "code": "3"}]),
        (
            "{\n  statusCode: 400,\n  body: {\n    message: 'no'\n  }\n}",
            [{"statusCode": 400, "body": {"message": "no"}}],
        ),
        ('{\\"message\\": \\"a \\\\\\"b\\\\\\"\\"}', [{"message": 'a "b"'}]),
        ('{"message": "cut off in the mid', [{"message": "cut off in the mid"}]),
        ('{"a": [1, {"b": None, "c": True}], ...', [{"a": [1, {"b": None, "c": True}]}]),
        (
            "map[code:gone message:The model `x` is gone. param:<nil>]",
            [{"code": "gone", "message": "The model `x` is gone.", "param": "<nil>"}],
        ),
        ('b\'{\\n  "message": "a"\\n}\'', [{"message": "a"}]),
        ("{'a': 'one ' +\n  'two'}", [{"a": "one two"}]),
        ('"message":"begin was cut", "code": 1}', [{"message": "begin was cut", "code": 1}]),
        ("f(x) { return {y} } and {}", []),
        ("set {1, 2, 3} of {", []),
    ],
)
def test_bodies(text: str, values: list, catalog: Catalog) -> None:
    """Objects are found as JSON, reprs of Python, Java, Go and JavaScript, escaped and cut off."""
    assert [body.value for body in find_bodies(text)] == values


@given(st.text(alphabet="{}[]\"':,=\\ab1 \n", max_size=200))
@settings(max_examples=500, deadline=None)
def test_bodies_never_fail(text: str) -> None:
    """Whatever the text, the reader ends, and its bodies lie in order inside the text."""
    position = 0
    for body in find_bodies(text):
        assert position <= body.start <= body.end <= len(text)
        position = body.end


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("invalid api token", "INVALID API TOKEN", True),
        ("request cancelled", "the request cancelled the order", False),
        ("cohere: request cancelled", "checkout: request cancelled", False),
        ("Error code: 499 - request cancelled", "job 17: request cancelled", False),
    ],
)
def test_support(first: str, second: str, same: bool, catalog: Catalog) -> None:
    """A short wording counts alone, or beside a status, a class or a provider's name."""
    assert catalog.classify(first)
    assert (catalog.classify(second).entry == catalog.classify(first).entry) is same


def test_secret_is_not_returned(catalog: Catalog) -> None:
    """A key in a message is matched and stays where it is."""
    answer = catalog.classify(
        "Incorrect API key provided: sk-abcdefgh12345678. You can find your API key at "
        "https://platform.openai.com/account/api-keys."
    )
    assert answer.category is Category.AUTHENTICATION
    assert "sk-abcdefgh" not in repr(answer)


PYTHON = """Traceback (most recent call last):
  File "/app/main.py", line 4, in <module>
    answer = ask(
             ^^^^
  File "/app/ask.py", line 9, in ask
    raise ValueError("too many tokens")
  [Previous line repeated 4 more times]
"""
JAVA = "\n\tat com.cohere.api.Cohere.chat(Cohere.java:66)"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (PYTHON + "KeyError: 'x'", "KeyError: 'x'"),
        (PYTHON + "ApiError: body: {\n    'message': 'no api key supplied'\n}", None),
        (f"{PYTHON}ValueError: a\n\nDuring handling:\n\n{PYTHON}KeyError: b", None),
        (f"com.cohere.ApiError: too many tokens{JAVA}{JAVA}{JAVA}\n\t... 12 more\nCaused by: x{JAVA}", None),
        ("ApiError: too many tokens\n    at f (a.js:1:2)\n    at g (b.js:3:4)\nNode.js v22", None),
        ('2026-11-21 ERROR\n  File uploads are closed\n  File "a.txt" is missing', None),
        ("Dear all,\n    at noon we met\nBest", "Dear all,\n    at noon we met\nBest"),
    ],
)
def test_frames_go_and_messages_stay(text: str, left: str | None) -> None:
    """No word of an error is lost with the places in source code; of `at` frames the first stays."""
    found = without_frames(text)
    assert found == left if left is not None else found != text
    kept = ["KeyError", "'message': 'no api key supplied'\n}", "During handling", "Caused by: x" + JAVA, "Node.js v22"]
    assert all(words in found for words in kept if words in text)
    assert found.count(JAVA) <= 2
    assert "ask.py" not in found


def test_only_what_looks_like_a_frame_goes() -> None:
    """A list of files, or an indented body after the last frame, is no frame."""
    body = "ApiError: body: {\n    'message': 'no api key supplied'\n}"
    assert without_frames(PYTHON + body) == body
    assert without_frames("one\n    two\n  three") == "one\n    two\n  three"


WORDS = [*"ab_.$/-:'([< ", "error", "failed", "Error", "msg", "caused by", "cohere", ": "]
LABELS = st.lists(st.sampled_from(WORDS), max_size=9).map("".join)


@given(before=LABELS.map(lambda text: text + ": ") | LABELS)
def test_plain_labels_are_labels(before: str, catalog: Catalog) -> None:
    """The quick judgement of a label never says yes where the pattern says no."""
    labels: Labels = catalog._full.vocabulary.labels
    if labels._is_label(before):
        assert labels._label.search(before), before


@given(text=st.text(alphabet="a'\n :={(", max_size=60), places=st.lists(st.integers(0, 59), min_size=1))
def test_lines_do_not_depend_on_the_order_of_questions(text: str, places: list[int]) -> None:
    """What is known of one line is never told of another."""
    lines = Lines(text)
    for place in (place for place in places if place <= len(text)):
        fresh = Lines(text)
        assert lines.at(place) == fresh.at(place)
        assert lines.is_code(place) == fresh.is_code(place)
        assert lines.is_code_or_markup(place) == fresh.is_code_or_markup(place)
        assert lines.quotation_at(place) == fresh.quotation_at(place)
