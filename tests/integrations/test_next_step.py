"""What `errdex.retry` decides after a failed request, and the real circuit breaker that counts by it."""

from __future__ import annotations

import pybreaker
import pytest

import errdex
from errdex.retry import (
    STEPS,
    TABLE,
    RetryPolicy,
    Step,
    backoff_giveup,
    counts_as_failure,
    is_retryable,
    next_step,
    should_fall_back,
)
from tests.exceptions import MINUTE, QUOTA, ApiError

INVALID = "invalid request: list of documents must not be empty"
MODEL = "model 'xyz' not found, make sure the correct model ID was used and that you have access to the model."
TOO_LONG = (
    "too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 8162. Try using a shorter "
    "prompt, or enabling prompt truncating. See https://docs.cohere.com/reference/generate for more details."
)
NO_TOOLS = "model 'command-light' does not support tool use"
WEEK = (
    '{"error": {"type": "usage_limit_reached", "message": "The usage limit has been reached", "resets_in_seconds": %d}}'
)


def answer(message: str, status: int | None = None, **headers: str) -> errdex.Classification:
    return errdex.classify(message, status=status, headers={k.replace("_", "-"): v for k, v in headers.items()})


@pytest.mark.parametrize(
    ("given", "helps"),
    [
        (answer(QUOTA), True),
        (answer("invalid api token"), True),
        (answer(MODEL), True),
        (answer("You exceeded your current quota, please check your plan and billing details."), True),
        (answer("internal server error", 500), True),
        (answer("connect ETIMEDOUT 4.150.240.10:443"), True),
        (answer(INVALID), False),
        (answer(TOO_LONG), False),
        (answer("request cancelled"), False),
        (errdex.classify(KeyError("text")), False),
    ],
)
def test_whether_something_else_would_help(given: errdex.Classification, helps: bool) -> None:
    assert should_fall_back(given) is helps


def test_an_exception_is_as_good_as_its_answer() -> None:
    assert should_fall_back(ApiError(429, QUOTA))
    assert not should_fall_back(KeyError("text"))
    assert next_step(KeyError("text"), 1) == Step("give_up", 0.0, "not an error of an API")


