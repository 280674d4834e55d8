"""Notes on exceptions: the traceback itself says what to do."""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import logging
import traceback
from collections.abc import AsyncIterator, Iterator

import pytest

import errdex
from errdex.authoring.source import Source
from errdex.classifier.catalog import Catalog
from tests.async_calls import run
from tests.conftest import Share

NOTE = """\
errdex: The trial key's calls for this month are used up
  cohere/trial-key-per-month, quota: not worth a retry
  fix: Stop retrying and switch to a production key from https://dashboard.cohere.com/api-keys; a trial key allows only 1000 calls a month.
  more: https://errdex.github.io/errdex/errors/cohere/trial-key-per-month/"""


class ApiError(Exception):
    """Shaped like the one of Cohere's Python SDK."""

    def __init__(self, status_code: int, message: str, headers: dict | None = None) -> None:
        self.status_code, self.headers, self.body = status_code, headers, {"message": message}


def quota() -> ApiError:
    return ApiError(429, "You are using a Trial key, which is limited to 1000 API calls / month")


def notes(error: BaseException) -> list[str]:
    return getattr(error, "__notes__", [])


def test_note() -> None:
    """It stands below the error in the traceback, once, and changes no answer."""
    error = quota()
    answer = errdex.add_note(error)
    assert answer == errdex.add_note(error) == errdex.classify(error)
    assert notes(error) == [NOTE]
    assert "".join(traceback.format_exception(error)).endswith(NOTE + "\n")


def test_wait() -> None:
    error = ApiError(429, "Please wait and try again later", {"retry-after": "7"})
    errdex.add_note(error)
    assert notes(error)[0].splitlines()[1].endswith("rate_limit: worth a retry after 7 s")


def test_no_note() -> None:
    """What is no API error stays as it is, and what cannot have a note raises nothing."""
    for error in (KeyError("x"), ExceptionGroup("several", [KeyError("x")]), KeyboardInterrupt()):
        assert not errdex.add_note(error)
        assert notes(error) == []

    @dataclasses.dataclass(frozen=True)
    class FrozenError(Exception):
        message: str

    assert errdex.add_note(FrozenError("Cohere: invalid api token")).entry == "cohere/invalid-api-key"
    assert errdex.add_note("Cohere: invalid api token").entry == "cohere/invalid-api-key"  # a text, by mistake


def test_other_notes_stay() -> None:
    error = quota()
    error.add_note("user 7")
    errdex.add_note(error)
    assert notes(error) == ["user 7", NOTE]


def test_group() -> None:
    """Each member gets its own."""
    group = ExceptionGroup("several", [quota(), KeyError("x"), ExceptionGroup("inner", [quota()])])
    errdex.add_note(group)
    assert [notes(error) for error in group.exceptions] == [[NOTE], [], []]
    assert notes(group.exceptions[2].exceptions[0]) == [NOTE]
    assert notes(group) == []


def test_text_of_the_error_steers_no_terminal() -> None:
    error = ApiError(
        404,
        "model 'red\x07\u202e' not found, make sure the correct model ID was used and that you have access to the model.",
    )
    errdex.add_note(error)
    note = notes(error)[0]
    assert "red" in note
    assert all(line.isprintable() for line in note.split("\n"))


def test_secrets_are_not_shown() -> None:
    error = RuntimeError(
        "Incorrect API key provided: sk-abcd1234wxyz. You can find your API key at https://platform.openai.com/account/api-keys."
    )
    assert errdex.add_note(error).entry == "openai/incorrect-api-key"
    assert "sk-" not in notes(error)[0]


def test_explaining_a_block() -> None:
    with pytest.raises(ApiError) as caught, errdex.explaining():
        raise quota()
    assert notes(caught.value) == [NOTE]


def test_explaining_with_a_hint() -> None:
    """Words of Cohere are none of OpenAI's, but they are words of an error."""
    for provider in ("cohere", "openai"):
        with pytest.raises(RuntimeError) as caught, errdex.explaining(provider=provider):
            raise RuntimeError("invalid api token")
        assert ("cohere/invalid-api-key" in notes(caught.value)[0]) is (provider == "cohere")


def test_nested() -> None:
    """The innermost explains, and nobody again."""
    with pytest.raises(ApiError) as caught, errdex.explaining(), errdex.explaining():
        raise quota()
    assert notes(caught.value) == [NOTE]


@errdex.explaining
def plain(fail: bool = True) -> str:
    """Say something."""
    if fail:
        raise quota()
    return "the answer"


