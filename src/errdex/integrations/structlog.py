"""structlog: a processor that adds fields to the event. structlog itself is not imported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, Final

from errdex.integrations.record_fields import answer_of, error_of, fields_of, named, shown

_QUIET: Final = frozenset({"debug", "info"})
"""Methods whose events are not read, so that they cost nothing."""


def annotate(logger: object, method: str, event_dict: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Add what errdex says of an event; a structlog processor. Never raises.

    It must stand **before** `format_exc_info`, `dict_tracebacks` and the renderer, which use up `exc_info`.

    An event that is an API error gets those of `error_entry`, `error_provider`, `error_category`, `error_retryable`,
    `error_retry_after` (seconds), `error_fix` and `error_docs` that have a value; keys that are there stay as they
    are. Other events, and those of `debug` and `info`, get nothing.

    What is read, until something is an API error: the exception of `exc_info`, with its causes; exceptions, then
    bodies and texts, named `error`, `exc` or `exception`; `event`.

    >>> annotate(None, "error", {"event": "chat failed", "error": "invalid api token"})["error_category"]
    'authentication'
    """
    if method not in _QUIET:
        for name, value in fields_of(answer_of(_raws(event_dict))).items():
            if value is not None:
                event_dict.setdefault(name, value)
    return event_dict


def _raws(event_dict: Mapping[str, Any]) -> Iterator[object]:
    yield from shown(error_of(event_dict.get("exc_info")))
    yield from named(event_dict, event_dict.get("event"))
