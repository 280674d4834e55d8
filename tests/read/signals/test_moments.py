"""Until when a limit lasts: moments in a message, fields of a body, reset headers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from errdex.classifier.catalog import Catalog
from errdex.read.signals import moments
from tests.clock import NOW, stopped
from tests.node import answers

HOUR, DAY = 3_600, 86_400
SPENT = "You've hit your usage limit for codex_other. Switch to another model now, or try again at "


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    """It is Sunday, 30 November 2025, 11:00 UTC."""
    with stopped():
        yield


NAMED = [
    ("try again at 11:52", 52 * 60),
    ("try again at 11:52 am.", 52 * 60),
    ("try again at 10:52", 23 * HOUR + 52 * 60),  # tomorrow
    ("resets 3pm", 4 * HOUR),
    ("resets 12am", 13 * HOUR),
    ("resets at 10:00 utc", 23 * HOUR),
    ("resets 8:30pm (asia/tokyo)", 30 * 60),
    ("resets 7am (america/los_angeles)", 4 * HOUR),
    ("access resets at 5:30 pm pst", 14.5 * HOUR),
    ("resets mon 12:00am", 13 * HOUR),
    ("resets sun 10:00am", 6 * DAY + 23 * HOUR),
    ("your limit will reset at 10am (america/lima)", 4 * HOUR),
    ("you will regain access on 2026-01-01 at 00:00 utc", 31 * DAY + 13 * HOUR),
    ("you will regain access on 2026-01-01", 31 * DAY + 13 * HOUR),
    ("it will reset at 2025-11-30 20:00:00 +0800 cst", HOUR),
    ("resets at 2025-11-30t15:00:00z", 4 * HOUR),
    ("please retry after 2025-11-30t12:00:00.000z", HOUR),
    ("try again at dec 4th, 2025 11:52 am", 4 * DAY + 52 * 60),
    ("wait until your credits reset on july 1, 2026 at 5:30 am.", 213 * DAY - 5.5 * HOUR),
    ("opus weekly limit reached ∙ resets dec 31, 9am", 31 * DAY - 2 * HOUR),
    ("resets jan 2, 9am", 33 * DAY - 2 * HOUR),  # of next year
    ("claude ai usage limit reached|1764504000", HOUR),
]


@pytest.mark.parametrize(("low", "seconds"), NAMED, ids=[low for low, _ in NAMED])
def test_a_moment_is_read(low: str, seconds: float) -> None:
    assert moments.seconds_until(low, NOW) == seconds


@pytest.mark.parametrize(
    "low",
    [
        "it has reset at 2025-11-30 10:59 utc",  # it has passed
        "claude ai usage limit reached|1764400000",
        "try again at 25:00",
        "try again at 13pm",
        "resets feb 30, 9am",
        "resets 9am (mars/olympus_mons)",
        "try again in 5 minutes",  # a duration, read elsewhere
        "try again at 3",  # of what?
        "failed at 11:52, then retried",
        "2026-01-01 12:00:00 error: rate limit exceeded",  # when the line was written
        "connection reset by peer at 11:52",
        "the model was retired on 2026-01-01",
    ],
)
def test_what_is_no_moment(low: str) -> None:
    assert moments.seconds_until(low, NOW) is None


def test_a_long_text_takes_no_long_time() -> None:
    """Each search is linear: the text is read, and nothing is found."""
    for part in ("resets ", "try again at ", "until at on by ", "retry after 20"):
        assert moments.seconds_until(part * 20_000, NOW) is None


def test_the_answer_and_the_twin() -> None:
    texts = [SPENT + "Dec 4th, 2025 11:52 AM.", SPENT + "Nov 4th, 2025 11:52 AM."]
    assert [answer["resets_in"] for answer in answers(texts)] == [4 * DAY + 52 * 60, None]
    session = "You've hit your session limit · {}"
    shown = [(low, seconds) for low, seconds in NAMED if re.match(r"resets? [0-9a-z]", low)]
    said = answers([session.format(low) for low, _ in shown])
    assert [answer["resets_in"] for answer in said] == [seconds for _, seconds in shown]


QUOTA = "You have reached your weekly usage limit"


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({"resets_in_seconds": 444_287, "resets_at": NOW + 9}, 444_287),
        ({"resets_at": NOW + 7_200}, 7_200),
        ({"resets_at": "2025-11-30T12:00:00Z"}, HOUR),
        ({"resets_at": NOW - 7_200}, None),
        ({"resets_at": None}, None),
        ({"details": [{"metadata": {"quotaResetDelay": "161h39m41s"}}]}, 161 * HOUR + 39 * 60 + 41),
        ({"details": [{"metadata": {"quotaResetTimeStamp": "2025-12-01T11:00:00Z"}}]}, DAY),
        (
            {"metadata": {"headers": {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str((NOW + DAY) * 1000)}}},
            DAY,
        ),
        ({"retry_after": 7_200}, 7_200),
        ({"retry_after": 7}, None),  # the usual one of a rate limit: a week does not end in 7 s
    ],
)
def test_fields_of_a_body(fields: dict[str, Any], seconds: float | None, catalog: Catalog) -> None:
    body = json.dumps({"error": {"code": "usage_limit_reached", "type": "usage_limit_reached", **fields}})
    answer = catalog.classify(body, status=429)
    assert (answer.category, answer.retryable, answer.resets_in) == ("quota", False, seconds)
    assert [said["resets_in"] for said in answers([body])] == [seconds]


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"anthropic-ratelimit-unified-status": "rejected", "anthropic-ratelimit-unified-reset": str(NOW + DAY)}, DAY),
        (
            {
                "anthropic-ratelimit-unified-5h-status": "rejected",
                "anthropic-ratelimit-unified-5h-reset": str(NOW + 2 * HOUR),
                "anthropic-ratelimit-unified-7d-status": "allowed_warning",
                "anthropic-ratelimit-unified-7d-reset": str(NOW + 5 * DAY),
            },
            2 * HOUR,
        ),
        ({"x-ratelimit-reset-requests-day": "33011", "x-ratelimit-remaining-requests-day": "0"}, 33_011),
        ({"x-codex-primary-used-percent": "100", "x-codex-primary-reset-after-seconds": "9000"}, 9_000),
        ({"x-codex-primary-used-percent": "40", "x-codex-primary-reset-after-seconds": "9000"}, None),
        ({"retry-after": "9000"}, 9_000),
        ({"ratelimit": '"day";r=0;t=9000'}, 9_000),
        ({"ratelimit": '"day";r=4;t=9000'}, None),
        # a limit by the minute, of which something is left, is not what is spent
        ({"x-ratelimit-reset-requests": "20ms", "x-ratelimit-remaining-requests": "9999"}, None),
        ({"x-ratelimit-reset-requests": "1s"}, None),
        ({"retry-after": "7"}, None),
    ],
)
def test_headers_of_a_spent_allowance(headers: dict[str, str], seconds: float | None, catalog: Catalog) -> None:
    answer = catalog.classify("The usage limit has been reached", status=429, headers=headers)
    assert (answer.category, answer.retryable, answer.retry_after) == ("quota", False, None)
    assert answer.resets_in == seconds


def test_what_no_wait_opens_has_no_reset(catalog: Catalog) -> None:
    """A request that is too large for the limit, or wrong, will never fit."""
    headers = {"retry-after": "9000", "x-ratelimit-reset-tokens": "9000s", "x-ratelimit-remaining-tokens": "0"}
    for text in (
        "Request too large for model `llama-3.1-8b-instant` in organization `x` service tier `on_demand` on tokens per "
        "minute (TPM): Limit 6000, Requested 6294, please reduce your message size and try again.",
        "invalid api token",
        "invalid request: list of documents must not be empty",
    ):
        answer = catalog.classify(text, headers=headers)
        assert (answer.retryable, answer.resets_in) == (False, None)


def test_a_moment_in_minutes_is_waited_for(catalog: Catalog) -> None:
    """The wait is the answer's if it is short; if it is long, no retry can help."""
    text = "Rate limit exceeded for api_key: b2f1... Limit type: requests. Current limit: 1, Remaining: 0. Limit resets at: {}"
    answer = catalog.classify(text.format("2025-11-30 11:01:00 UTC"))
    assert (answer.retryable, answer.retry_after, answer.resets_in) == (True, 60, 60)
    answer = catalog.classify(text.format("2025-11-30 13:00:00 UTC"))
    assert (answer.retryable, answer.retry_after, answer.resets_in) == (False, None, 7_200)
    answer = catalog.classify(text.format("2025-11-30 10:00:00 UTC"))
    assert (answer.retryable, answer.retry_after, answer.resets_in) == (True, None, None)