@pytest.mark.parametrize(
    ("given", "steps"),
    [
        (answer("internal server error", 500), ["retry", "switch_provider", "give_up"]),
        (answer(MINUTE), ["retry", "switch_key", "switch_provider", "give_up"]),
        (answer(QUOTA), ["switch_key", "switch_provider", "give_up"]),
        (answer(MODEL), ["switch_model", "switch_provider", "give_up"]),
        (answer("invalid api token"), ["switch_key", "switch_provider", "give_up"]),
        (answer(TOO_LONG), ["shorten", "give_up"]),
        (answer(INVALID), ["give_up"]),
        (
            answer("Selected model is at capacity. Please try a different model."),
            ["switch_model", "switch_provider", "retry", "give_up"],
        ),
        (answer("request cancelled"), ["retry", "give_up"]),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else value.entry,
)
def test_the_steps_in_turn(given: errdex.Classification, steps: list[str]) -> None:
    """Each time the caller cannot take the step that was named, the next one that can help is."""
    can = [*STEPS]
    found = []
    while not found or found[-1] != "give_up":
        step = next_step(given, 1, can=can)
        assert (step.wait > 0) <= (step.do == "retry")
        assert given.title in step.reason
        found.append(step.do)
        if step.do in can:
            can.remove(step.do)
    assert found == steps


def test_a_wait_is_what_the_service_asks_for() -> None:
    step = next_step(answer(MINUTE, retry_after="7"), 1)
    assert step.do == "retry"
    assert 7 <= step.wait <= 7.7
    waits = [next_step(answer("internal server error", 500), 4).wait for _ in range(100)]
    assert 16 <= min(waits) <= max(waits) <= 32


def test_attempts_and_budget_end_retries() -> None:
    policy = RetryPolicy(attempts=3, budget=100)
    minute = answer(MINUTE, retry_after="50")
    only = ("retry",)
    assert policy.next_step(minute, 1, can=only).do == "retry"
    assert policy.next_step(minute, 2, elapsed=49, can=only).do == "retry"
    late = policy.next_step(minute, 2, elapsed=51, can=only)
    assert (late.do, late.wait) == ("give_up", 0)
    assert "ends after the budget of 1 min 40 s" in late.reason
    assert policy.next_step(minute, 2, elapsed=51).do == "switch_key"
    last = policy.next_step(minute, 3, can=only)
    assert last.do == "give_up"
    assert "3 of 3 attempts" in last.reason


def test_a_limit_that_opens_in_time_is_waited_for() -> None:
    """Where a program can wait, a limit that no quick retry outlasts is one all the same."""
    hours = errdex.classify(WEEK % 7_200)
    assert (hours.retryable, hours.resets_in) == (False, 7_200)
    assert next_step(hours, 1, can=("retry",)).do == "give_up"
    assert "the limit opens in 2 h" in next_step(hours, 1, can=("retry",)).reason
    patient = RetryPolicy(longest=3 * 3_600, budget=3 * 3_600)
    step = patient.next_step(hours, 1)
    assert step.do == "retry"
    assert 7_200 <= step.wait <= 7_201
    assert patient.next_step(errdex.classify(WEEK % 90_000), 1, can=("retry",)).do == "give_up"
    assert next_step(errdex.classify(WEEK % 120), 1).do == "retry"


def test_the_budget_holds_for_the_hooks_too() -> None:
    error = ApiError(429, MINUTE, {"retry-after": "120"})
    assert is_retryable(error)
    assert not backoff_giveup(error)
    policy = RetryPolicy(budget=60)
    assert not policy.is_retryable(error)
    assert policy.stamina_hook(error) is False
    assert policy.backoff_giveup(error)
    assert policy.is_retryable(ApiError(429, MINUTE, {"retry-after": "30"}))


def test_the_table_is_the_users() -> None:
    overload = answer("That model is currently overloaded with other requests.", 503)
    assert next_step(overload, 1).do == "retry"
    quick = RetryPolicy(
        table={**TABLE, "wait": ("switch_model", "switch_provider", "retry"), errdex.Action.SHORTEN: ()}
    )
    assert quick.next_step(overload, 1).do in ("switch_model", "switch_provider")
    assert quick.next_step(answer(TOO_LONG), 1).do == "give_up"
    stubborn = RetryPolicy(table={**TABLE, "add_funds": ("give_up", "switch_key")})
    assert (
        stubborn.next_step(answer("You exceeded your current quota, please check your plan and billing details."), 1).do
        == "give_up"
    )


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"table": {"retry": ("retry",)}}, "no steps for wait, "),
        ({"table": {**TABLE, "pay": ("retry",)}}, "no action 'pay'"),
        ({"table": {**TABLE, "wait": ("sleep",)}}, "list of steps from retry, "),
        ({"table": {**TABLE, "wait": "retry"}}, "list of steps from retry, "),
        ({"attempts": 0}, "attempts=0: must be at least 1"),
        ({"budget": 0}, "budget=0: must be a number of seconds greater than zero"),
    ],
)
def test_mistakes_are_named(options: dict, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        RetryPolicy(**options)
    with pytest.raises(ValueError, match="no step"):
        next_step(answer(MINUTE), 1, can=("sleep",))


def test_a_step_is_a_value() -> None:
    step = next_step(answer(INVALID), 1)
    assert step == next_step(answer(INVALID), 1)
    assert len({step, next_step(answer(INVALID), 2)}) == 1
    with pytest.raises(AttributeError):
        step.do = "retry"
    match step:
        case Step(do="give_up", reason=reason):
            assert "cohere/" in reason


def test_a_circuit_breaker_counts_outages_alone() -> None:
    """A thousand refused keys do not open it, some failures of the service do."""
    breaker = pybreaker.CircuitBreaker(fail_max=3, exclude=[lambda error: not counts_as_failure(error)])

    def fail(status: int, message: str) -> None:
        raise ApiError(status, message)

    for status, message in ((429, MINUTE), (401, "invalid api token"), (400, INVALID), (429, QUOTA)) * 5:
        with pytest.raises(ApiError):
            breaker.call(fail, status, message)
    assert breaker.current_state == "closed"
    for _ in range(2):
        with pytest.raises(ApiError):
            breaker.call(fail, 500, "internal server error")
    with pytest.raises(pybreaker.CircuitBreakerError):
        breaker.call(fail, 503, "zzz")
    assert breaker.current_state == "open"
