"""Writes to standard output what Python's structured loggers make of real API errors, a JSON object a line.

Run it from the checkout's root with the loggers installed (see README.md). Each object: `logger`, its `version`, the
`record` as the logger wrote it, and the `entry` that it reports; null for an innocent one.
"""

from __future__ import annotations

import io
import json
import logging
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version

import anthropic
import cohere
import openai

from tests import ROOT
from tests.local_server import Server

QUOTA = {
    "error": {
        "message": "You exceeded your current quota, please check your plan and billing details. For more information on this error, read the docs: https://platform.openai.com/docs/guides/error-codes/api-errors.",
        "type": "insufficient_quota",
        "param": None,
        "code": "insufficient_quota",
    }
}
TOKENS = {
    "error": {
        "message": "Rate limit reached for gpt-4o in organization org-x1Y2z3 on tokens per min (TPM): Limit 30000, Used 29500, Requested 1200. Please try again in 1.4s. Visit https://platform.openai.com/account/rate-limits to learn more.",
        "type": "tokens",
        "param": None,
        "code": "rate_limit_exceeded",
    }
}
LENGTH = {
    "error": {
        "message": "This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens. Please reduce the length of the messages.",
        "type": "invalid_request_error",
        "param": "messages",
        "code": "context_length_exceeded",
    }
}
OVERLOADED = {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}
TRIAL = {"message": "trial token rate limit exceeded, limit is 100000 tokens per minute"}
ENTRIES = {
    "quota": "openai/insufficient-quota",
    "tokens": "openai/rate-limit-reached",
    "length": "openai/context-length-exceeded",
    "overloaded": "anthropic/overloaded-error",
    "trial": "cohere/trial-tokens-per-minute",
}

SHARED = "http/context-length-exceeded"
"""What the same error is where nothing in the record names the provider: several send this wording."""

FOUND: list[dict[str, object]] = []


def keep(logger: str, package: str, record: str, entry: str | None) -> None:
    """Keep what a logger wrote: one line of a log, without the places of this machine."""
    for place, instead in ((sys.prefix, "/opt/venv"), (str(ROOT), "/srv"), (socket.gethostname(), "api-1")):
        record = record.replace(place, instead)
    assert record.strip(), logger
    assert "\n" not in record.rstrip("\n"), record
    FOUND.append({"logger": logger, "version": version(package), "record": record.rstrip("\n"), "entry": entry})


@contextmanager
def logged_by(handler: logging.Handler, name: str = "app.chat") -> Iterator[logging.Logger]:
    """Yield a logger of the standard library with one handler."""
    logger = logging.getLogger(name)
    logger.handlers, logger.propagate = [handler], False
    logger.setLevel(logging.DEBUG)
    yield logger
    logger.handlers = []


def formatted(formatter: logging.Formatter, log: Callable[[logging.Logger], None]) -> str:
    """Return what a formatter of the standard library makes of a record."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(formatter)
    with logged_by(handler) as logger:
        log(logger)
    return out.getvalue()


class Errors:
    """Real exceptions of real SDKs, raised by a server on this machine."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._openai = openai.OpenAI(api_key="k", base_url=server.url + "/v1", max_retries=0)
        self._anthropic = anthropic.Anthropic(api_key="k", base_url=server.url, max_retries=0)
        self._cohere = cohere.ClientV2("k", base_url=server.url)

    def raise_(self, kind: str) -> None:
        status, body = {
            "quota": (429, QUOTA), "tokens": (429, TOKENS), "length": (400, LENGTH),
            "overloaded": (529, OVERLOADED), "trial": (429, TRIAL),
        }[kind]  # fmt: skip
        self._server.answer(status, body)
        ask = [{"role": "user", "content": "hello"}]
        if kind == "overloaded":
            self._anthropic.messages.create(model="claude-x", max_tokens=9, messages=ask)
        elif kind == "trial":
            self._cohere.chat(model="command-r", messages=ask, request_options={"max_retries": 0})
        else:
            self._openai.chat.completions.create(model="gpt-4o", messages=ask)

    def caught(self, kind: str) -> Exception:
        try:
            self.raise_(kind)
        except Exception as error:
            return error
        raise AssertionError(kind)


ASKED = "Why do I get Error code: 429 - {'error': {'message': 'Rate limit reached'}} from the API?"


