"""Retry hooks: whether to send a request again, and when. No retry library is imported.

>>> from errdex.retry import backoff_giveup, stamina_hook
>>> stamina_hook(RuntimeError("Cohere: invalid api token")), backoff_giveup(RuntimeError("Cohere: invalid api token"))
(False, True)

The functions work as they are; `RetryPolicy` offers the same ones with limits of your own.
"""

from __future__ import annotations

import random
from collections.abc import Generator
from typing import Any, Final, Protocol

from errdex.classifier.catalog import Catalog
from errdex.classifier.default import checked, default_catalog
from errdex.model.classification import Classification
from errdex.read.signals.retry_after import LONGEST

__all__ = [
    "RetryPolicy",
    "RetryState",
    "backoff_giveup",
    "backoff_wait",
    "is_retryable",
    "stamina_hook",
    "tenacity_wait",
]

_SPREAD: Final = 0.1
_WIDEST: Final = 1.0
"""The wait a service asks for is lengthened by up to a tenth, and by at most one second."""


class RetryState(Protocol):
    """The part of tenacity's `RetryCallState` that is used."""

    attempt_number: int
    outcome: Any


class RetryPolicy:
    """The retry hooks, with limits of your own.

    A wait is what the service asks for (`Classification.retry_after`) plus a little jitter, so that clients that fail
    together do not come back together. If nothing says how long to wait, or the service asks for no wait at all, the
    wait is drawn at random between zero and a bound that doubles with each attempt.

    >>> policy = RetryPolicy(longest=30, provider="cohere")
    >>> policy.is_retryable(RuntimeError("Please wait and try again later"))
    True
    """

    def __init__(
        self,
        *,
        longest: float = LONGEST,
        first: float = 1.0,
        ceiling: float = 30.0,
        provider: str | None = None,
        catalog: Catalog | None = None,
    ) -> None:
        """Create a policy.

        Args:
            longest: Upper limit of every wait, in seconds, whatever the service asks for.
            first: Bound of the first random wait, in seconds.
            ceiling: Largest bound of a random wait, in seconds.
            provider: The provider whose errors these are, if known; see `errdex.classify`.
            catalog: The catalog to ask; None means the one in use, see `errdex.use`.

        Raises:
            ValueError: `longest`, `first` or `ceiling` is not greater than zero.
            TypeError: `catalog` is not a Catalog.
        """
        for name, seconds in (("longest", longest), ("first", first), ("ceiling", ceiling)):
            if not seconds > 0:
                raise ValueError(f"{name}={seconds!r}: must be a number of seconds greater than zero")
        self._longest = longest
        self._first = first
        self._ceiling = ceiling
        self._provider = provider
        self._catalog = checked(catalog, "RetryPolicy(catalog=…)")

    def is_retryable(self, error: BaseException) -> bool:
        """Tell whether an exception is an API error worth retrying; for `tenacity.retry_if_exception`.

        False for anything that is not an API error, such as a bug of your own.
        """
        return self._classify(error).retryable

    def seconds(self, error: BaseException, attempt: int = 1) -> float:
        """Return how long to wait before the next attempt, in seconds.

        Args:
            error: The exception that the attempt raised.
            attempt: The number of failed attempts so far, at least 1.
        """
        return self._stretched(self._classify(error).retry_after, attempt)

    def tenacity_wait(self, retry_state: RetryState) -> float:
        """Return the seconds to wait; for `tenacity.retry(wait=…)`."""
        error = retry_state.outcome.exception() if retry_state.outcome is not None else None
        wait = None if error is None else self._classify(error).retry_after
        return self._stretched(wait, retry_state.attempt_number)

    def stamina_hook(self, error: Exception) -> bool | float:
        """Return whether to retry, or the seconds to wait before retrying; for `stamina.retry(on=…)`.

        True leaves the wait to stamina, when nothing says how long to wait. A number is not capped by stamina's
        `wait_max`.
        """
        answer = self._classify(error)
        if not answer.retryable or not answer.retry_after:
            return answer.retryable
        return self._stretched(answer.retry_after)

    def backoff_giveup(self, error: Exception) -> bool:
        """Tell whether to give up; for `backoff.on_exception(giveup=…)`."""
        return not self.is_retryable(error)

    def backoff_wait(self) -> Generator[float, BaseException, None]:
        """Yield the seconds to wait for each exception sent in; the `wait_gen` of `backoff.on_exception`.

        Pass `jitter=None` with it; otherwise backoff shortens the wait the service asks for.
        """
        attempt, wait = 1, 0.0
        error = yield wait
        while True:
            wait = self.seconds(error, attempt)
            attempt += 1
            error = yield wait

    def _classify(self, error: BaseException) -> Classification:
        return (self._catalog or default_catalog()).classify(error, provider=self._provider)

    def _stretched(self, wait: float | None, attempt: int = 1) -> float:
        if not wait:  # a service that tells all its clients "now" would get them all at once
            bound = min(self._ceiling, self._first * 2.0 ** min(attempt - 1, 60))
            wait = random.uniform(0, bound)  # noqa: S311 (not a secret)
        else:
            wait += random.uniform(0, min(_WIDEST, wait * _SPREAD))  # noqa: S311
        return min(wait, self._longest)


_default = RetryPolicy()
is_retryable = _default.is_retryable
tenacity_wait = _default.tenacity_wait
stamina_hook = _default.stamina_hook
backoff_giveup = _default.backoff_giveup
backoff_wait = _default.backoff_wait