@errdex.explaining()
async def asynchronous(fail: bool = True) -> str:
    await asyncio.sleep(0)
    return plain.__wrapped__(fail)


@errdex.explaining()
def generator(fail: bool = True) -> Iterator[str]:
    received = yield "the"
    yield received or "answer"
    plain.__wrapped__(fail)


@errdex.explaining()
async def asynchronous_generator(fail: bool = True) -> AsyncIterator[str]:
    yield "the"
    await asyncio.sleep(0)
    plain.__wrapped__(fail)


async def drain(items: AsyncIterator[str]) -> list[str]:
    return [item async for item in items]


@pytest.mark.parametrize(
    "call",
    [
        plain,
        lambda fail: run(asynchronous(fail)),
        lambda fail: list(generator(fail)),
        lambda fail: run(drain(asynchronous_generator(fail))),
    ],
    ids=["plain", "async", "generator", "async generator"],
)
def test_explaining_a_function(call: object) -> None:
    with pytest.raises(ApiError) as caught:
        call(True)
    assert notes(caught.value) == [NOTE]
    assert call(False)


def test_decorated_functions_stay_what_they_are() -> None:
    assert (plain.__name__, plain.__doc__) == ("plain", "Say something.")
    assert asyncio.iscoroutinefunction(asynchronous)
    items = generator(False)
    assert (next(items), items.send("word")) == ("the", "word")
    items.close()


def test_a_stream_that_is_left_is_closed() -> None:
    """Whoever leaves a decorated asynchronous generator early closes what is inside."""
    closed = []

    @errdex.explaining
    async def stream() -> AsyncIterator[int]:
        try:
            yield 1
            yield 2
        finally:
            closed.append(True)

    async def first() -> int:
        async with contextlib.aclosing(stream()) as items:
            return await anext(items)

    assert run(first()) == 1
    assert closed == [True]


def test_explaining_asynchronously() -> None:
    async def call() -> None:
        async with errdex.explaining():
            raise quota()

    with pytest.raises(ApiError) as caught:
        run(call())
    assert notes(caught.value) == [NOTE]


def test_a_logged_traceback_has_the_note(caplog: pytest.LogCaptureFixture) -> None:
    try:
        plain()
    except ApiError:
        logging.getLogger("app").exception("chat failed")
    assert NOTE in caplog.text


def test_asynchronous_generators_take_values_and_exceptions() -> None:
    """As plain ones do by `yield from`."""

    @errdex.explaining
    async def echo() -> AsyncIterator[object]:
        said: object = "ready"
        while True:
            try:
                said = yield said
            except ValueError as error:
                said = error

    async def talk() -> list[object]:
        async with contextlib.aclosing(echo()) as items:
            first = await anext(items)
            return [first, await items.asend("word"), str(await items.athrow(ValueError("caught")))]

    assert run(talk()) == ["ready", "word", "caught"]


def test_explaining_what_returns_an_awaitable() -> None:
    """Clients' methods are often plain functions that return one."""

    async def call() -> None:
        raise quota()

    with pytest.raises(ApiError) as caught:
        run(errdex.explaining(lambda: call())())
    assert notes(caught.value) == [NOTE]


def test_explaining_methods() -> None:
    class Client:
        @errdex.explaining
        @staticmethod
        def static() -> None:
            raise quota()

        @errdex.explaining
        @classmethod
        def of_class(cls) -> None:
            raise quota()

        @errdex.explaining
        def own(self) -> None:
            raise quota()

    for method in (Client.static, Client.of_class, Client().own):
        with pytest.raises(ApiError) as caught:
            method()
        assert notes(caught.value) == [NOTE]


@pytest.mark.parametrize("given", ["cohere", ApiError, 7])
def test_explaining_what_is_no_function(given: object) -> None:
    with pytest.raises(TypeError, match="decorates functions"):
        errdex.explaining(given)


def test_notes_change_no_answer(source: Source, catalog: Catalog, share: Share) -> None:
    """A traceback with a note is what it is without: our own words report nothing."""
    compared = 0
    for entry in share([*source.entries.values()], 0, parts=3):
        for example in entry.examples[:2]:
            error = RuntimeError(example if isinstance(example, str) else example.raw)
            if not errdex.add_note(error):
                continue
            group = ExceptionGroup("several", [error])
            noted = ["".join(traceback.format_exception(shown)) for shown in (error, group)]
            del error.__notes__
            plain = ["".join(traceback.format_exception(shown)) for shown in (error, group)]
            assert [catalog.classify(text) for text in noted] == [catalog.classify(text) for text in plain], noted
            compared += 1
    assert compared > 500
