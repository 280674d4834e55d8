"""Exceptions, responses and objects by their shape: those of the standard library, chains, groups, and odd ones."""

from __future__ import annotations

import asyncio
import dataclasses
import enum
import gc
import http.client
import io
import json
import socket
import sqlite3
import ssl
import urllib.error
import weakref
from email.message import Message
from types import ModuleType

import pytest

from errdex.classifier.catalog import Catalog
from errdex.model.category import Basis, Category

QUOTA = "You are using a Trial key, which is limited to 1000 API calls / month"
MINUTE = "You are past the per minute request limit, please wait and try again later."


class ApiError(Exception):
    """Shaped like the one of Cohere's Python SDK."""

    def __init__(self, status_code: int | None = None, message: str = "", headers: dict | None = None) -> None:
        self.status_code, self.body, self.headers = status_code, {"message": message}, headers


ApiError.__module__ = "cohere.core.api_error"


class Response:
    """Shaped like httpx.Response once it was read: status and headers are plain, the content is private."""

    def __init__(self, status_code: int, content: bytes, headers: dict | None = None) -> None:
        self.status_code, self.headers, self._content = status_code, headers or {}, content

    @property
    def text(self) -> str:
        raise AssertionError("a property was run")


class StatusError(Exception):
    """Shaped like httpx.HTTPStatusError and requests.HTTPError."""

    def __init__(self, response: object) -> None:
        super().__init__("Client error '429 Too Many Requests' for url 'https://api.cohere.com/v2/chat'")
        self.response = response


class WrapperError(Exception):
    """A program's own."""


def caused(outer: BaseException, inner: BaseException, *, explicitly: bool = True) -> BaseException:
    """Return an exception raised from, or while handling, another."""
    try:
        try:
            raise inner
        except BaseException as handled:
            if explicitly:
                raise outer from handled
            raise outer  # noqa: B904
    except BaseException as error:
        return error


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


@pytest.mark.parametrize("holder", [lambda response: response, StatusError], ids=["response", "exception"])
def test_response(holder: object, catalog: Catalog) -> None:
    """Status, headers and body are read, the body from where the client has put it already."""
    response = Response(429, b'{"message": "Please wait and try again later"}', {"Retry-After": "7"})
    answer = catalog.classify(holder(response))
    assert (answer.status, answer.retryable, answer.retry_after, answer.basis) == (429, True, 7.0, Basis.MESSAGE)
    answer = catalog.classify(holder(Response(429, QUOTA.encode())))
    assert (answer.entry, answer.retryable) == ("cohere/trial-key-per-month", False)
    assert catalog.classify(holder(Response(503, b"<html>no</html>"))).category is Category.OVERLOADED


def test_success_with_an_error(catalog: Catalog) -> None:
    """A 200 may report that the model failed; what a model says reports nothing."""
    answer = catalog.classify(Response(200, b'{"text": "", "finish_reason": "ERROR_TOXIC"}'))
    assert (answer.entry, answer.category) == ("cohere/finish-toxic", Category.CONTENT_FILTER)
    assert not catalog.classify(Response(200, b'{"text": "invalid api token", "finish_reason": "COMPLETE"}'))


def test_a_response_inside_is_read_only_as_data(catalog: Catalog) -> None:
    """One that was not read has a status and headers, and nothing is read from the network."""

    class Unread:
        def __init__(self) -> None:
            self.status, self.headers = 429, Message()
            self.headers["Retry-After"] = "7"

        def read(self) -> bytes:
            raise AssertionError("the network was read")

    answer = catalog.classify(Unread())
    assert (answer.entry, answer.retry_after) == ("http/429", 7.0)
    headers = Message()
    headers["Retry-After"] = "7"
    error = urllib.error.HTTPError("https://api.cohere.com/v1/chat", 429, "Too Many Requests", headers, io.BytesIO())
    answer = catalog.classify(error)
    assert (answer.provider, answer.status, answer.retry_after) == ("cohere", 429, 7.0)
    error.close()


class FinishReason(enum.Enum):
    TOXIC = "ERROR_TOXIC"
    COMPLETE = "COMPLETE"


@dataclasses.dataclass
class Answer:
    """An SDK's object for a successful answer."""

    finish_reason: FinishReason
    text: str = "invalid api token"


@dataclasses.dataclass
class Event:
    type: str
    response: Answer


@pytest.mark.parametrize("wrap", [lambda answer: answer, lambda answer: Event("stream-end", answer)])
def test_objects_of_sdks(wrap: object, catalog: Catalog) -> None:
    """An SDK's object is read like the JSON that it was made of."""
    assert catalog.classify(wrap(Answer(FinishReason.TOXIC))).entry == "cohere/finish-toxic"
    assert not catalog.classify(wrap(Answer(FinishReason.COMPLETE)))


@pytest.mark.parametrize("raw", [Answer, ModuleType("invalid api token"), print, object(), 429, Ellipsis])
def test_other_objects(raw: object, catalog: Catalog) -> None:
    """Classes, modules, functions and numbers are no errors."""
    assert not catalog.classify(raw)


def test_derived_classes(catalog: Catalog) -> None:
    """A program's own class stands for the SDK's that it derives from."""

    class NotFoundError(ApiError):
        pass

    NotFoundError.__module__, NotFoundError.__qualname__ = "cohere.errors.not_found_error", "NotFoundError"

    class OwnError(NotFoundError):
        pass

    answer = catalog.classify(OwnError())
    assert (answer.entry, answer.provider) == ("cohere/404", "cohere")


def test_no_property_is_run(catalog: Catalog) -> None:
    """What an attribute might do is not known."""
    run = []

    class Curious(Exception):
        @property
        def response(self) -> object:
            run.append("response")

        @property
        def __cause__(self) -> object:
            run.append("cause")

        @property
        def args(self) -> object:
            run.append("args")

        @property
        def __class__(self) -> type:
            run.append("class")
            return Exception

        def __getattr__(self, name: str) -> object:
            run.append(name)

    for error in (Curious("x"), StatusError(Curious("x")), ExceptionGroup("g", [Curious("x")])):
        catalog.classify(error)
        catalog.classify_all(error)
    assert run == []


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
    assert (answer.status, answer.category, answer.retryable) == (400, Category.INVALID_REQUEST, False)
    # a client that got it says so before it
    for text in (f"Error: '{QUOTED}'", f"CohereException - {QUOTED}", f"call failed: b'{QUOTED}'"):
        assert catalog.classify(RuntimeError(text)).retryable, text


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


def test_documents_of_an_answer_report_nothing(catalog: Catalog) -> None:
    text = "You exceeded your current quota, please check your plan and billing details."
    assert not catalog.classify({"results": [{"index": 0, "document": {"message": text}}]})


def test_lazy_attributes_of_a_class_are_not_run(catalog: Catalog) -> None:
    """Proxies answer for another object, which they make or look up."""
    run = []

    class Lazy:
        @property
        def __class__(self) -> type:
            run.append("class")
            return str

    class OwnError(Exception):
        message = Lazy()

    catalog.classify(OwnError("x"))
    assert run == []
