"""How long to wait, from headers and from the words of a message."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from typing import Final

from errdex.catalog.template import KINDS
from errdex.matching.values import seconds

LONGEST: Final = 600.0
"""Seconds; who must wait longer should not loop: the request is not retryable."""

_PROMISE: Final = (
    r"(?i)\b(?:try again|retry|retrying|wait|available|resets?)\b[^.\n]{0,30}?"
    rf"\b(?:in|after|for|about|least)\s+({KINDS['duration']})"
)
_RESETS: Final = ("x-ratelimit-reset", "x-ratelimit-reset-requests", "x-ratelimit-reset-tokens", "ratelimit-reset")
_EPOCH: Final = 1_000_000_000


def from_headers(headers: Mapping[str, str], status: int | None) -> float | None:
    """Return the seconds that response headers ask for: retry-after-ms, Retry-After, then the reset of a limit.

    Args:
        headers: Names in lower case.
        status: Resets of limits only say something with 429 and 503.
    """
    if (milliseconds := _float(headers.get("retry-after-ms"))) is not None:
        return milliseconds / 1000
    if value := headers.get("retry-after"):
        number = _float(value)
        if number is not None:
            return number
        if (moment := _date(value)) is not None:
            return max(0.0, moment - time.time())
    if status in (429, 503):
        for name in _RESETS:
            if name in headers and (wait := _reset(headers[name])) is not None:
                return wait
    return None


def from_message(text: str) -> float | None:
    """Return the seconds that a message promises, such as in `try again in 9.8s`."""
    found = re.search(_PROMISE, text)
    return seconds(found[1]) if found else None


def _reset(value: str) -> float | None:
    number = _float(value)
    if number is None:
        found = re.fullmatch(KINDS["duration"], value.strip())
        return seconds(found[0]) if found else None
    return max(0.0, number - time.time()) if number > _EPOCH else number


def _float(value: str | None) -> float | None:
    try:
        number = float(value) if value else None
    except ValueError:
        return None
    return number if number is not None and 0 <= number < float("inf") else None


def _date(value: str) -> float | None:
    from email.utils import parsedate_to_datetime  # costs 10 ms of start-up, and a date is rare

    try:
        return parsedate_to_datetime(value).timestamp()
    except (TypeError, ValueError, OverflowError):
        return None
