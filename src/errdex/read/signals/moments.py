"""Reads the moment at which a message says that a limit opens again: a date, a time of day, or both."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from errdex.model.type_names import Final
from errdex.rules import Pattern

_LEAD: Final = (
    r"\b(?:try again|retry|resets?|available|access|wait|until)\b[ :]{0,2}"
    r"(?:(?:will be|is|again|until|after|at|on|by|from)[ :]{1,2}){0,3}"
)
_TIME: Final = r"([0-9]{1,2})(?::([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?)? ?([ap]m\b)?"
_ZONE: Final = r"(?: ?\(?(utc|gmt|z\b|[+-][0-9]{2}:?[0-9]{2}|[a-z]{3,20}/[a-z_/]{2,30}|p[sd]t\b|m[sd]t\b|e[sd]t\b)\)?)?"
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_NUMERIC: Final[Pattern] = rf"{_LEAD}(20[0-9]{{2}})-([0-9]{{2}})-([0-9]{{2}})(?:(?:t| at |,? ){_TIME}{_ZONE})?"
_NAMED: Final[Pattern] = (
    rf"{_LEAD}({'|'.join(_MONTHS)})[a-z]{{0,6}}\.? ([0-9]{{1,2}})(?:st|nd|rd|th)?"
    rf"(?:,? (20[0-9]{{2}}))?(?:(?:,| at|, at)? {_TIME}{_ZONE})?"
)
_OF_DAY: Final[Pattern] = rf"{_LEAD}(?:({'|'.join(_DAYS)})[a-z]{{0,6}},?(?: at)? )?{_TIME}{_ZONE}"
_EPOCH: Final[Pattern] = r"limit reached\|([0-9]{10})\b"
_OFFSETS: Final = {"pst": -8, "pdt": -7, "mst": -7, "mdt": -6, "est": -5, "edt": -4}
_HALF_A_YEAR: Final = 183.0 * 86_400


def seconds_until(low: str, now: float) -> float | None:
    """Return the seconds until the moment that a folded message names, or None.

    A moment that has passed gives None: it says nothing about a limit that was hit now. A time of day is the next such
    time, in the named zone or, without one, in local time.

    Args:
        low: The folded message.
        now: The time, in seconds since 1970.
    """
    try:
        moment = _moment(low, now)
    except (ValueError, OverflowError, OSError):  # no such day, hour or zone
        return None
    return moment - now if moment is not None and moment > now else None


def _moment(low: str, now: float) -> float | None:
    found = re.search(_EPOCH, low)
    if found:
        return float(found[1])
    found = re.search(_NUMERIC, low)
    if found:
        year, month, day, *time, zone = found.groups()
        return _at(int(year), int(month), int(day), time, _zone(zone))
    found = re.search(_NAMED, low)
    if found:
        name, day, year, *time, zone = found.groups()
        place = _zone(zone)
        month = _MONTHS.index(name) + 1
        if year:
            return _at(int(year), month, int(day), time, place)
        this = datetime.fromtimestamp(now, place).year
        moment = _at(this, month, int(day), time, place)
        return moment if moment > now - _HALF_A_YEAR else _at(this + 1, month, int(day), time, place)
    found = re.search(_OF_DAY, low)
    if found and (found[3] or found[5]):  # a lone number may be anything
        weekday, *time, zone = found.groups()
        place = _zone(zone)
        today = datetime.fromtimestamp(now, place)
        ahead = (_DAYS.index(weekday) - today.weekday()) % 7 if weekday else 0
        for later in (ahead, ahead + (7 if weekday else 1)):
            day_of = today.date() + timedelta(days=later)
            moment = _at(day_of.year, day_of.month, day_of.day, time, place)
            if moment > now:
                return moment
    return None


def _at(year: int, month: int, day: int, time: list[str | None], zone: tzinfo | None) -> float:
    """Return a moment as seconds since 1970; `time` is hour, minute, second and am or pm, each perhaps None."""
    hour, minute, second, half = time
    hours = int(hour or 0)
    if half:
        if not 1 <= hours <= 12:
            raise ValueError(f"no hour {hours} {half}")
        hours = hours % 12 + (12 if half == "pm" else 0)
    return datetime(year, month, day, hours, int(minute or 0), int(second or 0), tzinfo=zone).timestamp()


def _zone(name: str | None) -> tzinfo | None:
    """Return a time zone by its name, abbreviation or offset; None for local time."""
    if name is None:
        return None
    if name in ("utc", "gmt", "z"):
        return UTC
    if name in _OFFSETS:
        return timezone(timedelta(hours=_OFFSETS[name]))
    if name[0] in "+-":
        digits = name[1:].replace(":", "")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return timezone(-offset if name[0] == "-" else offset)
    try:
        return ZoneInfo("/".join("_".join(map(str.capitalize, part.split("_"))) for part in name.split("/")))
    except KeyError:
        raise ValueError(f"no time zone {name}") from None
