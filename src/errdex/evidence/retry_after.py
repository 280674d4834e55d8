"""How long to wait, from headers, from fields of a body, and from the words of a message."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from typing import Any, Final

from errdex.catalog.template import KINDS
from errdex.matching.values import seconds

LONGEST: Final = 600.0
"""Seconds; who must wait longer should not loop: the request is not retryable."""

# The service's own promise; `retrying in 5s` is what the client does anyway.
_PROMISING: Final = ("again", "retry", "wait", "available", "reset")
_PROMISE: Final = (
    r"\b(?:try again|retry|wait|available|resets?)\b[^.\n]{0,30}?"
    rf"\b(?:in|after|for|about|least)\s+({KINDS['duration']})"
)
WAIT_FIELDS: Final = frozenset(
    {"retry_after", "retryafter", "retry-after", "retrydelay", "retry_delay", "estimated_time"}
)
_LIMITS: Final = ("", "-requests", "-tokens")
_EPOCH: Final = 1_000_000_000  # larger numbers are moments, in seconds since 1970
_EPOCH_MS: Final = 100_000_000_000  # and these in milliseconds


def from_headers(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that `retry-after-ms` or `Retry-After` asks for; names are in lower case."""
    if (milliseconds := _float(headers.get("retry-after-ms"))) is not None:
        return milliseconds / 1000
    if value := headers.get("retry-after"):
        wait = _duration(value)
        if wait is not None:
            return wait
        if (moment := _date(value)) is not None:
            return max(0.0, moment - time.time())
    return None


def from_fields(fields: Iterable[tuple[str, Any]]) -> float | None:
    """Return the seconds that a field of the body names, such as `retry_after` or `retryDelay`."""
    for path, value in fields:
        if path.rpartition(".")[2].lower() in WAIT_FIELDS:
            wait = _duration(value) if isinstance(value, str) else _float(value)
            if wait is not None:
                return wait
    return None


def from_message(low: str) -> float | None:
    """Return the seconds that a folded message promises, such as in `try again in 9.8s`."""
    for word in _PROMISING:
        if word in low:
            break
    else:
        return None
    found = re.search(_PROMISE, low)
    return seconds(found[1]) if found else None


def from_reset(headers: Mapping[str, str]) -> float | None:
    """Return in how many seconds the limit that is used up opens again.

    Where no header says which limit is used up, the first that is named counts.
    """
    waits: list[tuple[bool, int, float]] = []
    for prefix in ("x-ratelimit", "ratelimit"):
        for limit in _LIMITS:
            value = headers.get(f"{prefix}-reset{limit}")
            wait = _duration(value) if value else None
            if wait is not None:
                if wait > _EPOCH:
                    wait = max(0.0, (wait / 1000 if wait > _EPOCH_MS else wait) - time.time())
                used_up = _float(headers.get(f"{prefix}-remaining{limit}")) == 0
                waits.append((not used_up, len(waits), wait))
    return min(waits)[2] if waits else None


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
    from email.utils import parsedate_to_datetime  # costs 10 ms of start-up, and a date is rare

    try:
        return parsedate_to_datetime(value).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None
