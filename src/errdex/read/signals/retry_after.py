"""How long to wait, from headers, from fields of a body, and from the words of a message."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from typing import Any, Final

from errdex.rules import Pattern
from errdex.rules.holes import KINDS, seconds

LONGEST: Final = 600.0
"""Seconds; who must wait longer should not loop: the request is not retryable."""

# The service's own promise; `retrying in 5s` is what the client does anyway.
_PROMISING: Final = ("again", "retry", "wait", "available", "reset")
_PROMISE: Final[Pattern] = (
    r"\b(?:try again|retry|wait|available|resets?)\b[^.\n]{0,30}?"
    rf"\b(?:in|after|for|about|least)\s+({KINDS['duration']})"
)
WAIT_FIELDS: Final = frozenset(
    {"retry_after", "retryafter", "retry-after", "retrydelay", "retry_delay", "estimated_time"}
)
_MILLISECONDS: Final = ("retry-after-ms", "x-ms-retry-after-ms")
_ISO: Final[Pattern] = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
_EPOCH: Final = 1_000_000_000  # larger numbers are moments, in seconds since 1970
_EPOCH_MS: Final = 100_000_000_000  # and these in milliseconds


def from_headers(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that `retry-after-ms` or `Retry-After` asks for; names are in lower case."""
    for name in _MILLISECONDS:
        if (milliseconds := _float(headers.get(name))) is not None:
            return milliseconds / 1000
    value = headers.get("retry-after")
    return _until(value, headers) if value else None


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

    Where no header says which limit is used up, or several are, the one that opens last counts. One that is not known
    to be used up and opens in hours, such as a day's, is not what the request met.
    """
    waits: list[tuple[int, float]] = []
    for name, value in headers.items():
        wait = _until(value, headers) if "ratelimit" in name and "reset" in name else None
        if wait is not None:
            left = _float(headers.get(name.replace("reset", "remaining")))
            doubt = 1 if left is None else 2 if left else 0
            if not doubt or wait <= LONGEST:
                waits.append((doubt, -wait))
    return -min(waits)[1] if waits else None


def _until(value: str, headers: Mapping[str, str]) -> float | None:
    """Return the seconds that a header names: as a number, a duration, or the moment until which to wait."""
    wait = _duration(value.partition(",")[0])  # proxies join a header that came twice
    moment = _date(value) if wait is None else None
    if wait is not None and wait > _EPOCH:
        moment = wait / 1000 if wait > _EPOCH_MS else wait
    if moment is None:
        return wait
    # The server's moment is held against the server's clock: the one here may be wrong.
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
    """Return a date as seconds since 1970: one of HTTP, or of ISO 8601."""
    from datetime import UTC, datetime  # these cost 10 ms of start-up, and a date is rare
    from email.utils import parsedate_to_datetime

    try:
        moment = datetime.fromisoformat(value) if re.fullmatch(_ISO, value) else parsedate_to_datetime(value)
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None
