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
_PROMISING: Final = ("again", "retry", "wait", "available", "reset", "access", "limit reached|")
_DIGIT: Final[Pattern] = r"[0-9]"
_PROMISE: Final[Pattern] = (
    r"\b(?:(?:try again|retry|wait|available|resets?)\b[^.\n]{0,30}?\b(?:in|after|for|about|least)|wait)\s+"
    rf"({KINDS['duration']}(?:(?:,| and|, and) {KINDS['duration']}){{0,3}})"
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
RESET_FIELDS: Final = frozenset({"resets_in_seconds", "resets_in", "reset_in", "reset_after", "quotaresetdelay"})
"""Fields that give the time until a limit opens."""
MOMENT_FIELDS: Final = frozenset(
    {"resets_at", "reset_at", "resetsat", "resetat", "reset_time", "resettime", "quotaresettimestamp"}
)
"""Fields that give the moment at which a limit opens."""
_MILLISECONDS: Final = ("retry-after-ms", "x-ms-retry-after-ms")
_ISO: Final[Pattern] = (
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?(?:Z|[+-][0-9]{2}:[0-9]{2})?"
)
_DRAFT: Final[Pattern] = r"\br=([0-9]+)\b.*?\bt=([0-9]{1,9})\b"
"""What is left and how long it lasts, in the header `RateLimit` of the IETF's draft."""
_EPOCH: Final = 1_000_000_000  # larger numbers are timestamps in seconds since 1970
_EPOCH_MS: Final = 100_000_000_000  # larger numbers are timestamps in milliseconds


def from_headers(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that `retry-after-ms` or `Retry-After` asks for, or None; names are in lower case."""
    for name in _MILLISECONDS:
        if (milliseconds := _float(headers.get(name))) is not None:
            return milliseconds / 1000
    value = headers.get("retry-after")
    return _until(value, headers) if value else None


def from_fields(fields: Iterable[tuple[str, Any]], headers: Mapping[str, str], least: float = 0.0) -> float | None:
    """Return the seconds given by a field of the body, or None.

    A field that gives a wait, such as `retry_after` or `retryDelay`, comes before one that says how long a limit lasts,
    such as `resets_in_seconds`, and that before a moment, such as `resets_at`, which depends on a clock.

    Args:
        fields: Paths and values of the fields.
        headers: The response headers, for the server's clock; names are in lower case.
        least: Waits that are not longer do not count.
    """
    reset = moment = None
    for path, value in fields:
        name = path.rpartition(".")[2].lower()
        if name in WAIT_FIELDS:
            wait = _duration(value) if isinstance(value, str) else _float(value)
            if wait is not None and (wait > least or not least):
                return wait
        elif name in RESET_FIELDS:
            reset = reset or (_duration(value) if isinstance(value, str) else _float(value))
        elif name in MOMENT_FIELDS and isinstance(value, (str, int, float)):
            moment = moment or _until(str(value), headers)  # one that has passed says nothing
    return reset or moment or None


def from_message(low: str) -> float | None:
    """Return the seconds that a folded message promises, as in `try again in 9.8s`, or None."""
    for word in _PROMISING:
        if word in low:
            break
    else:
        return None
    found = re.search(_PROMISE, low)
    return seconds(found[1]) if found else None


def from_moment(low: str, headers: Mapping[str, str]) -> float | None:
    """Return the seconds until the moment at which a folded message says that a limit opens, or None.

    As in `try again at 11:52 AM`, `resets 8:30pm (Asia/Tokyo)` or `regain access on 2026-09-01 at 00:00 UTC`.
    """
    if not any(word in low for word in _PROMISING) or not re.search(_DIGIT, low):
        return None
    from errdex.read.signals import moments  # imported here: few messages name a moment

    return moments.seconds_until(low, now(headers))


def from_reset(headers: Mapping[str, str], surely: bool = False) -> float | None:
    """Return the seconds until the exhausted rate limit resets, or None.

    If several limits are exhausted, or no header says which one is, the last one to reset counts. A limit that is not
    known to be exhausted and resets only after `LONGEST`, such as a daily one, is not the limit that was hit.

    Args:
        headers: The response headers; names are in lower case.
        surely: Whether only limits that are known to be exhausted count.
    """
    waits: list[tuple[int, float]] = []
    for name, value in headers.items():
        if "reset" in name and ("ratelimit" in name or "codex" in name):
            wait = _until(value, headers)
            doubt = _doubt(name, headers)
        elif name == "ratelimit" and (draft := re.search(_DRAFT, value)):
            wait, doubt = float(draft[2]), 2 if draft[1].strip("0") else 0
        else:
            continue
        if wait and (not doubt or (wait <= LONGEST and not surely)):  # a moment that has passed says nothing
            waits.append((doubt, -wait))
    return -min(waits)[1] if waits else None


def _doubt(name: str, headers: Mapping[str, str]) -> int:
    """Return how doubtful it is that a reset header's limit was hit: 0 exhausted, 1 unknown, 2 something is left."""
    status = headers.get(name.replace("reset", "status"))
    if status:
        return 0 if status == "rejected" else 2
    left = _float(headers.get(name.replace("reset", "remaining")))
    if left is None:
        used = _float(headers.get(name.partition("reset")[0] + "used-percent"))
        left = None if used is None else max(0.0, 100 - used)
    return 1 if left is None else 2 if left else 0


def now(headers: Mapping[str, str]) -> float:
    """Return the time by the server's clock, in seconds since 1970; by the local one if no header gives it."""
    date = headers.get("date")
    return (_date(date) if date else None) or time.time()


def _until(value: str, headers: Mapping[str, str]) -> float | None:
    """Return the seconds given by a header: a number, a duration or the time to wait until; None for anything else."""
    wait = _duration(value.partition(",")[0])  # proxies join repeated headers
    moment = _date(value) if wait is None else None
    if wait is not None and wait > _EPOCH:
        moment = wait / 1000 if wait > _EPOCH_MS else wait
    if moment is None:
        return wait
    # The server's time is compared with the server's clock, as the local one may be wrong.
    return max(0.0, moment - now(headers))


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
