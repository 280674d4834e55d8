"""The rules of a scenario while it runs: what each request gets."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, Final, Protocol

from errdex.wall.apis.call import Call
from errdex.wall.limits import State, limit_headers, retry_after
from errdex.wall.order import PASS, REFUSE, Order, order

if TYPE_CHECKING:
    from errdex.wall.scenario import Bucket, Outage, Quota, Rule, Scenario, When

Clock = Callable[[], float]
_DAYS: Final = {"day": 1, "month": 30}
_MOST_KEYS: Final = 10_000
"""Keys of which a limit keeps count; when there are more, the oldest begins again."""


class _Running(Protocol):
    def __call__(self, call: Call, key: str, now: float, headers: dict[str, str]) -> Order:
        """Return the order for a request, and add the headers that its answer gets."""


class Plan:
    """What a scenario makes of each request; keeps count of what came before.

    Args:
        scenario: The scenario.
        clock: Seconds, from any beginning.
    """

    def __init__(self, scenario: Scenario, clock: Clock = time.monotonic) -> None:
        self._clock = clock
        self._start = clock()
        self._rules = [(rule.when, _running(rule)) for rule in scenario.rules]

    def decide(self, call: Call, key: str) -> tuple[Order, Mapping[str, str]]:
        """Return what a request gets, and headers of its answer. Waits of several rules add up."""
        headers: dict[str, str] = {}
        wait = pace = 0.0
        now = self._clock() - self._start
        for when, running in self._rules:
            if when is not None and not _concerns(when, call, key):
                continue
            found = running(call, key, now, headers)
            if not found.is_plain:
                return replace(found, wait=found.wait + wait, pace=found.pace + pace), headers
            wait, pace = wait + found.wait, pace + found.pace
        return Order(PASS, wait=wait, pace=pace), headers


def _concerns(when: When, call: Call, key: str) -> bool:
    return (
        when.api in (None, call.api)
        and when.operation in (None, call.operation)
        and (when.model is None or fnmatchcase(call.model, when.model))
        and when.key in (None, key)
        and when.stream in (None, call.stream)
    )


def _running(rule: Rule) -> _Running:
    if rule.sequence is not None:
        return _Sequence(rule.sequence, rule.then or "pass")
    if rule.shares is not None:
        return _Shares(rule.shares, rule.seed)
    if rule.bucket is not None:
        return _Bucket(rule.bucket)
    if rule.quota is not None:
        return _Quota(rule.quota)
    if rule.outage is not None:
        return _Outage(rule.outage)
    assert rule.slow is not None
    slow = Order(PASS, wait=rule.slow.wait, pace=rule.slow.pace)
    return lambda call, key, now, headers: slow


class _Sequence:
    def __init__(self, texts: list[str], then: str) -> None:
        self._orders = [order(text) for text in texts]
        self._then = then
        self._at, self._used = 0, 0

    def __call__(self, call: Call, key: str, now: float, headers: dict[str, str]) -> Order:
        if self._at == len(self._orders):
            if self._then == "pass":
                return Order()
            if self._then == "last":
                return self._orders[-1]
            self._at = 0
        found = self._orders[self._at]
        self._used += 1
        if self._used == found.times:
            self._at, self._used = self._at + 1, 0
        return found


class _Shares:
    def __init__(self, shares: Mapping[str, float], seed: int) -> None:
        self._shares = [(order(text), share) for text, share in shares.items()]
        self._random = random.Random(seed)  # noqa: S311 (no secret)

    def __call__(self, call: Call, key: str, now: float, headers: dict[str, str]) -> Order:
        drawn = self._random.random()
        for found, share in self._shares:
            if drawn < share:
                return found
            drawn -= share
        return Order()


class _Bucket:
    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._fail = order(bucket.fail)
        self._limits = {
            unit: limit for unit, limit in (("requests", bucket.requests), ("tokens", bucket.tokens)) if limit
        }
        self._left: dict[str, tuple[float, dict[str, float]]] = {}

    def __call__(self, call: Call, key: str, now: float, headers: dict[str, str]) -> Order:
        whose = key if self._bucket.by == "key" else ""
        then, left = self._left.pop(whose, (now, {unit: float(limit) for unit, limit in self._limits.items()}))
        rates = {unit: limit / self._bucket.per for unit, limit in self._limits.items()}
        left = {unit: min(self._limits[unit], left[unit] + (now - then) * rates[unit]) for unit in left}
        asked = {"requests": 1.0, "tokens": float(call.tokens)}
        lacking = max((asked[unit] - left[unit]) / rates[unit] for unit in left)
        if lacking <= 0:
            left = {unit: have - asked[unit] for unit, have in left.items()}
        self._left[whose] = now, left
        if len(self._left) > _MOST_KEYS:
            self._left.pop(next(iter(self._left)))
        for unit, have in left.items():
            limit = self._limits[unit]
            headers |= limit_headers(call.api, State(unit, limit, int(have), (limit - have) / rates[unit]))
        if lacking <= 0:
            return Order()
        headers |= retry_after(lacking)
        return self._fail


class _Quota:
    def __init__(self, quota: Quota) -> None:
        self._quota = quota
        self._fail = order(quota.fail)
        self._lasts = _DAYS[quota.per] * 86400.0
        self._used: dict[str, tuple[float, int]] = {}

    def __call__(self, call: Call, key: str, now: float, headers: dict[str, str]) -> Order:
        whose = key if self._quota.by == "key" else ""
        since, used = self._used.pop(whose, (now, 0))
        if now - since >= self._lasts:
            since, used = now, 0
        allowed = used < self._quota.requests
        self._used[whose] = since, used + allowed
        if len(self._used) > _MOST_KEYS:
            self._used.pop(next(iter(self._used)))
        return Order() if allowed else self._fail


class _Outage:
    def __init__(self, outage: Outage) -> None:
        self._from, self._to = outage.starts, outage.starts + outage.lasts
        self._order = order(outage.do)

    def __call__(self, call: Call, key: str, now: float, headers: dict[str, str]) -> Order:
        if not self._from <= now < self._to:
            return Order()
        if self._order.do == REFUSE:  # until the outage is over
            return replace(self._order, lasts=self._to - now)
        return self._order
