"""loguru: a patcher that adds fields to a record's `extra`. loguru itself is not imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from errdex.integrations.record_fields import NO_FIELDS, answer_of, fields_of, named, shown

_WARNING: Final = 30
"""loguru's number of the level from which records are read."""


def patcher(record: Mapping[str, Any]) -> None:
    """Add what errdex says of a record to its `extra`; for `logger.configure(patcher=…)` or `logger.patch(…)`.

    Every record gets `error_entry`, `error_provider`, `error_category`, `error_retryable`, `error_retry_after`
    (seconds), `error_fix` and `error_docs`, with None where it is no API error or below WARNING, so that a format such
    as `{extra[error_category]}` never fails. A key that is there stays as it is. Nothing but `extra` is changed.
    Never raises.

    What is read, until something is an API error: the exception, with its causes; `error`, `exc` or `exception` of
    `extra`; the message.
    """
    found = fields_of(answer_of(_raws(record))) if record["level"].no >= _WARNING else NO_FIELDS
    for name, value in found.items():
        record["extra"].setdefault(name, value)


def _raws(record: Mapping[str, Any]) -> Iterator[object]:
    if record["exception"]:
        yield from shown(record["exception"].value)
    yield from named(record["extra"], record["message"])
