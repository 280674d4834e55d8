"""All that is public, with the types that a program may count on. Never run: `test_public.py` has mypy check it."""

from __future__ import annotations

import email.message
import logging
from collections.abc import AsyncIterator, Callable, Generator, Iterator, Mapping, MutableMapping
from functools import partial
from pathlib import Path
from typing import IO, Any, Literal, assert_type

import errdex
import errdex.arrow.duckdb
import errdex.arrow.pandas
import errdex.arrow.polars
import errdex.arrow.ray
import errdex.arrow.spark
import errdex.retry
from errdex.arrow import SCHEMA, Mode, annotate_table, classify_array
from errdex.integrations.logging import ErrdexFilter
from errdex.integrations.loguru import patcher
from errdex.integrations.opentelemetry import (
    Attributes,
    Logger,
    Span,
    emit_exception,
    otel_attributes,
    set_span_attributes,
)
from errdex.integrations.sentry import before_send
from errdex.integrations.structlog import annotate
from errdex.wall import Received, Wall

mine = errdex.Catalog.load("our-errors")
assert_type(mine, errdex.Catalog)
assert_type(errdex.default_catalog(), errdex.Catalog)
errdex.use(mine)
errdex.use(None)


def raw_errors(error: Exception, message: email.message.Message, headers: errdex.Headers) -> None:
    """Whatever a program holds, with what it knows beside."""
    assert_type(errdex.classify(error), errdex.Classification)
    errdex.classify("text", provider="cohere", status=429, code="x", headers={"retry-after": "7"})
    errdex.classify(b"bytes", headers=[("retry-after", "7"), ("retry-after", "8")])
    errdex.classify({"message": "a body"}, headers=((b"retry-after", b"7"),))
    errdex.classify(None, provider=None, status=None, code=None, headers=message)
    errdex.classify("text", headers=headers)
    errdex.classify("text", headers="retry-after: 7")  # type: ignore[arg-type]
    errdex.classify("text", status="429")  # type: ignore[arg-type]
    errdex.classify("text", "cohere")  # type: ignore[call-arg]

    assert_type(errdex.detect("a line"), errdex.Classification)
    assert_type(errdex.detect(b"a line"), errdex.Classification)
    errdex.detect(error)  # type: ignore[arg-type]

    assert_type(errdex.classify_all(error, headers=headers), list[errdex.Classification])
    assert_type(errdex.is_retryable(error), bool)
    assert_type(errdex.add_note(error, provider="cohere"), errdex.Classification)

    why = errdex.why(error, status=429)
    assert_type(why, errdex.Why)
    if why["evidence"] is not None:
        assert_type(why["evidence"]["status"], int | None)
        assert_type(why["evidence"]["messages"][0]["text"], str)
    assert_type(why["candidates"][0]["entry"], str | None)


def methods(catalog: errdex.Catalog, error: Exception) -> None:
    """The functions, as methods of a catalog."""
    assert_type(catalog.classify(error, provider="cohere", headers=[("a", "b")]), errdex.Classification)
    assert_type(catalog.detect("a line"), errdex.Classification)
    assert_type(catalog.classify_all(error), list[errdex.Classification])
    assert_type(catalog.why(error), errdex.Why)
    assert_type(catalog.is_retryable(error), bool)
    assert_type(catalog.add_note(error), errdex.Classification)
    assert_type(catalog.providers, list[str])
    assert_type(catalog.entries, tuple[errdex.Entry, ...])
    assert_type(catalog.pages["entries"], Any)

    entry = catalog.entry("cohere/invalid-api-key")
    assert_type(entry, errdex.Entry)
    assert_type(entry.id, str)
    assert_type(entry.provider, str)
    assert_type(entry.kind, str)
    assert_type(entry.category, str)
    assert_type(entry.retryable, bool)
    assert_type(entry.retry_after, float | None)
    assert_type(entry.support, bool)
    assert_type(entry.scope, str)
    assert_type(entry.action, str)
    assert_type(entry.title, str)
    assert_type(entry.fix, str)
    assert_type(entry.source, str | None)
    assert_type(list(entry.statuses), list[int])


