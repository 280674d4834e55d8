"""loguru: a patcher that adds fields to a record's `extra`. loguru itself is not imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import errdex
from errdex.integrations._record_fields import NO_FIELDS, fields_of, first_of, of_call, of_exception

__all__ = ["patcher"]

_WARNING: Final = 30
"""The lowest level at which records are read, as loguru numbers it."""


def patcher(record: Mapping[str, Any], *, catalog: errdex.Catalog | None = None) -> None:
    """Add errdex's answer to a record's `extra`; for `logger.configure(patcher=…)` or `logger.patch(…)`.

    Every record gets `error_entry`, `error_provider`, `error_category`, `error_retryable`, `error_retry_after`
    (seconds), `error_scope`, `error_action`, `error_resets_in` (seconds), `error_fix` and `error_docs`; they are None
    if it is not an API error or is below WARNING, so that a format such as `{extra[error_category]}` never fails.
    Existing keys are kept, and nothing but `extra` is changed. Never raises.

    These are read in turn, until one is an API error: the exception, with its causes; `error`, `exc` or `exception` in
    `extra`; the message.

    Args:
        record: loguru's record.
        catalog: The catalog to use, passed with `functools.partial(patcher, catalog=…)`; None for the current one, see
            `errdex.use`.
    """
    found = fields_of(first_of(_answers(record, catalog))) if record["level"].no >= _WARNING else NO_FIELDS
    for name, value in found.items():
        record["extra"].setdefault(name, value)


def _answers(record: Mapping[str, Any], catalog: errdex.Catalog | None) -> Iterator[errdex.Classification]:
    catalog = catalog or errdex.default_catalog()
    if record["exception"]:
        yield from of_exception(catalog, record["exception"].value)
    yield from of_call(catalog, record["extra"], record["message"])
