"""Where programs log: the integrations, run with the real libraries."""

from __future__ import annotations

import io
import json
import logging
import logging.handlers
import pickle
import queue
import subprocess
import sys
from collections.abc import Iterator

import pytest
import structlog
from loguru import logger as loguru_logger
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

import errdex
from errdex.integrations._record_fields import NO_FIELDS, error_of, fields_of
from errdex.integrations.logging import ErrdexFilter
from errdex.integrations.loguru import patcher
from errdex.integrations.opentelemetry import otel_attributes, set_span_attributes
from errdex.integrations.structlog import annotate

QUOTA = "You are using a Trial key, which is limited to 1000 API calls / month"
TOKEN = "invalid api token"


class ApiError(Exception):
    """Shaped like the one of Cohere's Python SDK."""

    def __init__(self, *, headers: dict | None = None, status_code: int | None = None, body: object = None) -> None:
        self.headers = headers
        self.status_code = status_code
        self.body = body


ApiError.__module__ = "cohere.core.api_error"


class Hostile:
    def __str__(self) -> str:
        raise RuntimeError("no text of me")

    __repr__ = __str__


def quota() -> ApiError:
    return ApiError(headers={}, status_code=429, body={"message": QUOTA})


def wrapped(error: Exception, *, explicit: bool) -> Exception:
    """An exception raised while another was handled."""
    try:
        try:
            raise error
        except Exception as inner:
            if explicit:
                raise LookupError("no answer") from inner
            raise LookupError("no answer")  # noqa: B904
    except LookupError as outer:
        return outer


# The standard library.


class Kept(logging.Handler):
    """Keeps its records."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def kept() -> Iterator[Kept]:
    """A handler with the filter, on the parent of the logger `errdex_test.child`."""
    parent = logging.getLogger("errdex_test")
    handler = Kept()
    handler.addFilter(ErrdexFilter())
    parent.addHandler(handler)
    parent.setLevel(logging.DEBUG)
    parent.propagate = False
    yield handler
    parent.removeHandler(handler)


log = logging.getLogger("errdex_test.child")


def told(record: logging.LogRecord) -> tuple[object, object]:
    return record.error_entry, record.error_retryable


def test_records_of_a_child_logger(kept: Kept) -> None:
    """On a handler, the filter sees what comes up from children."""
    log.error("Cohere: %s", TOKEN)
    record = kept.records[0]
    assert {name: getattr(record, name) for name in NO_FIELDS} == fields_of(errdex.classify(f"Cohere: {TOKEN}"))
    assert told(record) == ("cohere/invalid-api-key", False)
    assert record.error_docs.startswith("https://")
    assert (record.msg, record.args) == ("Cohere: %s", (TOKEN,))


def test_the_trap_of_a_filter_on_a_logger(kept: Kept) -> None:
    """On a logger, the filter does not see what comes up from children: why the guide says handler."""
    parent = logging.getLogger("errdex_test")
    kept.filters.clear()
    only = ErrdexFilter()
    parent.addFilter(only)
    log.error(TOKEN)
    parent.removeFilter(only)
    assert not hasattr(kept.records[0], "error_entry")


def test_a_quota_429_is_not_retryable(kept: Kept) -> None:
    """Where the status would say retry, the exception of the record says no."""
    try:
        raise quota()
    except ApiError:
        log.exception("chat failed")
    assert told(kept.records[0]) == ("cohere/trial-key-per-month", False)
    assert kept.records[0].error_category == "quota"


@pytest.mark.parametrize(
    "say",
    [
        lambda: log.error("chat failed: %s", quota()),
        lambda: log.error("%(what)s: %(error)s", {"what": "chat", "error": quota()}),
        lambda: log.error(quota()),
        lambda: log.error("chat failed", exc_info=quota()),
        lambda: log.error("chat failed", extra={"error": quota()}),
        lambda: log.error("chat failed", extra={"error": QUOTA}),
        lambda: log.error("chat failed", extra={"error": {"message": QUOTA}}),
        lambda: log.error("chat failed: %s", QUOTA),
        lambda: log.error("chat failed: %s", QUOTA, exc_info=KeyError("x")),
        lambda: log.error("chat failed", exc_info=wrapped(quota(), explicit=True)),
        lambda: log.error("chat failed", exc_info=wrapped(quota(), explicit=False)),
        lambda: log.error("chat failed", exc_info=ExceptionGroup("tasks", [KeyError("x"), quota()])),
    ],
    ids=[
        "argument",
        "named argument",
        "message",
        "exc_info",
        "extra",
        "text in extra",
        "body in extra",
        "text",
        "beside another",
        "cause",
        "context",
        "group",
    ],
)
def test_wherever_the_error_stands(say, kept: Kept) -> None:
    """It is found in all the places where programs put it."""
    say()
    assert told(kept.records[0]) == ("cohere/trial-key-per-month", False)


def test_a_hidden_context_is_not_read(kept: Kept) -> None:
    """`raise … from None` says that the first exception has nothing to do with it."""
    error = wrapped(quota(), explicit=False)
    error.__suppress_context__ = True
    log.error("failed", exc_info=error)
    assert told(kept.records[0]) == (None, None)


def test_chains_in_a_ring_and_huge_groups(kept: Kept) -> None:
    """An exception that is its own cause, or a group of thousands, ends."""
    error = KeyError("x")
    error.__cause__ = error
    log.error("failed", exc_info=error)
    log.error("failed", exc_info=ExceptionGroup("tasks", [KeyError(number) for number in range(5_000)]))
    assert [told(record) for record in kept.records] == [(None, None)] * 2


def test_innocent_lines_get_none(kept: Kept) -> None:
    """A format with the fields works for every record."""
    formatter = logging.Formatter("%(message)s %(error_category)s %(error_retry_after)s")
    log.warning("wrote 429 rows")
    log.error('INFO: 127.0.0.1 - "POST /api/chat HTTP/1.1" 500 Internal Server Error')
    log.error("KeyError", exc_info=KeyError("message"))
    log.error("none", exc_info=True)
    for record in kept.records:
        assert formatter.format(record).splitlines()[0].endswith("None None")
        assert all(getattr(record, name) is None for name in NO_FIELDS)


def test_levels(kept: Kept) -> None:
    """Records below the level are not read, and have the attributes all the same."""
    log.info("failed: %s", TOKEN, exc_info=quota())
    assert told(kept.records[0]) == (None, None)
    record = logging.makeLogRecord({"msg": f"Cohere: {TOKEN}", "levelno": logging.WARNING})
    assert ErrdexFilter(min_level="ERROR").filter(record)
    assert record.error_entry is None
    assert ErrdexFilter(min_level="DEBUG").min_level == ErrdexFilter(logging.DEBUG).min_level
    with pytest.raises(ValueError, match=r"no logging level 'LOUD'; known are .*ERROR"):
        ErrdexFilter("LOUD")


def test_what_the_program_sets_stays(kept: Kept) -> None:
    """Attributes set by `extra` are kept, and a second handler's filter changes nothing."""
    log.error("Cohere: %s", TOKEN, extra={"error_category": "mine"})
    record = kept.records[0]
    assert (record.error_category, record.error_entry) == ("mine", "cohere/invalid-api-key")
    before = dict(record.__dict__)
    assert ErrdexFilter().filter(record)
    assert record.__dict__ == before