def structlog_records(errors: Errors) -> None:
    import structlog

    def with_(renderer: list, log: Callable) -> str:
        out = io.StringIO()
        structlog.configure(
            processors=[structlog.processors.add_log_level, structlog.processors.TimeStamper("iso"), *renderer],
            logger_factory=structlog.WriteLoggerFactory(out),
            cache_logger_on_first_use=False,
        )
        log(structlog.get_logger())
        return out.getvalue()

    def boom(kind: str) -> Callable:
        def log(logger) -> None:
            try:
                errors.raise_(kind)
            except Exception:
                logger.exception("completion_failed", attempt=3, model="gpt-4o")

        return log

    json_ = structlog.processors.JSONRenderer()
    keep(
        "structlog JSON, exception",
        "structlog",
        with_([structlog.processors.format_exc_info, json_], boom("quota")),
        ENTRIES["quota"],
    )
    keep(
        "structlog JSON, dict_tracebacks",
        "structlog",
        with_([structlog.processors.dict_tracebacks, json_], boom("tokens")),
        ENTRIES["tokens"],
    )
    keep(
        "structlog JSON, error=str",
        "structlog",
        with_([json_], lambda log: log.error("completion_failed", error=str(errors.caught("length")))),
        SHARED,
    )
    keep(
        "structlog JSON, exc=repr",
        "structlog",
        with_([json_], lambda log: log.error("completion_failed", exc=repr(errors.caught("quota")))),
        ENTRIES["quota"],
    )
    keep(
        "structlog logfmt",
        "structlog",
        with_(
            [structlog.processors.LogfmtRenderer()],
            lambda log: log.error("completion_failed", error=str(errors.caught("quota"))),
        ),
        ENTRIES["quota"],
    )
    keep(
        "structlog key-value",
        "structlog",
        with_(
            [structlog.processors.KeyValueRenderer()],
            lambda log: log.error("completion_failed", error=str(errors.caught("tokens"))),
        ),
        ENTRIES["tokens"],
    )
    for name, log in (
        ("event", lambda log: log.info("completion_done", status=200, model="gpt-4o", tokens=429)),
        ("question", lambda log: log.info("question_asked", prompt=ASKED)),
        (
            "own error",
            lambda log: log.error(
                "order_rejected", status=422, path="/orders", method="POST", detail="quantity must be positive"
            ),
        ),
    ):
        keep(f"structlog JSON, {name}", "structlog", with_([json_], log), None)
    keep(
        "structlog logfmt, event",
        "structlog",
        with_([structlog.processors.LogfmtRenderer()], lambda log: log.info("completion_done", status=200, tokens=529)),
        None,
    )


def loguru_records(errors: Errors) -> None:
    from loguru import logger

    def with_(log: Callable) -> str:
        out = io.StringIO()
        logger.remove()
        logger.add(out, serialize=True)
        log()
        return out.getvalue()

    def boom(kind: str) -> Callable:
        def log() -> None:
            try:
                errors.raise_(kind)
            except Exception:
                logger.exception("completion failed")

        return log

    keep("loguru serialize, exception", "loguru", with_(boom("quota")), ENTRIES["quota"])
    keep(
        "loguru serialize, message",
        "loguru",
        with_(lambda: logger.error("completion failed: {}", errors.caught("trial"))),
        ENTRIES["trial"],
    )
    keep(
        "loguru serialize, extra",
        "loguru",
        with_(lambda: logger.bind(error=str(errors.caught("length"))).error("completion failed")),
        SHARED,
    )
    keep("loguru serialize, info", "loguru", with_(lambda: logger.info("completion done in 429 ms")), None)

    def bug() -> None:
        try:
            {}["usage"]
        except KeyError:
            logger.exception("no usage in the answer")

    keep("loguru serialize, bug", "loguru", with_(bug), None)


