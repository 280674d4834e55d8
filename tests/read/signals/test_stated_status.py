"""In the text of an error, a number is a status where any word says so, or where the text begins with it."""

from __future__ import annotations

import pytest

from errdex.classifier.catalog import Catalog
from errdex.read.lines import Lines
from errdex.read.signals.status import find_stated
from errdex.rules.tokens import STATUS_WORDS


def stated(text: str) -> list[int]:
    return [seen.status for seen in find_stated(Lines(text), STATUS_WORDS)]


STATED = [
    ("401 status code (no body)", 401),
    ("HTTP 429: slow down", 429),
    ("last status: 429", 429),
    ("got 503 from upstream", 503),
    ("returned 502", 502),
    ("the server responded with a 413", 413),
    ("request failed with 404", 404),
    ("upstream: 504", 504),
    ("the call ended with Too Many Requests, 429 Too Many Requests", 429),
    ("we saw 503 Service Unavailable", 503),
    ("Error 529", 529),
    ("状态码 503", 503),
    ("错误码：429", 429),
    ("429", 429),
    ("[429] wait", 429),
]


@pytest.mark.parametrize(("text", "status"), STATED)
def test_stated(text: str, status: int) -> None:
    assert stated(text) == [status]


@pytest.mark.parametrize(
    "text",
    [
        "429 tokens",
        "1,429 tokens",
        "took 500 ms",
        "took 500ms",
        "after 408 s",
        "in 429 seconds",
        "line 404",
        "error in line 404",
        "max 500 requests",
        "received 404 bytes",
        "a total of 400 items",
        "failed after 500 attempts",
        "request failed: expected at most 512, got 429 tokens",
        "request id 503",
        "see issue #404",
        "model gpt-500",
        "version 4.0.429",
        "$429",
        "return HTTPException(429)",
        "| 429 | wait |",
        '"GET /v1/models HTTP/1.1" 404 153',
    ],
)
def test_numbers_that_are_none(text: str) -> None:
    """Amounts, durations, places, ids, source code and the lines of an access log."""
    assert stated(text) == []


@pytest.mark.parametrize(("text", "status"), STATED)
def test_the_answer_has_it(text: str, status: int, catalog: Catalog) -> None:
    """`classify` has the status; `detect` asks for the forms of clients, and most of these are none."""
    assert catalog.classify(text).status == status
    assert catalog.detect(text).status in (status, None)


@pytest.mark.parametrize("text", ["last status: 429", "got 503 from upstream", "returned 502", "429", "状态码 503"])
def test_nobody_says_that_it_is_an_error(text: str, catalog: Catalog) -> None:
    assert not catalog.detect(text)


def test_a_stricter_form_is_enough(catalog: Catalog) -> None:
    """Where a client's form gives the status, other numbers are not asked."""
    assert catalog.classify("request 503 failed: status_code: 404, body: {'message': 'x'}").status == 404
