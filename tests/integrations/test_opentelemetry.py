"""Attributes of spans, with the real library."""

from __future__ import annotations

import json

import pytest
from opentelemetry import trace
from opentelemetry._logs import SeverityNumber
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import InMemoryLogRecordExporter, SimpleLogRecordProcessor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

import errdex
from errdex.integrations.opentelemetry import emit_exception, otel_attributes, set_span_attributes
from tests.exceptions import ApiError
from tests.integrations.logged import TOKEN, Hostile, quota, wrapped


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
        "errdex.scope": "key",
        "errdex.action": "wait",
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
    odd = ApiError(432, "a text nobody knows")
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
    error = ApiError(429, "You are using a Trial key, which is limited to 10 API calls / minute", {"retry-after": "7"})
    attributes = otel_attributes(error)
    assert attributes["errdex.retry_after"] == 7.0
    model = otel_attributes("model 'xyz' not found, make sure the correct model ID was used and that you have access")
    assert all("xyz" not in str(value) for value in model.values())


def test_the_event_of_a_failed_call(spans) -> None:
    """It is what the semantic conventions name it, belongs to the span, and holds no text of the message."""
    exporter = InMemoryLogRecordExporter()
    provider = LoggerProvider()
    provider.add_log_record_processor(SimpleLogRecordProcessor(exporter))
    tracer, _ = spans
    with tracer.start_as_current_span("chat command-a") as span:
        emit_exception(provider.get_logger("test"), quota(), {"gen_ai.operation.name": "chat"})
    (finished,) = exporter.get_finished_logs()
    record = finished.log_record
    assert record.event_name == "gen_ai.client.operation.exception"
    assert record.severity_number is SeverityNumber.WARN
    assert record.span_id == span.get_span_context().span_id
    assert dict(record.attributes) == {
        **otel_attributes(quota()),
        "exception.type": "cohere.core.api_error.ApiError",
        "gen_ai.operation.name": "chat",
    }
    assert "Trial key" not in json.dumps(dict(record.attributes))


def test_what_is_no_error_emits_nothing() -> None:
    """A failure of the program is one, a text about nothing is not."""
    exporter = InMemoryLogRecordExporter()
    provider = LoggerProvider()
    provider.add_log_record_processor(SimpleLogRecordProcessor(exporter))
    emit_exception(provider.get_logger("test"), "nothing to report")
    assert exporter.get_finished_logs() == ()
    emit_exception(provider.get_logger("test"), KeyError("text"))
    (finished,) = exporter.get_finished_logs()
    assert dict(finished.log_record.attributes) == {"error.type": "KeyError", "exception.type": "KeyError"}


def test_when_a_limit_opens() -> None:
    """It is an attribute of its own: `retry_after` is for retries."""
    attributes = otel_attributes('{"error": {"type": "usage_limit_reached", "resets_in_seconds": 7200}}')
    assert attributes["errdex.resets_in"] == 7_200
    assert "errdex.retry_after" not in attributes
