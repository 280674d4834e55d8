"""OpenTelemetry: attributes for spans and metrics. opentelemetry itself is not imported.

No attribute contains any text or value from the message: these may be sensitive, and have too many distinct values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

import errdex
from errdex.integrations._record_fields import first_of, of_exception

__all__ = ["Attributes", "Span", "otel_attributes", "set_span_attributes"]

Attributes = dict[str, str | bool | int | float]
"""Attributes as OpenTelemetry accepts them."""


class Span(Protocol):
    """What a span must offer; OpenTelemetry's recording and non-recording spans do."""

    def is_recording(self) -> bool:
        """Tell whether the span records what it is given."""

    def set_attributes(self, attributes: Attributes, /) -> None:
        """Set attributes."""


def otel_attributes(answer_or_error: object, *, catalog: errdex.Catalog | None = None) -> Attributes:
    """Return the attributes that describe an error. Never raises.

    `error.type` has few distinct values, as OpenTelemetry requires: the entry's id, otherwise the HTTP status as text,
    the name of the exception class, or the category. The other attributes are `errdex.category` and
    `errdex.retryable`, and if known, `errdex.entry`, `errdex.provider` and `errdex.retry_after` (seconds).

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
    }
    if answer.entry:
        attributes["errdex.entry"] = answer.entry
    if answer.provider:
        attributes["errdex.provider"] = answer.provider
    if answer.retry_after is not None:
        attributes["errdex.retry_after"] = answer.retry_after
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
