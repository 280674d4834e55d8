"""Reads whether the service itself says that a retry can help."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from errdex.model.type_names import Any, Final

HEADER: Final = "x-should-retry"
"""The header with which services tell OpenAI's and Anthropic's SDKs, and others made like them, whether to retry."""
_FIELDS: Final = frozenset({"isretryable", "is_retryable", "retryable", "shouldretry", "should_retry"})


def should_retry(headers: Mapping[str, str], fields: Iterable[tuple[str, Any]]) -> bool | None:
    """Return what a header, or else a field of the body, says about a retry; None if nothing does.

    A field counts only where it says no: clients set it to true for a status, whatever the words say.

    Args:
        headers: The response headers; names are in lower case.
        fields: Path and value of each field of the body.
    """
    said = headers[HEADER].strip().lower() if HEADER in headers else ""
    if said in ("true", "false"):
        return said == "true"
    values = {value for path, value in fields if type(value) is bool and path.rpartition(".")[2].lower() in _FIELDS}
    return False if values == {False} else None
