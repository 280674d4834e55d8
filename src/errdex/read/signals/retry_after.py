"""Reads how long to wait from headers, from fields of a body and from the words of a message."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping

from errdex.model.type_names import Any, Final
from errdex.rules import Pattern
from errdex.rules.holes import KINDS, seconds

LONGEST: Final = 600.0
"""Longest wait worth a retry, in seconds; a request that must wait longer is not retryable."""

# What the service itself promises; `retrying in 5s` only says what the client is doing.
_PROMISING: Final = ("again", "retry", "wait", "available", "reset")
_PROMISE: Final[Pattern] = (
    r"\b(?:try again|retry|wait|available|resets?)\b[^.\n]{0,30}?"
    rf"\b(?:in|after|for|about|least)\s+({KINDS['duration']})"
)
WAIT_FIELDS: Final = frozenset(
    {
        "retry_after",
        "retryafter",
        "retry-after",
        "retry_after_seconds",
        "retryafterseconds",
        "retrydelay",
        "retry_delay",
        "estimated_time",
    }
)
_MILLISECONDS: Final = ("retry-after-ms", "x-ms-retry-after-ms")
_ISO: Final[Pattern] = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
_EPOCH: Final = 1_000_000_000  # larger numbers are timestamps in seconds since 1970
_EPOCH_MS: Final = 100_000_000_000  # larger numbers are timestamps in milliseconds


def from_headers(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that `retry-after-ms` or `Retry-After` asks for, or None; names are in lower case."""
    for name in _MILLISECONDS:
        if (milliseconds := _float(headers.get(name))) is not None:
            return milliseconds / 1000
    value = headers.get("retry-after")
    return _until(value, headers) if value else None


def from_fields(fields: Iterable[tuple[str, Any]]) -> float | None:
    """Return the seconds given by a field of the body, such as `retry_after` or `retryDelay`, or None."""
    for path, value in fields:
        if path.rpartition(".")[2].lower() in WAIT_FIELDS:
            wait = _duration(value) if isinstance(value, str) else _float(value)
            if wait is not None:
                return wait
    return None


def from_message(low: str) -> float | None:
    """Return the seconds that a folded message promises, as in `try again in 9.8s`, or None."""
    for word in _PROMISING:
        if word in low:
            break
    else:
        return None
    found = re.search(_PROMISE, low)
    return seconds(found[1]) if found else None


def from_reset(headers: Mapping[str, str]) -> float | None:
    """Return the seconds until the exhausted rate limit resets, or None.

    If several limits are exhausted, or no header says which one is, the last one to reset counts. A limit that is not
    known to be exhausted and resets only after `LONGEST`, such as a daily one, is not the limit that was hit.
    """
    waits: list[tuple[int, float]] = []
    for name, value in headers.items():
        wait = _until(value, headers) if "ratelimit" in name and "reset" in name else None
        if wait:  # a moment that has passed says nothing about the limit that was hit now
            left = _float(headers.get(name.replace("reset", "remaining")))
            doubt = 1 if left is None else 2 if left else 0
            if not doubt or wait <= LONGEST:
                waits.append((doubt, -wait))
    return -min(waits)[1] if waits else None


def _until(value: str, headers: Mapping[str, str]) -> float | None:
    """Return the seconds given by a header: a number, a duration or the time to wait until; None for anything else."""
    wait = _duration(value.partition(",")[0])  # proxies join repeated headers
    moment = _date(value) if wait is None else None
    if wait is not None and wait > _EPOCH:
        moment = wait / 1000 if wait > _EPOCH_MS else wait
    if moment is None:
        return wait
    # The server's time is compared with the server's clock, as the local one may be wrong.
    return max(0.0, moment - (_date(headers.get("date", "")) or time.time()))


def _duration(value: str) -> float | None:
    number = _float(value)
    if number is not None:
        return number
    found = re.fullmatch(KINDS["duration"], value.strip())
    return seconds(found[0]) if found else None


def _float(value: str | float | None) -> float | None:
    try:
        number = float(value) if value else None
    except (ValueError, OverflowError):
        return None
    return number if number is not None and 0 <= number < float("inf") else None


def _date(value: str) -> float | None:
    """Return an HTTP or ISO 8601 date as seconds since 1970, or None."""
    from datetime import UTC, datetime  # imported here: these cost 10 ms of start-up time, and dates are rare
    from email.utils import parsedate_to_datetime

    try:
        moment = datetime.fromisoformat(value) if re.fullmatch(_ISO, value) else parsedate_to_datetime(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None
