"""The benchmark of retries: what it counts, and a failure of each kind through a real SDK."""

from __future__ import annotations

import random
from contextlib import ExitStack

import pytest

from benchmarks import retries
from benchmarks.retries import Tally, Trouble
from benchmarks.retry_ways import ways_of
from errdex.wall import Wall
from errdex.wall.failure import Failure


def _trouble(clears: float | None, status: int = 429, message: str = "slow down") -> Trouble:
    body = {"error": {"message": message, "type": "requests", "param": None, "code": None}}
    return Trouble("x", "openai", Failure("x", status, body, {}), 2, clears)


def test_tally() -> None:
    tally = Tally()
    tally.add(_trouble(None), 3, 1.5, succeeded=False, weight=2)
    tally.add(_trouble(9), 4, 10, succeeded=True, weight=2)
    tally.add(_trouble(9), 2, 1, succeeded=False, weight=1)
    assert tally == Tally(doomed_calls=4, doomed_seconds=3.0, reached=2, lost=1)


def test_clears() -> None:
    dice = random.Random(1)
    assert retries._clears(False, "quota", 60.0, dice) is None
    assert retries._clears(True, "rate_limit", 7.0, dice) == 7.0
    assert 0 < retries._clears(True, "rate_limit", None, dice) <= 60


def test_ways_of_retrying() -> None:
    """A fault that is over at the second request, and money that is gone, where only errdex stops at once."""
    for name in ("openai", "tenacity"):
        pytest.importorskip(name)
    gone = "You exceeded your current quota, please check your plan and billing details."
    with Wall() as wall, ExitStack() as stack:
        clock = retries._Clock(wall)
        ways = ways_of("openai", wall, stack)
        opens = retries._outcomes(_trouble(0.0, 500, "The server had an error"), ways, clock, 1)
        assert {way: (calls, succeeded) for way, (calls, _, succeeded) in opens.items()} == dict.fromkeys(
            ways, (2, True)
        )
        never = retries._outcomes(_trouble(None, message=gone), ways, clock, 1)
        assert {way: calls for way, (calls, _, _) in never.items()} == {
            way: 1 if "errdex" in way else 3 if "own" in way else 6 for way in ways
        }
