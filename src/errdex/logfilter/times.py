"""When a log line was written, to the minute, in the forms in which loggers write it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import lru_cache
from mmap import mmap
from typing import Final

_HEAD: Final = 400  # bytes of a line that are searched first
_MAX_LINE: Final = 20_000  # bytes of a record that are searched, as its time may stand last
_BEFORE: Final = 1 << 14  # bytes before a line without a time in which an earlier time is looked for
_MAX_KNOWN: Final = 1_000
_MONTHS: Final = (b"Jan", b"Feb", b"Mar", b"Apr", b"May", b"Jun", b"Jul", b"Aug", b"Sep", b"Oct", b"Nov", b"Dec")
_MONTH: Final = rb"(?:" + b"|".join(_MONTHS) + rb")"
_TIME: Final = re.compile(
    rb"(?P<year>(?:19|20)[0-9]{2})[-/](?P<month>[01][0-9])[-/](?P<day>[0-3][0-9])[T ,]+(?P<time>[0-2][0-9]:[0-5][0-9])"
    rb"|(?P<day_>[0-3][0-9])[/-](?P<name>"
    + _MONTH
    + rb")[/-](?P<year_>(?:19|20)[0-9]{2})[: ](?P<time_>[0-2][0-9]:[0-5][0-9])"
    rb"|(?:^|(?<=\n))(?:<[0-9]{1,3}>)?(?P<name_>"
    + _MONTH
    + rb") +(?P<day__>[0-3]?[0-9]) (?P<time__>[0-2][0-9]:[0-5][0-9])"
    rb"|(?:^|(?<=\n))[IWEF](?P<month_>[01][0-9])(?P<day___>[0-3][0-9]) (?P<time___>[0-2][0-9]:[0-5][0-9])"
    rb"|[\"'@_](?:ts|time|timestamp|date|timeMillis|epochSecond|timeUnixNano|REALTIME_TIMESTAMP)[\"']\s?:\s?[\"']?"
    rb"(?P<epoch>[12][0-9]{9})(?:[0-9]{3}|[0-9]{6}|[0-9]{9})?(?![0-9])"
    rb"|(?:^|(?<=\n))[\W_]{0,3}(?P<clock>[0-2][0-9]:[0-5][0-9]):[0-5][0-9]"
)


class Times:
    """Tells when lines of a log were written; a line without a time was written at the last one before it."""

    def __init__(self) -> None:
        self._last: str | None = None
        self._place = -1
        self._date = ""
        self._known: dict[bytes, str] = {}  # the last minutes, as most lines have that of the line before

    def of(self, block: bytes | mmap, start: int, end: int) -> str | None:
        """Return the minute of a text as `2026-11-21 10:05`; None if neither it nor what comes before it has a time.

        Args:
            block: The lines of a log. Ask for the texts of one block in order, and for those of the next after it.
            start: Where the text begins.
            end: Where it ends.
        """
        found = self._in(bytes(block[start : min(end, start + _HEAD)]))
        if found is None and end - start > _HEAD:
            found = self._in(bytes(block[start : min(end, start + _MAX_LINE)]))
        if found is None:
            for match in _TIME.finditer(bytes(block[max(0, start - _BEFORE) : start])):
                found = self._moment(match) or found
        if found is not None:
            self._last = found
        return self._last

    def _in(self, text: bytes) -> str | None:
        match = _TIME.search(text)
        return None if match is None else self._moment(match)

    def _moment(self, match: re.Match[bytes]) -> str | None:
        known = self._known.get(match[0])
        if known is None:
            known = self._read(match)
            if known and match["clock"] is None:
                if len(self._known) > _MAX_KNOWN:
                    self._known.clear()
                self._known[match[0]] = known
        return known

    def _read(self, match: re.Match[bytes]) -> str | None:
        found = {name.rstrip("_"): value.decode() for name, value in match.groupdict().items() if value is not None}
        if "epoch" in found:
            return datetime.fromtimestamp(int(found["epoch"]), UTC).strftime("%Y-%m-%d %H:%M")
        if "clock" in found:
            return f"{self._date or _today()} {found['clock']}"
        month = found.get("month") or f"{_MONTHS.index(found['name'].encode()) + 1:02}"
        year = found.get("year") or (self._date or _today())[:4]
        date = f"{year}-{month}-{int(found['day']):02}"
        try:
            datetime.fromisoformat(date)
        except ValueError:
            return None  # 2026-13-45
        self._date = date
        return f"{date} {found['time']}"


@lru_cache(1)
def _today() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d")
