"""What a report says about a log: errors by entry and over time. Nothing in it is a secret, as far as shapes tell."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

from errdex.classifier.exception_notes import printable
from errdex.logfilter.redaction import masked
from errdex.logfilter.rendering import Block
from errdex.logfilter.several_lines import Span
from errdex.logfilter.summary import periods
from errdex.logfilter.times import Times
from errdex.model.classification import Classification
from errdex.model.scope import Scope

_SAMPLE: Final = 600  # characters of a sample line
_MAX_MOMENTS: Final = 50_000  # minutes and categories counted separately; if there are more, hours are counted
_BARS: Final = 48
_WIDE: Final = frozenset({Scope.MODEL, Scope.KEY, Scope.ACCOUNT, Scope.PROVIDER, Scope.NETWORK})
UNKNOWN: Final = "unknown"
"""Stands for the id of an error that no entry covers."""


class Group(NamedTuple):
    """The errors of one entry and verdict."""

    entry: str
    category: str
    retryable: bool
    scope: str
    action: str
    errors: int
    first: str | None
    """The minute of the first, `2026-11-21 10:05`; None if the log has no times."""
    last: str | None
    title: str
    fix: str
    docs_url: str | None
    sample: str
    """The line of the first, masked and cut."""


class Bar(NamedTuple):
    """A period of time, and how many errors of each category it has."""

    start: datetime
    categories: dict[str, int]


class Incident:
    """Counts the errors of a log; the counts of several processes can be added.

    Attributes:
        untimed: How many errors have no time.
        is_partial: Whether some are missing.
    """

    def __init__(self) -> None:
        self.clear()
        self.is_partial = False

    def clear(self) -> None:
        """Reset the counts."""
        self._times = Times()
        self._groups: dict[tuple[str, str, bool], dict[str, Any]] = {}
        self._moments: Counter[tuple[str, str]] = Counter()
        self.untimed = 0

    def add(self, block: Block, line: Span, text: Span, answer: Classification) -> None:
        """Count one error.

        Args:
            block: The lines of a log.
            line: Where the line that decides begins and ends in them.
            text: Where the whole error does.
            answer: What it is.
        """
        moment = self._times.of(block, *text)
        key = answer.entry or UNKNOWN, str(answer.category), answer.retryable
        group = self._groups.get(key)
        if group is None:
            content = block[line[0] : min(line[1], line[0] + 8 * _SAMPLE)]
            sample = printable(masked(content.decode("utf-8", "replace")).strip())
            group = self._groups[key] = {
                "errors": 0,
                "first": moment,
                "last": moment,
                "scope": str(answer.scope),
                "action": str(answer.action),
                "title": answer.title,
                "fix": printable(masked(answer.fix)),
                "docs_url": answer.docs_url,
                "sample": sample if len(sample) <= _SAMPLE else sample[:_SAMPLE] + "…",
            }
        group["errors"] += 1
        if moment is None:
            self.untimed += 1
            return
        if moment != group["last"]:
            _extend(group, moment, moment)
        self._moments[moment, key[1]] += 1
        self._limit_moments()

    def _limit_moments(self) -> None:
        if len(self._moments) > _MAX_MOMENTS:
            hours: Counter[tuple[str, str]] = Counter()
            for (moment, category), count in self._moments.items():
                hours[moment[:-2] + "00", category] += count
            self._moments = hours

    def counts(self) -> dict[str, Any]:
        """Return the counts, JSON-ready, for `add_counts` of another incident."""
        return {
            "groups": [[*key, group] for key, group in self._groups.items()],
            "moments": [[*key, count] for key, count in self._moments.items()],
            "untimed": self.untimed,
        }

    def add_counts(self, counts: dict[str, Any]) -> None:
        """Add the counts of another incident."""
        for entry, category, retryable, other in counts["groups"]:
            group = self._groups.setdefault((entry, category, retryable), other)
            if group is not other:
                group["errors"] += other["errors"]
                _extend(group, other["first"], other["last"])
        for moment, category, count in counts["moments"]:
            self._moments[moment, category] += count
        self.untimed += counts["untimed"]
        self._limit_moments()

    @property
    def total(self) -> int:
        """How many errors there are."""
        return sum(group["errors"] for group in self._groups.values())

    @property
    def groups(self) -> list[Group]:
        """The errors by entry, most frequent first."""
        found = [
            Group(entry=entry, category=category, retryable=retryable, **group)
            for (entry, category, retryable), group in self._groups.items()
        ]
        return sorted(found, key=lambda group: (-group.errors, group.entry, group.category, group.retryable))

    @property
    def first_steps(self) -> list[Group]:
        """The groups in the order in which to attend to them.

        First what no retry cures and what hits more than single requests, such as an account without credit; then what
        is wrong with single requests; last what passes by itself. In each, the most frequent first.
        """
        return sorted(self.groups, key=lambda group: (group.retryable, group.scope not in _WIDE))

    @property
    def bars(self) -> tuple[list[Bar], timedelta]:
        """Equal periods of time with their errors, oldest first, and how long each is."""
        moments = [
            (datetime.fromisoformat(moment), category, count) for (moment, category), count in self._moments.items()
        ]
        if not moments:
            return [], timedelta()
        begin, end = min(moments)[0], max(moments)[0]
        first, step = periods(begin, end, _BARS)
        bars = [Bar(first + number * step, {}) for number in range(int((end - first) / step) + 1)]
        for when, category, count in moments:
            categories = bars[int((when - first) / step)].categories
            categories[category] = categories.get(category, 0) + count
        return bars, step

    def to_dict(self) -> dict[str, Any]:
        """Return all of it, JSON-ready."""
        bars, step = self.bars
        return {
            "errors": self.total,
            "untimed": self.untimed,
            "is_partial": self.is_partial,
            "first_steps": [group.entry for group in self.first_steps],
            "entries": [group._asdict() for group in self.groups],
            "over_time": {
                "minutes": int(step.total_seconds() // 60),
                "periods": [{"start": bar.start.isoformat(" ", "minutes"), **bar.categories} for bar in bars],
            },
        }


def _extend(group: dict[str, Any], first: str | None, last: str | None) -> None:
    """Extend the time of a group; the earliest and the latest count, in whatever order the files came."""
    if first and (group["first"] is None or first < group["first"]):
        group["first"] = first
    if last and (group["last"] is None or last > group["last"]):
        group["last"] = last
