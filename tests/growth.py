"""Whether work grows in proportion to its size; in processor time, which a busy machine does not change much."""

from __future__ import annotations

from collections.abc import Callable
from time import thread_time

TIMES = 4
MOST = 6.0
"""What four times as much may take: linear work takes four times as long, quadratic work sixteen times."""
_SHORT = 0.002  # seconds: shorter work is not measured
_ATTEMPTS = 6  # a machine may be slow for a moment, a quadratic algorithm always is


def growth(small: Callable[[], object], large: Callable[[], object]) -> float:
    """Return how many times as long the large work takes as the small one, `TIMES` smaller; 0 if neither takes long."""
    ratios = []
    for _ in range(_ATTEMPTS):
        short, long = _seconds(small), _seconds(large)
        if long < _SHORT:
            return 0
        ratios.append(long / max(short, _SHORT / TIMES))
        if ratios[-1] <= MOST:
            break
    return min(ratios)


def _seconds(work: Callable[[], object]) -> float:
    started = thread_time()
    work()
    return thread_time() - started
