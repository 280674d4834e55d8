"""Machine codes in a text of which nobody says that it is an error."""

from __future__ import annotations

import pytest

import errdex


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("Error: context_length_exceeded", "http/context-length-exceeded"),
        ("ERROR: insufficient_quota", "http/insufficient-quota"),
        ("[ERROR] insufficient_quota", "http/insufficient-quota"),
        ("2026-11-21 10:00:00,123 ERROR overloaded_error: Overloaded", "http/overloaded-error"),
        ("2026-11-21 10:00:00,123 ERROR app.llm: call failed: insufficient_quota", "http/insufficient-quota"),
        ("openai error: rate_limit_exceeded", "openai/rate-limit-exceeded"),
        ("giving up, error=insufficient_quota, attempt=3", "http/insufficient-quota"),
        ("Exception: invalid_api_key.", "http/invalid-api-key"),
    ],
)
def test_behind_a_label_or_a_level(text: str, entry: str) -> None:
    assert errdex.detect(text).entry == entry


@pytest.mark.parametrize(
    "text",
    [
        "context_length_exceeded",
        "handles insufficient_quota and rate_limit_exceeded",
        "WARN retrying after overloaded_error (attempt 2)",
        'if error == "insufficient_quota":',
        "except RateLimitError as error: insufficient_quota = True",
        "    error: insufficient_quota_seen",
        "# error: insufficient_quota is what OpenAI sends",
        "- error: `insufficient_quota`",
        "* Error: insufficient_quota",
        "error: rate_limit_exceeded_total{route='/v1'} 17",
        "error: timeout",
    ],
)
def test_elsewhere(text: str) -> None:
    assert not errdex.detect(text)
