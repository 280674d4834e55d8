"""structlog: a processor that adds fields to the event. structlog itself is not imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, Final

import errdex
from errdex.integrations._record_fields import error_of, fields_of, first_of, of_call, of_exception

__all__ = ["annotate"]

_QUIET: Final = frozenset({"debug", "info"})
"""Methods whose events are not read, so that they cost nothing."""


def annotate(
    logger: object, method: str, event_dict: MutableMapping[str, Any], *, catalog: errdex.Catalog | None = None
) -> MutableMapping[str, Any]:
    """Add what errdex says of an event; a structlog processor. Never raises.

    It must stand **before** `format_exc_info`, `dict_tracebacks` and the renderer, which use up `exc_info`.

    An event that is an API error gets those of `error_entry`, `error_provider`, `error_category`, `error_retryable`,
    `error_retry_after` (seconds), `error_fix` and `error_docs` that have a value; keys that are there stay as they
    are. Other events, and those of `debug` and `info`, get nothing.

    What is read, until something is an API error: the exception of `exc_info`, with its causes; exceptions, then
    bodies and texts, named `error`, `exc` or `exception`; `event`.

    Args:
        logger: As structlog gives it; not used.
        method: The name of the level.
        event_dict: The event.
        catalog: The catalog to ask, given as `functools.partial(annotate, catalog=…)`; None for the one in use, see
            `errdex.use`.

    >>> annotate(None, "error", {"event": "chat failed", "error": "invalid api token"})["error_category"]
    'authentication'
    """
    if method not in _QUIET:
        for name, value in fields_of(first_of(_answers(event_dict, catalog))).items():
            if value is not None:
                event_dict.setdefault(name, value)
    return event_dict


def _answers(event_dict: Mapping[str, Any], catalog: errdex.Catalog | None) -> Iterator[errdex.Classification]:
    catalog = catalog or errdex.default_catalog()
    yield from of_exception(catalog, error_of(event_dict.get("exc_info")))
    yield from of_call(catalog, event_dict, event_dict.get("event"))
