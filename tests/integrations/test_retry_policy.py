"""`errdex.retry` with the real tenacity, stamina and backoff, against a server that counts its requests.

No test sleeps: the libraries' waits are written down instead.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import backoff
import pytest
import stamina
import tenacity

import errdex
from errdex.retry import RetryPolicy, backoff_giveup, backoff_wait, is_retryable, stamina_hook, tenacity_wait
from tests.async_calls import run
from tests.local_server import Answer, Body, Server
from tests.own_catalog import ENTRY, PROVIDER

RATE_LIMIT = (429, {"message": "Please wait and try again later"})


QUOTA = (429, {"message": "You are using a Trial key, which is limited to 1000 API calls / month"})


INVALID = (400, {"message": "invalid request: list of documents must not be empty"})


TROUBLE = (500, {"message": "internal server error"})


SUCCESS = (200, {"text": "the answer"})


SEVEN = {"Retry-After": "7"}


class ApiError(Exception):
    """Shaped like the one of Cohere's Python SDK."""

    def __init__(self, status_code: int, headers: dict[str, str], body: object) -> None:
        self.status_code, self.headers, self.body = status_code, headers, body


class Service(Server):
    """A server, and a client of it that raises as Cohere's SDK does."""

    def gives(self, *answers: tuple[int, Body], headers: dict[str, str] | None = None) -> None:
        """Give these answers in turn, the last of them for ever."""
        self.prepare(*(Answer(status, body, headers or {}) for status, body in answers))

    def send(self) -> str:
        """Ask it once."""
        try:
            with urllib.request.urlopen(f"{self.url}/v2/chat", timeout=5) as response:
                return json.load(response)["text"]
        except urllib.error.HTTPError as error:
            with error:
                raise ApiError(error.code, dict(error.headers), json.load(error)) from None


@pytest.fixture
def service() -> Iterator[Service]:
    service = Service()
    yield service
    service.stop()


Call = Callable[[Callable[[], str], bool], tuple[str, list[float]]]


def by_tenacity(send: Callable[[], str], is_async: bool) -> tuple[str, list[float]]:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    options: dict[str, Any] = {
        "retry": tenacity.retry_if_exception(errdex.is_retryable),
        "wait": tenacity_wait,
        "stop": tenacity.stop_after_attempt(5),
        "reraise": True,
    }
    if is_async:

        @tenacity.retry(sleep=sleep, **options)
        async def call() -> str:
            return send()

        return run(call()), waits
    return tenacity.retry(sleep=waits.append, **options)(send)(), waits


def by_stamina(send: Callable[[], str], is_async: bool) -> tuple[str, list[float]]:
    waits: list[float] = []
    stamina.instrumentation.set_on_retry_hooks([lambda details: waits.append(details.wait_for)])
    options: dict[str, Any] = {"on": stamina_hook, "attempts": 5, "timeout": None}
    try:
        with stamina.set_testing(False), pytest.MonkeyPatch.context() as patch:
            patch.setattr("time.sleep", lambda _: None)
            if is_async:

                async def no_sleep(_: float) -> None:
                    pass

                patch.setattr("stamina._core._smart_sleep", no_sleep)

                @stamina.retry(**options)
                async def call() -> str:
                    return send()

                return run(call()), waits
            return stamina.retry(**options)(send)(), waits
    finally:
        stamina.instrumentation.set_on_retry_hooks(None)


def by_backoff(send: Callable[[], str], is_async: bool) -> tuple[str, list[float]]:
    waits: list[float] = []
    options: dict[str, Any] = {
        "giveup": backoff_giveup,
        "jitter": None,
        "max_tries": 5,
        "on_backoff": lambda details: waits.append(details["wait"]),
        "logger": None,
    }
    retry = backoff.on_exception(backoff_wait, Exception, **options)
    with pytest.MonkeyPatch.context() as patch:
        if is_async:

            async def no_sleep(_: float) -> None:
                pass

            patch.setattr("backoff._async.asyncio.sleep", no_sleep)

            @retry
            async def call() -> str:
                return send()

            return run(call()), waits
        patch.setattr("backoff._sync.time.sleep", lambda _: None)
        return retry(send)(), waits


every_library = pytest.mark.parametrize("call", [by_tenacity, by_stamina, by_backoff])


both_ways = pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])


@every_library
@both_ways
def test_a_rate_limit_passes(call: Call, is_async: bool, service: Service) -> None:
    """It is sent until it passes, and each time not before the service wants it."""
    service.gives(RATE_LIMIT, RATE_LIMIT, SUCCESS, headers=SEVEN)
    text, waits = call(service.send, is_async)
    assert (text, len(service.requests)) == ("the answer", 3)
    assert len(waits) == 2
    assert all(7 <= wait <= 8 for wait in waits)


