"""structlog: a processor that adds fields to the event. structlog itself is not imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, Final

import errdex
from errdex.integrations._record_fields import error_of, fields_of, first_of, of_call, of_exception

__all__ = ["annotate"]

_QUIET: Final = frozenset({"debug", "info"})
"""Methods whose events are not read, so that these cost nothing."""


def annotate(
    logger: object, method: str, event_dict: MutableMapping[str, Any], *, catalog: errdex.Catalog | None = None
) -> MutableMapping[str, Any]:
    """Add errdex's answer to an event; a structlog processor. Never raises.

    Place it **before** `format_exc_info`, `dict_tracebacks` and the renderer, which consume `exc_info`.

    An event that is an API error gets those of `error_entry`, `error_provider`, `error_category`, `error_retryable`,
    `error_retry_after` (seconds), `error_scope`, `error_action`, `error_resets_in` (seconds), `error_fix` and
    `error_docs` that have a value; existing keys are kept. Other
    events, and `debug` and `info` events, get nothing.

    These are read in turn, until one is an API error: the exception in `exc_info`, with its causes; exceptions, then
    bodies and texts, named `error`, `exc` or `exception`; `event`.

    Args:
        logger: The logger that structlog passes; not used.
        method: The name of the level.
        event_dict: The event.
        catalog: The catalog to use, passed with `functools.partial(annotate, catalog=…)`; None for the current one, see
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
