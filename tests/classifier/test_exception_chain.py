"""Chains and groups of exceptions: which of them decides, and what it says of the whole."""

from __future__ import annotations

import asyncio
import gc
import http.client
import json
import socket
import sqlite3
import ssl
import urllib.error
import weakref

import pytest

from errdex.classifier.catalog import Catalog
from errdex.model.category import Category
from tests.exceptions import MINUTE, QUOTA, ApiError, Response, StatusError, WrapperError, caused

QUOTED = '{"error":{"message":"Rate limit reached for gpt-4o. Please try again in 2s.","code":"rate_limit_exceeded"}}'


@pytest.mark.parametrize(
    ("error", "entry"),
    [
        (ConnectionRefusedError(111, "Connection refused"), "http/socket-connection-refused"),
        (ConnectionRefusedError(), "http/socket-connection-refused"),
        (ConnectionResetError(104, "Connection reset by peer"), "http/socket-connection-reset"),
        (TimeoutError(), "http/read-timeout"),
        (TimeoutError("The read operation timed out"), "http/read-timeout"),
        (socket.gaierror(-2, "Name or service not known"), "http/socket-dns-failure"),
        (urllib.error.URLError(ConnectionRefusedError(111, "Connection refused")), "http/socket-connection-refused"),
        (urllib.error.URLError(socket.gaierror(-3, "Temporary failure in name resolution")), "http/socket-dns-failure"),
        (
            http.client.RemoteDisconnected("Remote end closed connection without response"),
            "http/server-disconnected",
        ),
    ],
    ids=repr,
)
def test_no_answer_came(error: BaseException, entry: str, catalog: Catalog) -> None:
    """Who passes the system's own error asks about a call that got no answer."""
    answer = catalog.classify(error)
    assert (answer.entry, answer.category, answer.retryable) == (entry, Category.CONNECTION, True)


def test_a_bad_certificate_is_not_retried(catalog: Catalog) -> None:
    """An SDK says "Connection error."; only the error below it tells that a retry is in vain."""
    text = "[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: unable to get local issuer certificate (_ssl.c:1006)"
    cause = ssl.SSLCertVerificationError(1, text)
    for error in (cause, urllib.error.URLError(cause), caused(SdkConnectionError("Connection error."), cause)):
        answer = catalog.classify(error)
        assert (answer.entry, answer.category, answer.retryable) == (
            "http/socket-tls-certificate",
            Category.CONNECTION,
            False,
        )
    assert catalog.classify(caused(SdkConnectionError("Connection error."), cause)).provider == "openai"
    assert catalog.classify(SdkConnectionError("Connection error.")).retryable


class SdkConnectionError(Exception):
    """Shaped like openai.APIConnectionError."""


SdkConnectionError.__module__, SdkConnectionError.__qualname__ = "openai", "APIConnectionError"


@pytest.mark.parametrize(
    "error",
    [
        FileNotFoundError(2, "No such file or directory"),
        PermissionError(13, "Permission denied"),
        BrokenPipeError(32, "Broken pipe"),
        urllib.error.URLError("unknown url type: foo"),
        KeyError("message"),
        ExceptionGroup("several", [KeyError("message")]),
        caused(WrapperError("redis"), ConnectionRefusedError(111, "Connection refused")),
        caused(RuntimeError("no database"), ConnectionRefusedError(111, "Connection refused")),
        caused(WrapperError("redis"), ConnectionRefusedError(111, "Connection refused"), explicitly=False),
        caused(AttributeError("'NoneType' object has no attribute 'text'"), ApiError(429, QUOTA), explicitly=False),
        caused(KeyError("retry-after"), ApiError(429, QUOTA), explicitly=False),
        caused(KeyboardInterrupt(), ApiError(429, QUOTA), explicitly=False),
        caused(asyncio.CancelledError(), ApiError(429, QUOTA)),
    ],
    ids=repr,
)
def test_no_api_error(error: BaseException, catalog: Catalog) -> None:
    """Files, bugs in a handler, a database's sockets and the end of a program are no API's errors."""
    assert not catalog.classify(error)
    assert catalog.classify_all(error) == []


@pytest.mark.parametrize("explicitly", [True, False])
@pytest.mark.parametrize("outer", [WrapperError("chat failed"), RuntimeError("chat failed"), ValueError("no answer")])
def test_wrapped(outer: BaseException, explicitly: bool, catalog: Catalog) -> None:
    """A wrapper that says nothing by itself is what it wraps."""
    error = caused(outer, ApiError(429, QUOTA), explicitly=explicitly)
    answer = catalog.classify(error)
    assert (answer.entry, answer.retryable, answer.params) == ("cohere/trial-key-per-month", False, {"limit": 1000})
    assert next(found.entry for found in catalog.classify_all(error)) == answer.entry
    assert catalog.why(error)["candidates"][0]["entry"] == answer.entry


def test_who_speaks_for_himself_is_not_overruled(catalog: Catalog) -> None:
    """An API's own words and status count more than what happened before; a bare class or status less."""
    minute, quota = ApiError(429, MINUTE), ApiError(429, QUOTA)
    assert catalog.classify(caused(minute, quota)).entry == "cohere/requests-per-minute"
    assert catalog.classify(caused(ApiError(500, "zzz"), quota, explicitly=False)).entry == "cohere/500"
    assert catalog.classify(caused(ApiError(429, "zzz"), quota)).entry == "cohere/trial-key-per-month"


def test_hidden_context_is_hidden(catalog: Catalog) -> None:
    """`raise … from None` says that what was handled is no part of it."""
    error = caused(WrapperError("x"), ApiError(429, QUOTA), explicitly=False)
    error.__suppress_context__ = True
    assert not catalog.classify(error)


