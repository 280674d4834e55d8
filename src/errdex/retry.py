"""What retry libraries ask: whether to send a request again, and when. No such library is imported.

>>> from errdex.retry import backoff_giveup, stamina_hook
>>> stamina_hook(RuntimeError("Cohere: invalid api token")), backoff_giveup(RuntimeError("Cohere: invalid api token"))
(False, True)

Each function is used as it is; `RetryPolicy` has the same ones with bounds of your own.
"""

from __future__ import annotations

import random
from collections.abc import Generator
from typing import Any, Final, Protocol

from errdex.classifier.catalog import Catalog
from errdex.classifier.default import default_catalog
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
"""A service's wait is stretched by up to a tenth of it, one second at most."""


class RetryState(Protocol):
    """What is asked of tenacity's `RetryCallState`."""

    attempt_number: int
    outcome: Any


class RetryPolicy:
    """What retry libraries ask, with bounds of your own.

    A wait is what the service asks for (`Classification.retry_after`), and a little more, so that clients that failed
    together do not come back together. Where nothing says how long, it is drawn from zero up to a bound that
    doubles with each attempt; so it is where the service asks for no wait at all.

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
        """Make a policy.

        Args:
            longest: Seconds: no wait is longer, whatever the service asks for.
            first: Seconds: bound of the first wait where nothing says how long.
            ceiling: Seconds: the largest such bound.
            provider: Whose errors they are, if that is known; see `errdex.classify`.
            catalog: The catalog to ask; None for the one in use, see `errdex.use`.

        Raises:
            ValueError: A number of seconds is not above zero.
        """
        for name, seconds in (("longest", longest), ("first", first), ("ceiling", ceiling)):
            if not seconds > 0:
                raise ValueError(f"{name}={seconds!r}: a number of seconds above zero is needed")
        self._longest = longest
        self._first = first
        self._ceiling = ceiling
        self._provider = provider
        self._catalog = catalog

    def is_retryable(self, error: BaseException) -> bool:
        """Tell whether an exception is an API error that is worth a retry.

        For `tenacity.retry_if_exception`. What is no API error, such as a bug of your own, is not.
        """
        return self._classify(error).retryable

    def seconds(self, error: BaseException, attempt: int = 1) -> float:
        """Return how long to wait before the next attempt, in seconds.

        Args:
            error: What the attempt raised.
            attempt: How many attempts have failed, from 1.
        """
        return self._stretched(self._classify(error).retry_after, attempt)

    def tenacity_wait(self, retry_state: RetryState) -> float:
        """Return the seconds to wait; for `tenacity.retry(wait=…)`."""
        error = retry_state.outcome.exception() if retry_state.outcome is not None else None
        wait = None if error is None else self._classify(error).retry_after
        return self._stretched(wait, retry_state.attempt_number)

    def stamina_hook(self, error: Exception) -> bool | float:
        """Return whether to retry, or the seconds after which to; for `stamina.retry(on=…)`.

        True leaves the wait to stamina, where nothing says how long. A number is not capped by stamina's `wait_max`.
        """
        answer = self._classify(error)
        if not answer.retryable or not answer.retry_after:
            return answer.retryable
        return self._stretched(answer.retry_after)

    def backoff_giveup(self, error: Exception) -> bool:
        """Tell whether to stop; for `backoff.on_exception(giveup=…)`."""
        return not self.is_retryable(error)

    def backoff_wait(self) -> Generator[float, BaseException, None]:
        """Yield the seconds to wait for each exception that is sent in; for `backoff.on_exception` as `wait_gen`.

        Pass `jitter=None` beside it: backoff would else shorten what the service asks for.
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
        if not wait:  # a service that says "now" to all its clients gets them all now
            bound = min(self._ceiling, self._first * 2.0 ** min(attempt - 1, 60))
            wait = random.uniform(0, bound)  # noqa: S311 (no secret)
        else:
            wait += random.uniform(0, min(_WIDEST, wait * _SPREAD))  # noqa: S311
        return min(wait, self._longest)


_default = RetryPolicy()
is_retryable = _default.is_retryable
tenacity_wait = _default.tenacity_wait
stamina_hook = _default.stamina_hook
backoff_giveup = _default.backoff_giveup
backoff_wait = _default.backoff_wait
