"""The two questions: of `classify` somebody says that it is an error, of `detect` nobody does."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Callable

import pytest

from errdex.classifier.catalog import Catalog
from tests import DATA
from tests.exceptions import MINUTE, QUOTA, ApiError
from tests.shared_cases import CASES


class WrittenApiError(ApiError):
    """One of Cohere's SDK, written as that writes it."""

    def __str__(self) -> str:
        return f"status_code: {self.status_code}, body: {self.body}"

    def __repr__(self) -> str:
        return f"ApiError({str(self)!r})"


WrittenApiError.__module__, WrittenApiError.__name__ = ApiError.__module__, "ApiError"


class AppError(Exception):
    """A program's own class, which says nothing by itself."""


AppError.__module__ = "app.chat"


class OwnClient(Exception):
    """A client of one's own, with a status."""

    def __init__(self, status_code: int, message: str) -> None:
        super().__init__(f"HTTP {status_code}: {message}")
        self.status_code = status_code


def sdk(module: str, name: str, text: str) -> Exception:
    """Return an exception of an SDK's class that has only its text."""
    made = type(name, (Exception,), {"__module__": module})
    return made(text)


ERRORS = [
    (WrittenApiError(429, QUOTA), "quota", False),
    (WrittenApiError(429, MINUTE), "rate_limit", True),
    (WrittenApiError(401, "invalid api token"), "authentication", False),
    (WrittenApiError(404, "model 'x' not found, make sure the correct model ID was used and that you have access to the model."), "not_found", False),
    (OwnClient(429, "slow down"), "rate_limit", True),
    (OwnClient(503, "the upstream is overloaded"), "overloaded", True),
    (OwnClient(402, "please top up your balance"), "billing", False),
    (OwnClient(401, "the key is expired"), "authentication", False),
    (AppError("invalid api token"), "authentication", False),
    (AppError("You exceeded your current quota, please check your plan and billing details."), "billing", False),
    (AppError("maximum context length is 8192 tokens, yours has 9000"), "context_length", False),
    (AppError("your wallet holds no more credits"), "billing", False),
    (AppError("HTTP 429: slow down"), "rate_limit", True),
    (AppError("401 status code (no body)"), "authentication", False),
    (AppError("余额不足，请充值"), "billing", False),
    (RuntimeError("model gpt-9 does not exist or you do not have access to it"), "not_found", False),
    (sdk("openai", "RateLimitError", "Error code: 429 - {'error': {'message': 'Rate limit reached', 'type': 'requests'}}"), "rate_limit", True),
    (sdk("openai", "APITimeoutError", "Request timed out."), "connection", True),
    (sdk("openai", "APIConnectionError", "Connection error."), "connection", True),
    (sdk("anthropic", "OverloadedError", "Error code: 529 - {'type': 'error', 'error': {'type': 'overloaded_error', 'message': 'Overloaded'}}"), "overloaded", True),
]  # fmt: skip


def logged(error: Exception) -> str:
    kind = type(error)
    return f"2026-11-21 10:11:12,131 ERROR app.chat call failed: {kind.__module__}.{kind.__name__}: {error}"


FORMS: list[Callable[[Exception], object]] = [lambda error: error, str, repr, logged]


@pytest.mark.parametrize("form", FORMS, ids=["exception", "str", "repr", "log line"])
@pytest.mark.parametrize(("error", "category", "retryable"), ERRORS, ids=[repr(error)[:60] for error, *_ in ERRORS])
def test_one_error_has_one_answer(
    error: Exception, category: str, retryable: bool, form: Callable[[Exception], object], catalog: Catalog
) -> None:
    """However it is handed over."""
    answer = catalog.classify(form(error))
    assert (answer.category, answer.retryable) == (category, retryable), form(error)


