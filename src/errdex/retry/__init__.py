"""What to do after a failed request: retry hooks, and one call that decides. No retry library is imported.

>>> from errdex.retry import backoff_giveup, stamina_hook
>>> stamina_hook(RuntimeError("Cohere: invalid api token")), backoff_giveup(RuntimeError("Cohere: invalid api token"))
(False, True)

The functions work as they are; `RetryPolicy` offers the same ones with limits and a table of your own.
"""

from __future__ import annotations

from errdex.retry.policy import RetryPolicy, RetryState
from errdex.retry.steps import STEPS, TABLE, Step, Table

__all__ = [
    "STEPS",
    "TABLE",
    "RetryPolicy",
    "RetryState",
    "Step",
    "Table",
    "backoff_giveup",
    "backoff_wait",
    "counts_as_failure",
    "is_retryable",
    "next_step",
    "should_fall_back",
    "stamina_hook",
    "tenacity_wait",
]

_default = RetryPolicy()
is_retryable = _default.is_retryable
tenacity_wait = _default.tenacity_wait
stamina_hook = _default.stamina_hook
backoff_giveup = _default.backoff_giveup
backoff_wait = _default.backoff_wait
should_fall_back = _default.should_fall_back
counts_as_failure = _default.counts_as_failure
next_step = _default.next_step
