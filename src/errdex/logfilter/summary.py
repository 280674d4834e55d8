"""A summary of the noted lines of a log: counts by entry, and over time if the lines have timestamps."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from errdex.logfilter.rendering import Block
from errdex.logfilter.several_lines import Span
from errdex.model.classification import Classification

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from errdex.logfilter.times import Times

_MAX_MOMENTS: Final = 20_000  # minutes counted separately; if there are more, hours are counted instead
_BARS: Final = 24
_STEPS: Final = (1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080, 43200)  # minutes per bar


class Line(NamedTuple):
    """One row of the table."""

    entry: str
    category: str
    retryable: bool
    lines: int


class Bar(NamedTuple):
    """One bar of the chart."""

    start: datetime
    lines: int


class Summary:
    """Counts noted lines.

    Args:
        over_time: Also count by time, for the chart.
    """

    def __init__(self, over_time: bool = True) -> None:
        self._times: Times | None = None
        if over_time:
            from errdex.logfilter.times import Times  # imported here, as most runs print no summary

            self._times = Times()
        self._counts: Counter[tuple[str, str, bool]] = Counter()
        self._moments: Counter[str] = Counter()
        self.untimed = 0
        """How many noted lines are missing from the chart, as neither they nor the lines before them have a time."""
        self.is_partial = False
        """Whether some noted lines are missing from the counts."""

    def add(self, block: Block, _line: Span, text: Span, answer: Classification) -> None:
        """Count one error.

        Args:
            block: The lines of a log.
            text: Where the error begins and ends in them.
            answer: What it is.
        """
        self._counts[answer.entry or "unknown", str(answer.category), answer.retryable] += 1
        if self._times:
            moment = self._times.of(block, *text)
            if moment is None:
                self.untimed += 1
                return
            self._moments[moment] += 1
            self._limit_moments()

    def _limit_moments(self) -> None:
        if len(self._moments) > _MAX_MOMENTS:
            hours: Counter[str] = Counter()
            for moment, count in self._moments.items():
                hours[moment[:-2] + "00"] += count
            self._moments = hours

    def counts(self) -> dict[str, Any]:
        """Return the counts, JSON-ready, for `add_counts` of another summary."""
        return {
            "lines": [[*key, count] for key, count in self._counts.items()],
            "moments": self._moments,
            "untimed": self.untimed,
        }

    def add_counts(self, counts: dict[str, Any]) -> None:
        """Add the counts of another summary."""
        for entry, category, retryable, count in counts["lines"]:
            self._counts[entry, category, retryable] += count
        for moment, count in counts["moments"].items():
            self._moments[moment] += count
        self.untimed += counts["untimed"]
        self._limit_moments()

    def clear(self) -> None:
        """Reset the counts."""
        self._counts.clear()
        self._moments.clear()
        self.untimed = 0

    @property
    def total(self) -> int:
        """How many lines were noted."""
        return self._counts.total()

    def table(self) -> list[Line]:
        """Return the rows, most frequent first."""
        return [Line(*key, count) for key, count in sorted(self._counts.items(), key=lambda item: (-item[1], item[0]))]

    def chart(self) -> list[Bar]:
        """Return bars for equal periods of time, oldest first; none if the lines have no times or all the same."""
        from datetime import datetime

        moments = Counter({datetime.fromisoformat(moment): count for moment, count in self._moments.items()})
        if len(moments) < 2:
            return []
        first, step = periods(min(moments), max(moments), _BARS)
        bars = Counter(dict.fromkeys(range(int((max(moments) - first) / step) + 1), 0))
        for when, count in moments.items():
            bars[(when - first) // step] += count
        return [Bar(first + number * step, count) for number, count in sorted(bars.items())]


def periods(first: datetime, last: datetime, most: int) -> tuple[datetime, timedelta]:
    """Return where the first of equal periods begins that cover some time, and how long each is.

    Args:
        first: When the time begins.
        last: When it ends.
        most: How many periods there may be, unless the time is longer than so many months.
    """
    from datetime import timedelta

    minutes = (last - first).total_seconds() / 60 + 1
    step = timedelta(minutes=next((step for step in _STEPS if minutes / step <= most), _STEPS[-1]))
    midnight = first.replace(hour=0, minute=0)
    return midnight + (first - midnight) // step * step, step
