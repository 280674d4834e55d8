"""OpenTelemetry: attributes of spans and metrics. opentelemetry itself is not imported.

No attribute holds any text of the message or a value from it: those may be sensitive, and are never the same twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

import errdex
from errdex.integrations._record_fields import first_of, of_exception

__all__ = ["Attributes", "Span", "otel_attributes", "set_span_attributes"]

Attributes = dict[str, str | bool | int | float]
"""Attributes as OpenTelemetry takes them."""


class Span(Protocol):
    """What is asked of a span; recording and non-recording ones of OpenTelemetry have it."""

    def is_recording(self) -> bool:
        """Tell whether the span keeps what it is given."""

    def set_attributes(self, attributes: Attributes, /) -> None:
        """Set attributes."""


def otel_attributes(answer_or_error: object, *, catalog: errdex.Catalog | None = None) -> Attributes:
    """Return the attributes that describe an error. Never raises.

    `error.type` has few values, as OpenTelemetry asks: the entry's id, else the HTTP status as text, else the name of
    the exception's class, else the category. Beside it stand `errdex.category` and `errdex.retryable`, and where they
    are known `errdex.entry`, `errdex.provider` and `errdex.retry_after` (seconds).

    Args:
        answer_or_error: An answer of `errdex.classify`, or an exception or any other raw error. Of an exception
            that is no API error, the causes are read too.
        catalog: The catalog to ask; None for the one in use, see `errdex.use`.

    Returns:
        The attributes. Of an exception that is no API error, `error.type` alone; of anything else, nothing.

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
    }
    if answer.entry:
        attributes["errdex.entry"] = answer.entry
    if answer.provider:
        attributes["errdex.provider"] = answer.provider
    if answer.retry_after is not None:
        attributes["errdex.retry_after"] = answer.retry_after
    return attributes


def set_span_attributes(span: Span, answer_or_error: object, *, catalog: errdex.Catalog | None = None) -> None:
    """Put the attributes of an error on a span; does nothing if the span does not record.

    An `error.type` that an instrumentation has set stays as it is. The status of the span is not touched.

    Args:
        span: The span, such as `trace.get_current_span()`.
        answer_or_error: As for `otel_attributes`.
        catalog: The same.
    """
    if not span.is_recording():
        return
    attributes = otel_attributes(answer_or_error, catalog=catalog)
    there = getattr(span, "attributes", None)  # the API promises none, the SDK has them
    if isinstance(there, Mapping) and "error.type" in there:
        attributes.pop("error.type", None)
    span.set_attributes(attributes)


def _answers(error: object, catalog: errdex.Catalog | None) -> Iterator[errdex.Classification]:
    catalog = catalog or errdex.default_catalog()
    if isinstance(error, BaseException):
        yield from of_exception(catalog, error)
    else:
        yield catalog.classify(error)


def _class_name(error: BaseException) -> str:
    """Return a class's name as OpenTelemetry's own `exception.type` writes it."""
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