def test_hostile_objects_add_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    """An object without a text fails as it does without the filter: once, on the handler, and not in the program."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logger = logging.Logger("hostile")
    logger.addHandler(handler)

    def failures() -> int:
        logger.error("failed: %s", Hostile())
        logger.error(Hostile())
        logger.error("too few: %s %s", 1)
        return capsys.readouterr().err.count("--- Logging error ---")

    assert failures() == 3
    handler.addFilter(ErrdexFilter())
    assert failures() == 3
    logger.error("%s", TOKEN, extra={"error": Hostile()})
    assert stream.getvalue() == TOKEN + "\n"


def test_fields_can_be_sent_elsewhere(kept: Kept) -> None:
    """The values are plain: a receiver of pickled records needs no errdex."""
    log.error("Cohere: %s", TOKEN)
    found = {name: getattr(kept.records[0], name) for name in NO_FIELDS}
    assert {type(value) for value in found.values()} <= {str, bool, float, type(None)}
    assert b"errdex.taxonomy" not in pickle.dumps(found)


def test_queue_handler() -> None:
    """On the handler before a queue, the filter still has the exception."""
    records: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    handler = logging.handlers.QueueHandler(records)
    handler.addFilter(ErrdexFilter())
    logger = logging.Logger("queued")
    logger.addHandler(handler)
    logger.error("chat failed", exc_info=quota())
    record = records.get_nowait()
    assert record.exc_info is None
    assert told(record) == ("cohere/trial-key-per-month", False)


# structlog.


def chain(*processors) -> tuple[structlog.BoundLogger, structlog.testing.CapturingLogger]:
    output = structlog.testing.CapturingLogger()
    return structlog.wrap_logger(output, processors=[*processors, structlog.processors.JSONRenderer()]), output


def last(output: structlog.testing.CapturingLogger) -> dict:
    return json.loads(output.calls[-1].args[0])


def test_structlog_before_the_exception_is_formatted() -> None:
    """The exception is read by the processor, and formatted by the next one."""
    logger, output = chain(annotate, structlog.processors.format_exc_info)
    try:
        raise quota()
    except ApiError as error:
        for exc_info in (True, error, (type(error), error, error.__traceback__)):
            logger.error("chat failed", exc_info=exc_info)
            line = last(output)
            assert (line["error_entry"], line["error_retryable"]) == ("cohere/trial-key-per-month", False)
            assert "Traceback" in line["exception"]
            assert "error_retry_after" not in line


def test_structlog_after_the_exception_is_formatted() -> None:
    """In the wrong order the exception's body is lost: what is left is the traceback's text, which is read."""
    logger, output = chain(structlog.processors.format_exc_info, annotate)
    logger.error("chat failed", exc_info=quota())
    assert last(output).get("error_entry") != "cohere/trial-key-per-month"
    logger.error("chat failed", exc_info=RuntimeError(f"status_code: 429, body: {{'message': '{QUOTA}'}}"))
    assert last(output)["error_entry"] == "cohere/trial-key-per-month"


@pytest.mark.parametrize(
    "values",
    [
        {"event": "failed", "error": quota()},
        {"event": "failed", "exc": quota()},
        {"event": "failed", "error": "KeyError", "exception": quota()},
        {"event": quota()},
        {"event": "failed", "error": QUOTA},
        {"event": "failed", "error": {"message": QUOTA}},
        {"event": QUOTA},
        {"event": f"failed: {QUOTA}", "error": "KeyError"},
    ],
)
def test_structlog_reads_named_values(values: dict) -> None:
    """Errors are found by their name, and in the event."""
    assert annotate(None, "warning", values)["error_entry"] == "cohere/trial-key-per-month"


def test_structlog_leaves_the_rest() -> None:
    """Innocent and quiet events get nothing, keys that are there stay, hostile values do no harm."""
    logger, output = chain(annotate)
    logger.warning("wrote 429 rows", error=None)
    assert last(output) == {"event": "wrote 429 rows", "error": None}
    logger.info(QUOTA)
    assert last(output) == {"event": QUOTA}
    logger.error(QUOTA, error_category="mine")
    assert (last(output)["error_category"], last(output)["error_retryable"]) == ("mine", False)
    assert len(annotate(None, "error", {"event": Hostile(), "error": Hostile(), "exc_info": (1, 2)})) == 3
    assert annotate(None, "error", {}) == {}


# loguru.


@pytest.fixture
def loguru() -> Iterator[tuple]:
    """A patched logger and the records and lines that its sink has seen."""
    seen: list = []
    sink = loguru_logger.add(seen.append, format="{message} [{extra[error_category]}]", level=0, catch=False)
    yield loguru_logger.patch(patcher), seen
    loguru_logger.remove(sink)


@pytest.fixture(autouse=True)
def _quiet_loguru() -> None:
    loguru_logger.remove()


def test_loguru_sink_sees_extra(loguru) -> None:
    """The fields stand in `extra`; a format may name them for every record."""
    logger, seen = loguru
    logger.error("Cohere: {}", TOKEN)
    logger.warning("wrote 429 rows")
    logger.info("Cohere: {}", TOKEN)
    assert seen == [f"Cohere: {TOKEN} [authentication]\n", "wrote 429 rows [None]\n", f"Cohere: {TOKEN} [None]\n"]
    assert seen[0].record["extra"]["error_entry"] == "cohere/invalid-api-key"
    assert seen[1].record["extra"] == NO_FIELDS


def test_loguru_exceptions(loguru) -> None:
    """The exception comes before the message, and what is bound stays."""
    logger, seen = loguru
    try:
        raise quota()
    except ApiError:
        logger.exception("chat failed")
    logger.bind(error_category="mine").error("chat failed", error=quota())
    logger.opt(exception=True).error("no exception here")
    assert [line.record["extra"]["error_entry"] for line in seen] == ["cohere/trial-key-per-month"] * 2 + [None]
    assert seen[1].record["extra"]["error_category"] == "mine"
    logger.bind(error=Hostile()).error("failed")
    assert seen[3].record["extra"]["error_entry"] is None


# OpenTelemetry.


@pytest.fixture
def spans() -> tuple[trace.Tracer, InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    return provider.get_tracer("test"), exporter


def test_span_attributes(spans) -> None:
    """A span says what the error is, without its text."""
    tracer, exporter = spans
    with tracer.start_as_current_span("chat") as span:
        set_span_attributes(span, quota())
    assert dict(exporter.get_finished_spans()[0].attributes) == {
        "error.type": "cohere/trial-key-per-month",
        "errdex.category": "quota",
        "errdex.retryable": False,
        "errdex.entry": "cohere/trial-key-per-month",
        "errdex.provider": "cohere",
    }


def test_error_type_of_an_instrumentation_stays(spans) -> None:
    """Whoever set `error.type` first knows why."""
    tracer, exporter = spans
    with tracer.start_as_current_span("chat", attributes={"error.type": "429"}) as span:
        set_span_attributes(span, quota())
    attributes = exporter.get_finished_spans()[0].attributes
    assert (attributes["error.type"], attributes["errdex.category"]) == ("429", "quota")


def test_spans_that_do_not_record(spans) -> None:
    """Nothing happens on them; one without readable attributes is set."""
    set_span_attributes(trace.INVALID_SPAN, quota())
    tracer, exporter = spans
    with tracer.start_as_current_span("chat") as span:
        pass
    set_span_attributes(span, quota())
    assert not exporter.get_finished_spans()[0].attributes

    class Bare:
        def is_recording(self) -> bool:
            return True

        def set_attributes(self, attributes: dict) -> None:
            self.kept = attributes

    bare = Bare()
    set_span_attributes(bare, quota())
    assert bare.kept["error.type"] == "cohere/trial-key-per-month"


def test_error_type_is_of_low_cardinality() -> None:
    """The entry, else the status, else the class, else the category."""
    odd = ApiError(status_code=432, body={"message": "a text nobody knows"})
    nothing = errdex.Classification(basis=errdex.Basis.CODE)
    assert otel_attributes(TOKEN)["error.type"] == "cohere/invalid-api-key"
    assert otel_attributes(errdex.Classification(status=432, basis=errdex.Basis.STATUS))["error.type"] == "432"
    assert otel_attributes(odd)["error.type"] in ("432", errdex.classify(odd).entry)
    assert otel_attributes(nothing)["error.type"] == "unknown"
    assert otel_attributes(KeyError("x")) == {"error.type": "KeyError"}
    assert otel_attributes(json.JSONDecodeError("x", "y", 0)) == {"error.type": "json.decoder.JSONDecodeError"}
    assert otel_attributes(wrapped(quota(), explicit=True))["error.type"] == "cohere/trial-key-per-month"
    assert otel_attributes("wrote 429 rows") == otel_attributes(errdex.Classification()) == {}
    assert otel_attributes(Hostile()) == {}


def test_no_attribute_holds_text_of_the_message() -> None:
    """Values of the message stay out; the wait, a number, comes in."""
    error = ApiError(
        headers={"retry-after": "7"},
        status_code=429,
        body={"message": "You are using a Trial key, which is limited to 10 API calls / minute"},
    )
    attributes = otel_attributes(error)
    assert attributes["errdex.retry_after"] == 7.0
    model = otel_attributes("model 'xyz' not found, make sure the correct model ID was used and that you have access")
    assert all("xyz" not in str(value) for value in model.values())


# All of them.


def test_secrets_stay_out() -> None:
    """A key that a message quotes comes into no field."""
    answer = errdex.classify("Incorrect API key provided: sk-abcdefghijklmnop1234")
    assert answer.entry
    assert "abcdef" not in str(fields_of(answer)) + str(otel_attributes(answer))


def test_nothing_is_raised_if_classifying_fails(monkeypatch: pytest.MonkeyPatch, kept: Kept) -> None:
    """Even a broken installation leaves the program's logs alone."""

    def broken() -> None:
        raise OSError("no rules.json")

    monkeypatch.setattr(errdex, "default_catalog", broken)
    log.error("failed")
    assert told(kept.records[0]) == (None, None)
    assert annotate(None, "error", {"event": "failed"}) == {"event": "failed"}


def test_exc_info_in_all_its_forms() -> None:
    """An exception, a triple, true, and what is none of them."""
    error = KeyError("x")
    assert error_of(error) is error_of((KeyError, error, None)) is error
    assert error_of((None, None, None)) is error_of(()) is error_of(None) is error_of(False) is error_of(1) is None


def test_modules_import_no_library() -> None:
    """Importing the integrations loads none of the libraries, and no more of errdex than they need."""
    code = (
        "import sys, errdex.integrations.logging, errdex.integrations.structlog, errdex.integrations.loguru, errdex.integrations.opentelemetry\n"
        "print([m for m in ('structlog', 'loguru', 'opentelemetry', 'errdex.api') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