def test_cycle(catalog: Catalog) -> None:
    """Causes that point at each other end."""
    first, second = KeyError("a"), KeyError("b")
    first.__cause__, second.__cause__ = second, first
    assert not catalog.classify(first)


def test_group(catalog: Catalog) -> None:
    """The call fails again if one member does: money before waits, and a bug forbids the retry."""
    minute, quota, bug = ApiError(429, MINUTE), ApiError(429, QUOTA), KeyError("x")
    long = ApiError(429, "Please wait and try again later", {"retry-after": "90"})

    def answer(*errors: Exception) -> tuple[str | None, bool, float | None]:
        found = catalog.classify(ExceptionGroup("several", list(errors)))
        return found.entry, found.retryable, found.retry_after

    assert answer(minute, quota) == ("cohere/trial-key-per-month", False, None)
    assert answer(minute, minute) == ("cohere/requests-per-minute", True, 60.0)
    assert answer(minute, long)[1:] == (True, 90.0)
    assert answer(minute, bug) == ("cohere/requests-per-minute", False, None)
    assert answer(ExceptionGroup("inner", [minute]), minute) == ("cohere/requests-per-minute", True, 60.0)
    entries = [found.entry for found in catalog.classify_all(ExceptionGroup("several", [minute, quota]))]
    assert entries[0] == "cohere/trial-key-per-month"
    assert "cohere/requests-per-minute" in entries


def test_no_exception_is_kept(catalog: Catalog) -> None:
    """An answer keeps nothing of the exception alive, not even until the next collection."""
    gc.disable()
    try:
        for make in (lambda: ApiError(429, QUOTA), lambda: WrapperError("x"), lambda: StatusError(Response(429, b"x"))):
            error = make()
            error.__cause__ = inner = ApiError(500, "zzz")
            seen = weakref.ref(error), weakref.ref(inner)
            answers = catalog.classify(error), catalog.classify_all(error), catalog.why(error)
            del error, inner
            assert [ref() for ref in seen] == [None, None]
            assert all(answers)
    finally:
        gc.enable()


@pytest.mark.parametrize("phrase", ["Rate limit exceeded", "Service Unavailable", "internal server error"])
def test_what_anybody_says_hides_no_bill(phrase: str, catalog: Catalog) -> None:
    """A program's own exception with a stock phrase, or only a status, is what it was made of; so a quota is not retried."""
    assert catalog.classify(WrapperError(phrase)).retryable
    for explicitly in (True, False):
        for outer in (WrapperError(phrase), StatusError(Response(503, b""))):
            answer = catalog.classify(caused(outer, ApiError(429, QUOTA), explicitly=explicitly))
            assert (answer.entry, answer.retryable) == ("cohere/trial-key-per-month", False), outer


def test_what_was_being_handled_makes_no_retry(catalog: Catalog) -> None:
    """It may be the reason, or something else that failed in the handler."""
    answer = catalog.classify(caused(WrapperError("x"), ApiError(429, MINUTE), explicitly=False))
    assert (answer.entry, answer.retryable, answer.retry_after) == ("cohere/requests-per-minute", False, None)
    for error in (
        sqlite3.OperationalError("no such table"),
        json.JSONDecodeError("x", "y", 0),
        OSError(28, "No space left"),
    ):
        assert not catalog.classify(caused(error, ApiError(429, MINUTE), explicitly=False))


def test_large_groups(catalog: Catalog) -> None:
    """What was not looked at may be anything, so it is not worth a retry; and it takes no time without end."""
    minute = [ApiError(429, MINUTE) for _ in range(40)]
    assert catalog.classify(ExceptionGroup("g", minute)).retryable
    assert catalog.classify(ExceptionGroup("g", [*minute, ApiError(429, QUOTA)])).category is Category.QUOTA
    assert not catalog.classify(ExceptionGroup("g", [*minute, KeyError("x")])).retryable
    assert not catalog.classify(ExceptionGroup("g", [ApiError(429, MINUTE) for _ in range(100_000)])).retryable


def test_several_errors_held_by_one(catalog: Catalog) -> None:
    """Errors among the arguments are told like the members of a group."""
    answer = catalog.classify(WrapperError(ApiError(429, MINUTE), ApiError(429, QUOTA)))
    assert (answer.entry, answer.retryable) == ("cohere/trial-key-per-month", False)


def test_all_answers_begin_with_the_answer(catalog: Catalog) -> None:
    """`classify` and `classify_all` agree, on groups too."""
    minute, cancelled = ApiError(429, MINUTE), asyncio.CancelledError()
    for group in (BaseExceptionGroup("g", [minute, cancelled]), ExceptionGroup("g", [minute, KeyError("x")])):
        assert catalog.classify(group) == catalog.classify_all(group)[0]
        assert not catalog.classify(group).retryable


@pytest.mark.parametrize(
    "error", [AssertionError(f"got {QUOTED}"), TypeError(f"value: {QUOTED}"), KeyError("429 Too Many Requests")]
)
def test_a_bug_is_never_worth_a_retry(error: Exception, catalog: Catalog) -> None:
    """Whatever it shows: the next attempt meets it again."""
    assert not catalog.classify(error).retryable


def test_classes_that_derive_from_built_in_ones(catalog: Catalog) -> None:
    """Any library may derive its classes from TimeoutError."""

    class NatsTimeoutError(TimeoutError):
        pass

    NatsTimeoutError.__module__ = "nats.errors"
    assert not catalog.classify(NatsTimeoutError())
    assert catalog.classify(TimeoutError())
