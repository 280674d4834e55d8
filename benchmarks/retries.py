"""What retrying costs and reaches: real SDKs against the wall, each failure once for each way of retrying.

A failure clears, or it never does. One that a retry can help clears after the time that the answer states; if it
states none, after a time that is drawn: up to a minute for a rate limit, ten seconds on average (exponentially
distributed) for anything else. Sleeping advances a simulated clock; the requests are real. There are two sets of
failures:

- every entry of the catalog that has a status, whose verdict is the catalog's own; so this shows what peers do, and of
  errdex only that it reads its own catalog through the SDKs;
- the responses in `tests/data/sdk_errors.jsonl`, documented or seen, whose verdicts somebody wrote down.

Entries are counted once each, and once more as often as texts seen in public are classified as them.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from unittest import mock

import errdex
import errdex.retry
from benchmarks.retry_ways import Send, ways_of
from errdex.wall import Wall
from errdex.wall.failure import Failure

_ROOT: Final = Path(__file__).resolve().parents[1]
_LABELLED: Final = _ROOT / "tests" / "data" / "sdk_errors.jsonl"
_SEEN: Final = (_ROOT / "tests" / "data" / "fresh.jsonl", _ROOT / "catalog" / "training" / "errors.jsonl")
PROVIDERS: Final = ("openai", "anthropic", "cohere", "google")
DRAWS: Final = 5
_MINUTE: Final = 60.0
_OUTAGE: Final = 10.0


@dataclass(frozen=True)
class Trouble:
    """A failure, and when it clears.

    Attributes:
        name: Which one it is.
        api: The API that sends it.
        failure: The answer.
        weight: How often it was seen in public.
        clears: Seconds after which the API answers again; None if no wait helps.
    """

    name: str
    api: str
    failure: Failure
    weight: int
    clears: float | None


@dataclass
class Tally:
    """What a way of retrying did, over many failures."""

    doomed_calls: int = 0
    """Requests after the first to failures that no wait clears."""
    doomed_seconds: float = 0.0
    """Seconds waited for them."""
    reached: int = 0
    """Failures that cleared, and whose request succeeded in the end."""
    lost: int = 0
    """Failures that cleared or would have, and were given up."""

    missed: int = 0
    """Those of `lost` that another way of retrying reached."""

    def add(self, trouble: Trouble, calls: int, seconds: float, *, succeeded: bool, weight: int) -> None:
        """Count one failure."""
        if trouble.clears is None:
            self.doomed_calls += (calls - 1) * weight
            self.doomed_seconds += seconds * weight
        elif succeeded:
            self.reached += weight
        else:
            self.lost += weight


class _Clock:
    """Time that passes only while somebody sleeps; lets a failure clear when it is due."""

    def __init__(self, wall: Wall) -> None:
        self.wall = wall
        self.now = 0.0
        self.clears: float | None = None

    def begin(self, trouble: Trouble) -> None:
        """Start from zero with a failure."""
        self.now, self.clears = 0.0, trouble.clears
        self.wall.clear()
        self.wall._failures.of = lambda *_: trouble.failure  # type: ignore[assignment]
        self.wall.fail("http/500")  # any: what it is comes from the line above

    def sleep(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds
        if self.clears is not None and self.now >= self.clears:
            self.wall.answer("pass")


def _clears(retryable: bool, category: str, stated: float | None, dice: random.Random) -> float | None:
    if not retryable:
        return None
    if stated:
        return stated
    return dice.uniform(0, _MINUTE) if category == "rate_limit" else dice.expovariate(1 / _OUTAGE)


def _entries(wall: Wall, dice: random.Random) -> Iterator[Trouble]:
    """Yield every entry with a status, a few times if it clears."""
    catalog = errdex.default_catalog()
    seen = Counter(
        errdex.classify(row["raw"], status=row.get("status")).entry
        for path in _SEEN
        for row in map(json.loads, path.read_text("utf-8").splitlines())
        if "category" in row
    )
    for entry in catalog.entries:
        if entry.provider in PROVIDERS and catalog.pages["entries"][entry.id].get("status"):
            failure = wall._failures._of(entry.id, entry.provider)
            # Only what the answer states of a wait; the verdict is the entry's.
            stated = catalog.classify(failure.body, status=failure.status, headers=failure.headers).retry_after
            for _ in range(DRAWS):
                clears = _clears(entry.retryable, entry.category, stated, dice)
                yield Trouble(entry.id, entry.provider, failure, seen[entry.id], clears)


def _labelled(dice: random.Random) -> Iterator[Trouble]:
    for number, row in enumerate(map(json.loads, _LABELLED.read_text("utf-8").splitlines())):
        if row["provider"] in PROVIDERS:
            headers = {name.lower(): value for name, value in row["headers"].items()}
            failure = Failure(f"line {number + 1}", row["status"], row["body"], headers)
            for _ in range(DRAWS):
                clears = _clears(row["retryable"], row["category"], row.get("retry_after"), dice)
                yield Trouble(failure.entry, row["provider"], failure, 1, clears)


def main(quick: bool = False) -> None:
    """Print three tables: entries, entries as often as seen, labelled responses."""
    dice = random.Random(1)  # the same times for everybody
    with Wall() as wall, ExitStack() as stack:
        troubles = [*_entries(wall, dice)]
        labelled = [*_labelled(dice)]
        if quick:
            troubles, labelled = troubles[::20], labelled[::5]
        clock = _Clock(wall)
        ways = {api: ways_of(api, wall, stack) for api in PROVIDERS}
        tables: dict[str, tuple[list[Trouble], Callable[[Trouble], int]]] = {
            f"every entry with a status, {DRAWS} times": (troubles, lambda trouble: 1),
            "the same, as often as seen in public": (troubles, lambda trouble: trouble.weight),
            f"labelled responses, {DRAWS} times": (labelled, lambda trouble: 1),
        }
        outcomes = {
            id(each): _outcomes(each, ways[each.api], clock, seed) for seed, each in enumerate((*troubles, *labelled))
        }
    for title, (some, weight) in tables.items():
        tallies: dict[str, Tally] = {}
        for trouble in some:
            any_way = any(succeeded for _, _, succeeded in outcomes[id(trouble)].values())
            for way, (calls, seconds, succeeded) in outcomes[id(trouble)].items():
                tally = tallies.setdefault(way, Tally())
                tally.add(trouble, calls, seconds, succeeded=succeeded, weight=weight(trouble))
                tally.missed += weight(trouble) * (any_way and not succeeded)
        _print(title, tallies)


def _outcomes(
    trouble: Trouble, ways: Mapping[str, Send], clock: _Clock, seed: int
) -> dict[str, tuple[int, float, bool]]:
    """Return calls, seconds waited and success of each way with a failure; the seed is for their jitter."""
    found = {}
    for way, send in ways.items():
        clock.begin(trouble)
        random.seed(seed)
        succeeded = True
        with mock.patch("time.sleep", clock.sleep):
            try:
                send()
            except Exception:  # whatever the SDK raises: the request failed for good
                succeeded = False
        found[way] = clock.wall.calls, clock.now, succeeded
    return found


def _print(title: str, tallies: Mapping[str, Tally]) -> None:
    print(f"\n{title}\n")
    print("| way of retrying | calls in vain | seconds in vain | successes reached | lost | reached by another |")
    print("| --- | --: | --: | --: | --: | --: |")
    for way, tally in tallies.items():
        cells = tally.doomed_calls, round(tally.doomed_seconds), tally.reached, tally.lost, tally.missed
        print(f"| {way} | " + " | ".join(f"{cell:,}" for cell in cells) + " |")