def texts() -> list[str]:
    """Return the texts of all test data."""
    found = [str(case["text"]) for case in CASES]
    for path in sorted(DATA.glob("innocent*.txt")):
        found += path.read_text("utf-8").splitlines()
    for path in sorted(DATA.glob("*.jsonl")):
        rows = map(json.loads, path.read_text("utf-8").splitlines())
        found += [raw for row in rows if isinstance(raw := row.get("raw") or row.get("text"), str)]
    return found


def test_what_detect_answers_classify_answers_too(catalog: Catalog) -> None:
    """Who says more gets no less: the same category and verdict, and the same entry where `detect` has one."""
    wrong, tested = [], 0
    for text in texts():
        detected = catalog.detect(text)
        if detected:
            tested += 1
            answer = catalog.classify(text)
            if (answer.category, answer.retryable) != (detected.category, detected.retryable):
                wrong.append((text, detected, answer))
    assert wrong == []
    assert tested > 100


@pytest.mark.parametrize(
    "text",
    [
        "your wallet holds no more credits",
        "invalid API key provided to our gateway",
        "please note: " + MINUTE,
        "HTTP 429: slow down",
        "401 status code (no body)",
        "request cancelled",
        "429",
    ],
)
def test_more_is_an_error_if_somebody_says_so(text: str, catalog: Catalog) -> None:
    assert catalog.classify(text)


BUGS = [
    TypeError("ConnectorsClient.update() got an unexpected keyword argument 'connector_id'"),
    TypeError("unsupported operand type(s) for +: 'int' and 'str'"),
    KeyError("COHERE_API_KEY"),
    KeyError("choices"),
    AttributeError("'NoneType' object has no attribute 'text'"),
    IndexError("list index out of range"),
    NameError("name 'client' is not defined"),
    ZeroDivisionError("division by zero"),
    AssertionError("expected 3 tokens, got 4"),
    ModuleNotFoundError("No module named 'openai'"),
    ImportError("cannot import name 'OpenAI' from 'openai'"),
    UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"),
    RecursionError("maximum recursion depth exceeded"),
    json.JSONDecodeError("Expecting value", "", 0),
    FileNotFoundError(2, "No such file or directory", "prompt.txt"),
    PermissionError(13, "Permission denied", "prompt.txt"),
    IsADirectoryError(21, "Is a directory"),
    OSError(28, "No space left on device"),
    sqlite3.OperationalError("no such table: users"),
    sqlite3.OperationalError("database is locked"),
    sqlite3.IntegrityError("UNIQUE constraint failed: users.id"),
    sdk("psycopg2.errors", "UniqueViolation", 'duplicate key value violates unique constraint "users_pkey"'),
    sdk("redis.exceptions", "ResponseError", "WRONGTYPE Operation against a key holding the wrong kind of value"),
    sdk("subprocess", "CalledProcessError", "Command '['make']' returned non-zero exit status 2."),
    asyncio.CancelledError(),
    KeyboardInterrupt(),
]


@pytest.mark.parametrize("error", BUGS, ids=repr)
def test_bugs_and_other_programs_errors(error: BaseException, catalog: Catalog) -> None:
    """Errors, but of no API, whatever words they share with one."""
    assert not catalog.classify(error)


@pytest.mark.parametrize("error", [error for error in BUGS if str(error)], ids=repr)
def test_as_a_text(error: BaseException, catalog: Catalog) -> None:
    """The last line of a traceback says the same as the exception."""
    kind = type(error)
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
    assert not catalog.classify(f"{name}: {error}")


def test_successful_answers(catalog: Catalog) -> None:
    """Who hands over an answer that has no error in it gets none."""
    for answer in (
        {"id": "x", "object": "chat.completion", "choices": [{"message": {"content": "429 Too Many Requests"}, "finish_reason": "stop"}]},
        {"id": "x", "text": "invalid api token", "finish_reason": "COMPLETE"},
        {"object": "list", "data": [{"id": "gpt-4o", "object": "model"}]},
    ):  # fmt: skip
        assert not catalog.classify(answer), answer
        assert not catalog.classify(json.dumps(answer)), answer