def answers(answer: errdex.Classification) -> str:
    """What an answer holds, none of which can be set."""
    assert_type(answer.entry, str | None)
    assert_type(answer.provider, str | None)
    assert_type(answer.status, int | None)
    assert_type(answer.code, str | None)
    assert_type(answer.category, errdex.Category)
    assert_type(answer.retryable, bool)
    assert_type(answer.retry_after, float | None)
    assert_type(answer.scope, errdex.Scope)
    assert_type(answer.action, errdex.Action)
    assert_type(answer.resets_in, float | None)
    assert_type(answer.is_outage, bool)
    assert_type(answer.title, str)
    assert_type(answer.fix, str)
    assert_type(answer.basis, errdex.Basis)
    assert_type(answer.docs_url, str | None)
    assert_type(answer.source_url, str | None)
    assert_type(answer.confidence, float)
    assert_type(bool(answer), bool)
    assert_type(answer.to_dict(), dict[str, Any])
    assert_type({answer: 1}, dict[errdex.Classification, int])
    answer.retryable = True  # type: ignore[misc]
    assert_type(answer.params["limit"], int)
    assert_type(answer.params["model"], str)
    _, *_ = answer  # type: ignore[misc]
    params: errdex.Params = {"limit": 1}
    for_a_test = errdex.Classification(category=errdex.Category.QUOTA, params=params, basis=errdex.Basis.CODE)
    assert_type(for_a_test.params.get("limit"), int | None)

    assert_type(errdex.Category("quota").meaning, str)
    assert_type(errdex.Category.QUOTA.retryable, bool)
    assert_type(errdex.Category.QUOTA.scope, errdex.Scope)
    assert_type(errdex.Category.QUOTA.action, errdex.Action)
    assert_type(errdex.Category.QUOTA.action_for(retryable=True), errdex.Action)
    assert_type(errdex.Scope("model").meaning + errdex.Action.WAIT.meaning, str)
    match answer:
        case errdex.Classification(retryable=True, retry_after=float(seconds)):
            assert_type(seconds, float)
        case errdex.Classification(category=errdex.Category.CONTEXT_LENGTH, params={"limit": int(limit)}):
            assert_type(limit, int)
    return answer.category + answer.basis  # both are text


def mistakes() -> None:
    """The exceptions of the package."""
    try:
        mine.entry("cohere/nothing")
    except errdex.UnknownEntryError as error:
        assert_type(error.entry, str)
        assert_type(error.near, tuple[str, ...])
    except errdex.CatalogError as error:
        for issue in error.issues:
            assert_type(issue, errdex.Issue)
            assert_type(issue.location, errdex.Location)
            assert_type((issue.code, issue.message, issue.location.path), tuple[str, str, str])
            assert_type(issue.severity, Literal["error", "warning"])
            assert_type((issue.location.line, issue.location.column), tuple[int, int])
    except errdex.ErrdexError as error:
        assert_type(error, errdex.ErrdexError)


@errdex.explaining
def plain(number: int) -> str:
    return str(number)


@errdex.explaining(provider="cohere")
async def coroutine(number: int) -> str:
    return str(number)


@mine.explaining
def generator() -> Iterator[int]:
    yield 1


@mine.explaining(provider="cohere")
async def asynchronous_generator() -> AsyncIterator[int]:
    yield 1


assert_type(plain(1), str)
assert_type(generator(), Iterator[int])
assert_type(asynchronous_generator(), AsyncIterator[int])


async def blocks() -> None:
    """The same as context managers."""
    assert_type(await coroutine(1), str)
    with errdex.explaining(), mine.explaining(provider="cohere"):
        pass
    async with errdex.explaining(provider="cohere"):
        pass


