"""The functions of the package, on the catalog that comes with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from errdex.classifier.default import default_catalog
from errdex.model.classification import Classification


def classify(
    raw: object,
    *,
    provider: str | None = None,
    status: int | None = None,
    code: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> Classification:
    """Say what a raw error is, whether to retry, and what to change. Never raises on any input.

    Args:
        raw: A text (a message, a body, a log line, a traceback), bytes, a mapping (a parsed body), or an exception.
        provider: Hint: whose error it is, such as `cohere`; wins over what the text suggests.
        status: Hint: the HTTP status.
        code: Hint: the machine code.
        headers: Hint: the response headers.

    Returns:
        The answer; falsy when the text is no API error at all.

    >>> classify("too many tokens: multi-hop prompt is too long even after truncation").category
    <Category.CONTEXT_LENGTH: 'context_length'>
    """
    return default_catalog().classify(raw, provider=provider, status=status, code=code, headers=headers)


def classify_all(
    raw: object,
    *,
    provider: str | None = None,
    status: int | None = None,
    code: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> list[Classification]:
    """Return every answer that a raw error allows, best first; the arguments are those of `classify`."""
    return default_catalog().classify_all(raw, provider=provider, status=status, code=code, headers=headers)


def why(
    raw: object,
    *,
    provider: str | None = None,
    status: int | None = None,
    code: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the evidence read from a raw error and the ranked candidates, JSON-ready."""
    return default_catalog().why(raw, provider=provider, status=status, code=code, headers=headers)


def is_retryable(error: BaseException) -> bool:
    """Tell whether an exception is an API error that is worth a retry; for `tenacity.retry_if_exception`."""
    return classify(error).retryable
