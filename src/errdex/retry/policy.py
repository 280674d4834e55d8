"""The retry policy: its hooks for retry libraries, and its decision about the next step."""

from __future__ import annotations

import random
from collections.abc import Collection, Generator
from typing import Any, Final, Protocol

from errdex.classifier.catalog import Catalog
from errdex.classifier.default import checked, default_catalog
from errdex.model.classification import Classification
from errdex.model.duration import duration
from errdex.read.signals.retry_after import LONGEST
from errdex.retry import steps
from errdex.retry.sdk import warn_of_own_retries
from errdex.retry.steps import TABLE, Step, Table

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
    wait is drawn at random between half of a bound and the bound, which doubles with each attempt.

    >>> policy = RetryPolicy(longest=30, provider="cohere")
    >>> policy.is_retryable(RuntimeError("Please wait and try again later"))
    True
    """

    def __init__(
        self,
        *,
        longest: float = LONGEST,
        first: float = 4.0,
        ceiling: float = 60.0,
        attempts: int = 6,
        budget: float | None = None,
        table: Table = TABLE,
        provider: str | None = None,
        catalog: Catalog | None = None,
    ) -> None:
        """Create a policy.

        Args:
            longest: Upper limit of every wait, in seconds, whatever the service asks for.
            first: Bound of the first random wait, in seconds.
            ceiling: Largest bound of a random wait, in seconds. With the defaults of these two, six attempts last a
                minute at least, and most limits are by the minute.
            attempts: Requests at most; `next_step` counts them, for a retry library it is the library's to count.
            budget: Seconds at most from the first request to the last; None for no limit. What asks for a longer wait
                is not retried.
            table: What `next_step` does, for each action; see `errdex.retry.TABLE`.
            provider: The provider whose errors these are, if known; see `errdex.classify`.
            catalog: The catalog to ask; None means the one in use, see `errdex.use`.

        Raises:
            ValueError: `longest`, `first`, `ceiling`, `attempts` or `budget` is not greater than zero, or the table
                has an action or step that does not exist.
            TypeError: `catalog` is not a Catalog.
        """
        for name, seconds in (("longest", longest), ("first", first), ("ceiling", ceiling), ("budget", budget)):
            if seconds is not None and not seconds > 0:
                raise ValueError(f"{name}={seconds!r}: must be a number of seconds greater than zero")
        if not attempts > 0:
            raise ValueError(f"attempts={attempts!r}: must be at least 1")
        self._longest = longest
        self._first = first
        self._ceiling = ceiling
        self._attempts = attempts
        self._budget = float("inf") if budget is None else budget
        self._table = steps.checked(table)
        self._provider = provider
        self._catalog = checked(catalog, "RetryPolicy(catalog=…)")

    def is_retryable(self, error: BaseException) -> bool:
        """Tell whether an exception is an API error worth retrying; for `tenacity.retry_if_exception`.

        False for anything that is not an API error, such as a bug of your own, and for what asks for a longer wait than
        the budget allows.
        """
        return self._is_in_time(self._classify(error))

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
        if not self._is_in_time(answer) or not answer.retry_after:
            return self._is_in_time(answer)
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

    def should_fall_back(self, answer_or_error: object) -> bool:
        """Tell whether another model, key, account or provider would help, rather than this request changed.

        Args:
            answer_or_error: An answer from `errdex.classify`, or the exception or other raw error.
        """
        answer = self._answer(answer_or_error)
        return bool(answer) and any(
            steps.helps(step, answer) for step in (steps.SWITCH_MODEL, steps.SWITCH_KEY, steps.SWITCH_PROVIDER)
        )

    def counts_as_failure(self, answer_or_error: object) -> bool:
        """Tell whether a circuit breaker should count an error: whether the service, or the way to it, is at fault.

        A limit that was reached, a refused key or a wrong request says nothing about the health of the service.

        Args:
            answer_or_error: An answer from `errdex.classify`, or the exception or other raw error.
        """
        return self._answer(answer_or_error).is_outage

    def next_step(
        self,
        answer_or_error: object,
        attempt: int,
        *,
        elapsed: float = 0.0,
        can: Collection[str] = steps.STEPS,
    ) -> Step:
        """Return what to do after a failed request, and why.

        Of the steps in the policy's table, it is the first that the caller can take and that can help; otherwise
        `give_up`. A retry can help if the answer says so, or if the limit opens within `longest`; it must fit into
        the attempts and the budget.

        Args:
            answer_or_error: An answer from `errdex.classify`, or the exception or other raw error.
            attempt: The number of requests so far, at least 1.
            elapsed: Seconds since the first of them.
            can: What the caller can do; leave out `shorten`, `switch_model`, `switch_key` or `switch_provider` where
                there is nothing to leave out or to switch to.

        Raises:
            ValueError: `can` has a step that does not exist.

        >>> RetryPolicy().next_step(RuntimeError("Cohere: invalid api token"), 1, can=("retry", "switch_key")).do
        'switch_key'
        """
        unknown = set(can) - set(steps.STEPS)
        if unknown:
            raise ValueError(f"can: no step {sorted(unknown)}; the steps are {', '.join(steps.STEPS)}")
        answer = self._answer(answer_or_error)
        if not answer:
            return Step(steps.GIVE_UP, 0.0, "not an error of an API")
        what = steps.about(answer)
        if attempt >= self._attempts:
            return Step(steps.GIVE_UP, 0.0, f"{what}; {attempt} of {self._attempts} attempts are made")
        against = ""
        for step in self._table[str(answer.action)]:
            if step == steps.GIVE_UP:
                break
            if step == steps.RETRY and step in can and (answer.retryable or answer.resets_in):
                wait = self._stretched(answer.retry_after if answer.retryable else answer.resets_in, attempt)
                against = self._objection(answer, wait, elapsed)
                if not against:
                    return Step(step, wait, what)
            elif step in can and steps.helps(step, answer):
                return Step(step, 0.0, what + against)
        return Step(steps.GIVE_UP, 0.0, what + against)

    def _objection(self, answer: Classification, wait: float, elapsed: float) -> str:
        """Say why a retry comes too late; an empty text if it does not."""
        asked = answer.resets_in or 0.0
        if not answer.retryable and asked > self._longest:
            return f"; no wait is longer than {duration(self._longest)}"
        if elapsed + wait > self._budget:
            return f"; a wait of {duration(wait)} ends after the budget of {duration(self._budget)}"
        return ""

    def _is_in_time(self, answer: Classification) -> bool:
        return answer.retryable and (answer.retry_after or 0.0) <= self._budget

    def _answer(self, answer_or_error: object) -> Classification:
        if isinstance(answer_or_error, Classification):
            return answer_or_error
        return self._classify(answer_or_error)

    def _classify(self, error: object) -> Classification:
        answer = (self._catalog or default_catalog()).classify(error, provider=self._provider)
        if answer:
            warn_of_own_retries(error)
        return answer

    def _stretched(self, wait: float | None, attempt: int = 1) -> float:
        if not wait:  # a service that tells all its clients "now" would get them all at once
            bound = min(self._ceiling, self._first * 2.0 ** min(attempt - 1, 60))
            wait = random.uniform(bound / 2, bound)  # noqa: S311 (not a secret)
        else:
            wait += random.uniform(0, min(_WIDEST, wait * _SPREAD))  # noqa: S311
        return min(wait, self._longest)
