"""OpenTelemetry: attributes for spans and metrics, and the event of a failed call.

opentelemetry itself is not imported, except by `emit_exception`, whose caller has it.

No attribute contains any text or value from the message: these may be sensitive, and have too many distinct values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, Protocol

import errdex
from errdex.integrations._record_fields import first_of, of_exception

__all__ = ["Attributes", "Logger", "Span", "emit_exception", "otel_attributes", "set_span_attributes"]

_EVENT: Final = "gen_ai.client.operation.exception"
"""Name of the event by which the semantic conventions for generative AI report a failed call."""
_WARN: Final = 13
"""The severity that the conventions ask for."""

Attributes = dict[str, str | bool | int | float]
"""Attributes as OpenTelemetry accepts them."""


class Span(Protocol):
    """What a span must offer; OpenTelemetry's recording and non-recording spans do."""

    def is_recording(self) -> bool:
        """Tell whether the span records what it is given."""

    def set_attributes(self, attributes: Attributes, /) -> None:
        """Set attributes."""


class Logger(Protocol):
    """What a logger must offer; OpenTelemetry's (`opentelemetry._logs.get_logger`) does."""

    def emit(self, *, severity_number: Any, severity_text: str, attributes: Any, event_name: str) -> None:
        """Emit a record."""


def otel_attributes(answer_or_error: object, *, catalog: errdex.Catalog | None = None) -> Attributes:
    """Return the attributes that describe an error. Never raises.

    `error.type` has few distinct values, as OpenTelemetry requires: the entry's id, otherwise the HTTP status as text,
    the name of the exception class, or the category. The other attributes are `errdex.category`, `errdex.retryable`,
    `errdex.scope` and `errdex.action`, and if known, `errdex.entry`, `errdex.provider`, `errdex.retry_after` and
    `errdex.resets_in` (seconds).

    Args:
        answer_or_error: An answer from `errdex.classify`, or an exception or any other raw error. If an exception is
            not an API error itself, its causes are read too.
        catalog: The catalog to use; None for the current one, see `errdex.use`.

    Returns:
        The attributes; for an exception that is not an API error, `error.type` alone; for anything else, none.

    >>> otel_attributes("invalid api token")["error.type"]
    'cohere/invalid-api-key'
    """
    error = answer_or_error
    answer = error if isinstance(error, errdex.Classification) else first_of(_answers(error, catalog))
    name = _class_name(error) if isinstance(error, BaseException) else None
    if not answer:
        return {"error.type": name} if name else {}
    status = str(answer.status) if answer.status else None
    attributes: Attributes = {
        "error.type": answer.entry or status or name or str(answer.category),
        "errdex.category": str(answer.category),
        "errdex.retryable": answer.retryable,
        "errdex.scope": str(answer.scope),
        "errdex.action": str(answer.action),
    }
    if answer.entry:
        attributes["errdex.entry"] = answer.entry
    if answer.provider:
        attributes["errdex.provider"] = answer.provider
    if answer.retry_after is not None:
        attributes["errdex.retry_after"] = answer.retry_after
    if answer.resets_in is not None:
        attributes["errdex.resets_in"] = answer.resets_in
    return attributes


def set_span_attributes(span: Span, answer_or_error: object, *, catalog: errdex.Catalog | None = None) -> None:
    """Set the attributes of an error on a span; do nothing if the span is not recording.

    An `error.type` that an instrumentation has already set is kept. The status of the span is not changed.

    Args:
        span: The span, such as `trace.get_current_span()`.
        answer_or_error: As for `otel_attributes`.
        catalog: As for `otel_attributes`.
    """
    if not span.is_recording():
        return
    attributes = otel_attributes(answer_or_error, catalog=catalog)
    there = getattr(span, "attributes", None)  # not in the API, but the SDK's spans have them
    if isinstance(there, Mapping) and "error.type" in there:
        attributes.pop("error.type", None)
    span.set_attributes(attributes)


def emit_exception(
    logger: Logger,
    answer_or_error: object,
    attributes: Mapping[str, Any] | None = None,
    *,
    catalog: errdex.Catalog | None = None,
) -> None:
    """Emit the event `gen_ai.client.operation.exception`, as the semantic conventions ask for a failed call.

    Its severity is WARN, and it belongs to the current span. It has the attributes of `otel_attributes` and, for an
    exception, `exception.type`; `exception.message` and `exception.stacktrace` are left out, as they may contain what
    a user wrote. Nothing is emitted for what is not an error at all.

    Args:
        logger: The logger, such as `opentelemetry._logs.get_logger(__name__)`.
        answer_or_error: As for `otel_attributes`.
        attributes: More attributes, such as `gen_ai.operation.name` and `gen_ai.request.model`; they win over errdex's.
        catalog: As for `otel_attributes`.
    """
    said: dict[str, Any] = dict(otel_attributes(answer_or_error, catalog=catalog))
    if not said:
        return
    if isinstance(answer_or_error, BaseException):
        said["exception.type"] = _class_name(answer_or_error)
    from opentelemetry._logs import SeverityNumber  # who has a logger has the package

    severity = SeverityNumber(_WARN)
    logger.emit(
        severity_number=severity, severity_text="WARN", attributes={**said, **(attributes or {})}, event_name=_EVENT
    )


def _answers(error: object, catalog: errdex.Catalog | None) -> Iterator[errdex.Classification]:
    catalog = catalog or errdex.default_catalog()
    if isinstance(error, BaseException):
        yield from of_exception(catalog, error)
    else:
        yield catalog.classify(error)


def _class_name(error: BaseException) -> str:
    """Return the name of an exception's class, as in OpenTelemetry's own `exception.type`."""
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