def standard_library_records(errors: Errors) -> None:
    import ecs_logging
    from pythonjsonlogger.json import JsonFormatter

    def boom(kind: str) -> Callable[[logging.Logger], None]:
        def log(logger: logging.Logger) -> None:
            try:
                errors.raise_(kind)
            except Exception:
                logger.exception("completion failed")

        return log

    def bug(logger: logging.Logger) -> None:
        try:
            int("many")
        except ValueError:
            logger.exception("no number of tokens")

    json_ = JsonFormatter("%(asctime)s %(levelname)s %(name)s %(message)s")
    keep("python-json-logger, exc_info", "python-json-logger", formatted(json_, boom("quota")), ENTRIES["quota"])
    keep(
        "python-json-logger, message",
        "python-json-logger",
        formatted(json_, lambda log: log.error("gave up: %s", errors.caught("tokens"))),
        ENTRIES["tokens"],
    )
    as_list = JsonFormatter("%(levelname)s %(message)s", exc_info_as_array=True)
    keep(
        "python-json-logger, exc_info as list",
        "python-json-logger",
        formatted(as_list, boom("trial")),
        ENTRIES["trial"],
    )
    keep(
        "python-json-logger, info",
        "python-json-logger",
        formatted(json_, lambda log: log.info("served", extra={"status_code": 429, "path": "/v1/me", "method": "GET"})),
        None,
    )
    keep("python-json-logger, bug", "python-json-logger", formatted(json_, bug), None)

    ecs = ecs_logging.StdlibFormatter()
    keep("ecs-logging, nested", "ecs-logging", formatted(ecs, boom("quota")), ENTRIES["quota"])
    flat = ecs_logging.StdlibFormatter(extra={"service.name": "chat"})
    record = json.loads(formatted(flat, boom("length")))
    dotted = {
        ("error." + key if key in record["error"] else key): value
        for key, value in {**record, **record["error"]}.items()
        if key != "error"
    }
    keep("ECS, dotted keys", "ecs-logging", json.dumps(dotted), SHARED)
    keep(
        "ecs-logging, info",
        "ecs-logging",
        formatted(
            ecs,
            lambda log: log.info(
                "answer sent", extra={"http": {"response": {"status_code": 503}}, "url": {"path": "/x"}}
            ),
        ),
        None,
    )
    keep("ecs-logging, bug", "ecs-logging", formatted(ecs, bug), None)

    from awslambdaric.lambda_runtime_log_utils import JsonFormatter as LambdaFormatter

    def of_lambda(log: Callable[[logging.Logger], None]) -> str:
        class Named(LambdaFormatter):
            def format(self, record: logging.LogRecord) -> str:
                record.aws_request_id = "c6af9ac6-7b61-11e6-9a41-93e8deadbeef"
                return super().format(record)

        return formatted(Named(), log)

    keep("AWS Lambda's JSON log", "awslambdaric", of_lambda(boom("tokens")), ENTRIES["tokens"])
    keep("AWS Lambda's JSON log, info", "awslambdaric", of_lambda(lambda log: log.info("cold start, 503 ms")), None)

    from aws_lambda_powertools import Logger as Powertools

    out = io.StringIO()
    powertools = Powertools(service="chat", stream=out)
    boom("quota")(powertools)  # type: ignore[arg-type]
    keep("AWS Lambda Powertools", "aws-lambda-powertools", out.getvalue(), ENTRIES["quota"])
    out.seek(0), out.truncate()
    powertools.info({"order": 500, "status": "failed"})
    keep("AWS Lambda Powertools, info", "aws-lambda-powertools", out.getvalue(), None)

    from google.cloud.logging_v2.handlers import StructuredLogHandler

    def of_google(log: Callable[[logging.Logger], None]) -> str:
        out = io.StringIO()
        with logged_by(StructuredLogHandler(project_id="p", stream=out)) as logger:
            log(logger)
        return out.getvalue().splitlines()[-1]  # the first time, a record about the library comes before it

    keep("Google Cloud, StructuredLogHandler", "google-cloud-logging", of_google(boom("length")), ENTRIES["length"])
    keep(
        "Google Cloud, StructuredLogHandler, info",
        "google-cloud-logging",
        of_google(lambda log: log.info("429 answers sent")),
        None,
    )

    from logstash_async.formatter import LogstashFormatter

    logstash = LogstashFormatter(extra_prefix="extra")
    keep("python-logstash-async", "python-logstash-async", formatted(logstash, boom("trial")), ENTRIES["trial"])
    keep("python-logstash-async, bug", "python-logstash-async", formatted(logstash, bug), None)

    from pygelf.gelf import make

    class Gelf(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            return json.dumps(make(record, "api-1", True, "1.1", {}, {}), default=str)

    keep("GELF, full_message", "pygelf", formatted(Gelf(), boom("quota")), ENTRIES["quota"])
    keep(
        "GELF, short_message",
        "pygelf",
        formatted(Gelf(), lambda log: log.error("gave up: %s", errors.caught("tokens"))),
        ENTRIES["tokens"],
    )
    keep("GELF, info", "pygelf", formatted(Gelf(), lambda log: log.info("500 tokens used")), None)


def telemetry_records(errors: Errors) -> None:
    from google.protobuf.json_format import MessageToJson
    from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import ConsoleSpanExporter, SimpleSpanProcessor
    from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

    out, kept = io.StringIO(), InMemorySpanExporter()
    tracing = TracerProvider()
    tracing.add_span_processor(
        SimpleSpanProcessor(ConsoleSpanExporter(out=out, formatter=lambda span: span.to_json(indent=None) + "\n"))
    )
    tracing.add_span_processor(SimpleSpanProcessor(kept))
    tracer = tracing.get_tracer("app")

    def span(work: Callable[[], object]) -> tuple[str, str]:
        out.seek(0), out.truncate(), kept.clear()
        try:
            with tracer.start_as_current_span("chat gpt-4o"):
                work()
        except Exception:
            pass
        return out.getvalue(), MessageToJson(encode_spans(kept.get_finished_spans()), indent=None)

    console, otlp = span(lambda: errors.raise_("quota"))
    keep("OpenTelemetry, console span", "opentelemetry-sdk", console, ENTRIES["quota"])
    keep("OpenTelemetry, OTLP span", "opentelemetry-sdk", otlp, ENTRIES["quota"])
    console, otlp = span(lambda: None)
    keep("OpenTelemetry, console span, fine", "opentelemetry-sdk", console, None)
    keep("OpenTelemetry, OTLP span, fine", "opentelemetry-sdk", otlp, None)

    from opentelemetry.exporter.otlp.proto.common._log_encoder import encode_logs
    from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
    from opentelemetry.sdk._logs.export import (
        ConsoleLogRecordExporter,
        InMemoryLogRecordExporter,
        SimpleLogRecordProcessor,
    )

    out, stored = io.StringIO(), InMemoryLogRecordExporter()
    logs = LoggerProvider()
    logs.add_log_record_processor(
        SimpleLogRecordProcessor(
            ConsoleLogRecordExporter(out=out, formatter=lambda record: record.to_json(indent=None) + "\n")
        )
    )
    logs.add_log_record_processor(SimpleLogRecordProcessor(stored))

    def record(log: Callable[[logging.Logger], None]) -> tuple[str, str]:
        out.seek(0), out.truncate(), stored.clear()
        with logged_by(LoggingHandler(logger_provider=logs)) as logger:
            log(logger)
        return out.getvalue(), MessageToJson(encode_logs(stored.get_finished_logs()), indent=None)

    def boom(logger: logging.Logger) -> None:
        try:
            errors.raise_("tokens")
        except Exception:
            logger.exception("completion failed")

    console, otlp = record(boom)
    keep("OpenTelemetry, console log, exception", "opentelemetry-sdk", console, ENTRIES["tokens"])
    keep("OpenTelemetry, OTLP log, exception", "opentelemetry-sdk", otlp, ENTRIES["tokens"])
    console, otlp = record(lambda log: log.error("gave up: %s", errors.caught("overloaded")))
    keep("OpenTelemetry, console log, body", "opentelemetry-sdk", console, ENTRIES["overloaded"])
    keep("OpenTelemetry, OTLP log, body", "opentelemetry-sdk", otlp, ENTRIES["overloaded"])
    console, otlp = record(lambda log: log.info("served", extra={"http.response.status_code": 429, "url.path": "/me"}))
    keep("OpenTelemetry, console log, info", "opentelemetry-sdk", console, None)
    keep("OpenTelemetry, OTLP log, info", "opentelemetry-sdk", otlp, None)


def sentry_records(errors: Errors) -> None:
    import sentry_sdk
    from sentry_sdk.transport import Transport

    sent: list[str] = []

    class Kept(Transport):
        def capture_envelope(self, envelope) -> None:
            sent.extend(json.dumps(item.payload.json) for item in envelope.items if item.type == "event")

    sentry_sdk.init(dsn="https://k@localhost/1", transport=Kept, default_integrations=False)
    sentry_sdk.capture_exception(errors.caught("quota"))
    keep("Sentry event, exception", "sentry-sdk", sent.pop(), ENTRIES["quota"])
    sentry_sdk.capture_message(f"gave up: {errors.caught('tokens')}", level="error")
    keep("Sentry event, message", "sentry-sdk", sent.pop(), ENTRIES["tokens"])
    sentry_sdk.capture_message("a customer asks for 429 seats", level="warning")
    keep("Sentry event, message, fine", "sentry-sdk", sent.pop(), None)
    try:
        [][0]
    except IndexError as error:
        sentry_sdk.capture_exception(error)
    keep("Sentry event, bug", "sentry-sdk", sent.pop(), None)


if __name__ == "__main__":
    server = Server()
    errors = Errors(server)
    for write in (structlog_records, loguru_records, standard_library_records, telemetry_records, sentry_records):
        write(errors)
    server.stop()
    for record in FOUND:
        print(json.dumps(record))
    print(f"{len(FOUND)} records", file=sys.stderr)