@every_library
@both_ways
@pytest.mark.parametrize("answer", [QUOTA, INVALID], ids=["quota", "invalid"])
def test_what_is_in_vain_is_sent_once(call: Call, is_async: bool, answer: tuple[int, object], service: Service) -> None:
    """A spent allowance answers 429 with Retry-After too."""
    service.gives(answer, headers=SEVEN)
    with pytest.raises(ApiError):
        call(service.send, is_async)
    assert len(service.requests) == 1


@every_library
@both_ways
def test_attempts_end(call: Call, is_async: bool, service: Service) -> None:
    """What never passes is given up, and the error of the service is raised."""
    service.gives(TROUBLE)
    with pytest.raises(ApiError) as caught:
        call(service.send, is_async)
    assert (len(service.requests), caught.value.status_code) == (5, 500)


@every_library
@both_ways
def test_a_bug_is_not_repeated(call: Call, is_async: bool) -> None:
    """What is no API error is raised at once."""
    calls = []

    def send() -> str:
        calls.append(1)
        raise KeyError("text")

    with pytest.raises(KeyError):
        call(send, is_async)
    assert len(calls) == 1


def test_waits_grow_where_nothing_says_how_long() -> None:
    """They are drawn from the upper half of a bound that doubles, so that clients do not come back together."""
    policy = RetryPolicy(first=1, ceiling=20)
    error = ApiError(500, {}, {"message": "internal server error"})
    for attempt, bound in [(1, 1), (2, 2), (3, 4), (5, 16), (6, 20), (5_000, 20)]:
        waits = [policy.seconds(error, attempt) for _ in range(300)]
        assert bound / 2 <= min(waits) < bound * 0.6
        assert bound * 0.9 < max(waits) <= bound
    wait = backoff_wait()
    assert next(wait) == 0
    assert [wait.send(error) <= bound for bound in (4, 8, 16)] == [True] * 3


@pytest.mark.parametrize("header", ["0", "Wed, 21 Oct 2015 07:28:00 GMT"])
def test_a_service_that_says_now_is_not_asked_at_once(header: str) -> None:
    """It says so to all its clients."""
    error = ApiError(503, {"retry-after": header}, {"message": "zzz"})
    assert max(RetryPolicy().seconds(error, 4) for _ in range(100)) > 2
    assert stamina_hook(error) is True


def test_a_wait_has_a_cap() -> None:
    """Whoever cannot wait as long as the service asks says so; more than ten minutes are never waited."""

    def error(seconds: object) -> ApiError:
        return ApiError(429, {"retry-after": str(seconds)}, RATE_LIMIT[1])

    assert RetryPolicy(longest=5).seconds(error(120)) == 5
    assert RetryPolicy(longest=5).stamina_hook(error(120)) == 5
    assert 120 <= RetryPolicy().seconds(error(120)) <= 121
    assert RetryPolicy().seconds(error(600)) == 600
    assert not is_retryable(error(601))
    assert stamina_hook(error(601)) is False
    with pytest.raises(ValueError, match="longest=0: must be a number of seconds greater than zero"):
        RetryPolicy(longest=0)


def test_a_result_that_is_to_be_tried_again() -> None:
    """Without an exception, as with `retry_if_result`, the wait grows."""
    waits: list[float] = []
    results = iter([None, None, "the answer"])
    retry = tenacity.retry(
        retry=tenacity.retry_if_result(lambda result: result is None), wait=tenacity_wait, sleep=waits.append
    )
    assert retry(lambda: next(results))() == "the answer"
    assert len(waits) == 2
    assert waits[0] <= 4
    assert waits[1] <= 8


def test_policy_of_ones_own(tmp_path: Path) -> None:
    """A catalog and a provider of one's own decide."""
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme/provider.yaml").write_text(PROVIDER)
    (tmp_path / "acme/widgets.yaml").write_text(
        ENTRY.replace("category: conflict", "category: not_ready")
        .replace("is jammed at step", "wobbles at rung")
        .replace("call the operator", "oil the hinges")
    )
    error = RuntimeError("widget 'w 1' wobbles at rung 7, oil the hinges")
    assert not is_retryable(error)
    assert RetryPolicy(catalog=errdex.Catalog.load(tmp_path)).is_retryable(error)
    error = RuntimeError("You are past the per minute request limit, please wait and try again later.")
    assert RetryPolicy(provider="cohere").seconds(error) >= 60  # what Cohere's entry says
    assert RetryPolicy(provider="openai").seconds(error) <= 4  # nothing says how long