def retries(state: errdex.retry.RetryState, error: Exception) -> None:
    """What retry libraries ask."""
    policy = errdex.retry.RetryPolicy(longest=20, first=0.5, ceiling=10, provider="cohere", catalog=mine)
    assert_type(policy.is_retryable(error), bool)
    assert_type(policy.seconds(error), float)
    assert_type(policy.seconds(error, 2), float)
    assert_type(policy.tenacity_wait(state), float)
    assert_type(policy.stamina_hook(error), bool | float)
    assert_type(policy.backoff_giveup(error), bool)
    assert_type(policy.backoff_wait(), Generator[float, BaseException, None])
    assert_type(errdex.retry.is_retryable(error), bool)
    assert_type(errdex.retry.tenacity_wait(state), float)
    assert_type(errdex.retry.stamina_hook(error), bool | float)
    assert_type(errdex.retry.backoff_giveup(error), bool)
    assert_type(errdex.retry.backoff_wait(), Generator[float, BaseException, None])

    table: errdex.retry.Table = {**errdex.retry.TABLE, "wait": ("retry",), errdex.Action.ADD_FUNDS: []}
    patient = errdex.retry.RetryPolicy(attempts=3, budget=90, table=table)
    step = patient.next_step(error, 1, elapsed=2.5, can=errdex.retry.STEPS)
    assert_type(step, errdex.retry.Step)
    assert_type((step.do, step.wait, step.reason), tuple[str, float, str])
    assert_type(errdex.retry.next_step(errdex.classify(error), 1, can={"retry"}).do, str)
    assert_type(errdex.retry.should_fall_back(error), bool)
    assert_type(errdex.retry.counts_as_failure(errdex.classify(error)), bool)


def logs(handler: logging.Handler, record: Mapping[str, Any], span: Span, events: Logger, error: Exception) -> None:
    """Where programs log, with the catalog in use and with one of their own."""
    handler.addFilter(ErrdexFilter())
    handler.addFilter(ErrdexFilter("ERROR", catalog=mine))
    handler.addFilter(ErrdexFilter(min_level=logging.ERROR, catalog=None))

    processor: Callable[[Any, str, MutableMapping[str, Any]], MutableMapping[str, Any]] = annotate
    processor = partial(annotate, catalog=mine)
    processor(None, "error", {"event": "x"})

    patch: Callable[[Mapping[str, Any]], None] = patcher
    patch = partial(patcher, catalog=mine)
    patch(record)

    assert_type(otel_attributes(error), Attributes)
    assert_type(otel_attributes(errdex.classify(error), catalog=mine), Attributes)
    set_span_attributes(span, error)
    set_span_attributes(span, "text", catalog=mine)
    emit_exception(events, error, {"gen_ai.operation.name": "chat"}, catalog=mine)

    send: Callable[[Any, dict[str, Any]], Any] = before_send
    send = partial(before_send, catalog=mine)
    send({}, {"exc_info": None})


def wall(requests: IO[str]) -> None:
    """The fake provider, with everything that can be set."""
    scenario = {"rules": [{"sequence": ["cohere/429; times=3", "reset"], "then": "pass"}]}
    mine_too = Wall(scenario, host="127.0.0.1", port=0, everywhere=False, catalog=mine, max_body=1000, record=requests)
    assert_type(mine_too.start(), Wall)
    mine_too.stop()
    with Wall(Path("scenario.yaml")) as other:
        other.answer("openai/429; times=2", "pass", then="last")
        other.fail("cohere/500")
        other.play(scenario)
        other.clear()
        assert_type(other.url + other.url_of("openai"), str)
        assert_type(other.calls, int)
        first: Received = other.requests[0]
        assert_type((first.number, first.did, first.status, first.retry), tuple[int, str, int | None, int | None])
    Wall().run(lambda: None)


def tables(array: Any, table: Any, frame: Any, mode: Mode) -> None:
    """Arrow and its engines, whose types need not be there."""
    classify_array(array, mode)
    classify_array(array, "classify", status=429, provider="cohere", catalog=mine)
    classify_array(array, "guess")  # type: ignore[arg-type]
    annotate_table(table, "message", into="error", mode="classify", status="status", catalog=None)
    len(SCHEMA)
    errdex.arrow.duckdb.register(frame, mine)
    errdex.arrow.pandas.answers(frame, "classify", status=frame, provider="cohere", catalog=mine)
    errdex.arrow.polars.detect("message", catalog=mine)
    errdex.arrow.polars.classify("message", status="status", provider="cohere", catalog=mine)
    errdex.arrow.ray.annotate(frame, "message", "error", status="status", mode="classify", actors=2, rows=5_000)
    assert_type(errdex.arrow.ray.Annotate("message", catalog="our-errors"), errdex.arrow.ray.Annotate)
    errdex.arrow.spark.annotate(frame, "message", mode=mode, catalog="our-errors")
    assert_type(errdex.arrow.spark.udf(mode, status=429), Callable[..., Any])
