"""Whether work grows in proportion to its size; in processor time, which a busy machine does not change much."""

from __future__ import annotations

from collections.abc import Callable
from time import thread_time

MOST = 6.0
"""What four times as much may take: linear work takes four times as long, quadratic work sixteen times."""
_TIMES = 4
_SHORT = 0.002  # seconds: shorter work is not measured
_ATTEMPTS = 6  # a machine may be slow for a moment, a quadratic algorithm always is


def growth(work: Callable[[int], Callable[[], object]], sizes: tuple[int, ...] = (2_500, 10_000, 40_000)) -> float:
    """Return how many times as long work of four times a size takes.

    At the first size where that takes long enough to be measured, so that a quadratic algorithm is found before it
    takes for ever; 0 if none does.

    Args:
        work: Size → what is timed.
        sizes: The sizes; the largest text is four times the last.
    """
    for size in sizes:
        small, large = work(size), work(_TIMES * size)
        small()  # patterns that are first needed here are compiled
        ratios: list[float] = []
        while len(ratios) < _ATTEMPTS and (not ratios or ratios[-1] > MOST):
            short, long = _seconds(small), _seconds(large)
            if long < _SHORT:
                break
            ratios.append(long / short)
        else:
            return min(ratios)
    return 0


def _seconds(work: Callable[[], object]) -> float:
    started = thread_time()
    work()
    return thread_time() - started
