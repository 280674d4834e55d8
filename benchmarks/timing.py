"""What every group shares: a row of the table, a clock, and a time limit for one call."""

from __future__ import annotations

import signal
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

NEVER = float("inf")
"""The time of a call that was stopped."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; times are in the row's unit.

    Attributes:
        group: The group's name.
        name: What was measured.
        unit: `ms`, `µs` or `MB`.
        median: The median of the measurements, which is compared with the target.
        minimum: The smallest: what the machine can do when it does nothing else.
        target: The design target, if there is one for this row.
        note: How many texts, which one was the worst, how many answers were right.
        yardstick: The other tool's median, in the same unit.
        growth: The time for twice the text divided by the time for the text; 2 is linear.
        least: The target of a row that is compared with its yardstick: how many times as fast it must be at least.
    """

    group: str
    name: str
    unit: str
    median: float
    minimum: float
    target: float | None = None
    note: str = ""
    yardstick: float | None = None
    growth: float | None = None
    least: float | None = None

    @property
    def met(self) -> bool:
        """Whether the median meets the target, and time grows no faster than the text."""
        slow = self.target is not None and self.median > self.target
        if self.least is not None and self.yardstick is not None:
            slow = slow or self.median * self.least > self.yardstick
        return not slow and (self.growth is None or self.growth <= LINEAR)


LINEAR = 2.6
"""The largest growth that still counts as linear: 2, plus the noise of a shared machine."""


def row(
    group: str,
    name: str,
    unit: str,
    samples: Sequence[float],
    target: float | None = None,
    note: str = "",
    yardstick: float | None = None,
    least: float | None = None,
) -> Row:
    """Make a row from samples in the row's unit."""
    return Row(group, name, unit, statistics.median(samples), min(samples), target, note, yardstick, least=least)


def per_call(function: Callable[[object], object], arguments: Sequence[object]) -> float:
    """Call a function once with each argument; return the microseconds per call."""
    start = time.perf_counter_ns()
    for argument in arguments:
        function(argument)
    return (time.perf_counter_ns() - start) / len(arguments) / 1e3


def milliseconds(function: Callable[[], object], limit: float) -> float:
    """Return how long one call takes; `NEVER` if it was stopped after `limit` seconds."""
    with _stopped_after(limit):
        start = time.perf_counter_ns()
        function()
        return (time.perf_counter_ns() - start) / 1e6
    return NEVER


class _StoppedError(BaseException):
    """Raised in a call that takes too long; no `except Exception` on its way can catch it."""


@contextmanager
def _stopped_after(seconds: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer"):  # Windows: no limit
        yield
        return

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise _StoppedError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    except _StoppedError:
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
