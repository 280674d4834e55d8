"""What retry libraries ask: whether to send a request again, and when. No such library is imported.

>>> from errdex.retry import backoff_giveup, stamina_hook
>>> stamina_hook(RuntimeError("Cohere: invalid api token")), backoff_giveup(RuntimeError("Cohere: invalid api token"))
(False, True)

Each function is used as it is; `RetryPolicy` has the same ones with bounds of your own.
"""

from __future__ import annotations

from errdex.integrations.retry_policy import RetryPolicy

_default = RetryPolicy()
is_retryable = _default.is_retryable
tenacity_wait = _default.tenacity_wait
stamina_hook = _default.stamina_hook
backoff_giveup = _default.backoff_giveup
backoff_wait = _default.backoff_wait

__all__ = ["RetryPolicy", "backoff_giveup", "backoff_wait", "is_retryable", "stamina_hook", "tenacity_wait"]
