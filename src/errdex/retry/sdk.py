"""Notices that an SDK has repeated a request by itself, so that a loop around it multiplies the calls."""

from __future__ import annotations

from collections.abc import Mapping

from errdex.model.type_names import Final
from errdex.read.attributes import values_of

_COUNT: Final = "x-stainless-retry-count"
"""Header in which the SDKs of OpenAI, Anthropic, Groq and others count the repetitions of a request."""
_OFF: Final = {
    "openai": "OpenAI(max_retries=0)",
    "anthropic": "Anthropic(max_retries=0)",
    "groq": "Groq(max_retries=0)",
    "botocore": 'Config(retries={"total_max_attempts": 1})',
}
"""SDK → how to switch its own retries off."""

_said: set[str] = set()


def warn_of_own_retries(error: object) -> None:
    """Log a warning, once for each SDK, if an SDK sent a request several times before it raised this exception."""
    repeats = own_retries(error)
    sdk = type(error).__module__.partition(".")[0]
    if not repeats or sdk in _said:
        return
    _said.add(sdk)
    import logging  # imported here: most programs that use a retry hook never come here

    off = f", as in `{_OFF[sdk]}`" if sdk in _OFF else ""
    logging.getLogger("errdex.retry").warning(
        "%s sent the request %d times before it raised %s; a loop around it multiplies the calls. Switch its own "
        "retries off%s.", sdk, repeats + 1, type(error).__name__, off,
    )  # fmt: skip


def own_retries(error: object) -> int:
    """Return how often an SDK repeated the request that failed, as far as its exception tells."""
    own = values_of(error)
    response = own.get("response")
    if isinstance(response, dict):  # botocore
        about = response.get("ResponseMetadata")
        repeats = about.get("RetryAttempts") if isinstance(about, dict) else None
        return repeats if type(repeats) is int else 0
    request = own.get("request") or values_of(response).get("_request")
    headers = values_of(request).get("headers")
    count = headers.get(_COUNT) if isinstance(headers, Mapping) else None
    return int(count) if isinstance(count, str) and count.isdecimal() else 0
