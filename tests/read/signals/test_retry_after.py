"""How long to wait: from headers, fields and the message, the more exact over the less."""

from __future__ import annotations

import datetime
import email.utils

import pytest

from errdex.classifier.catalog import Catalog


def test_wait_from_the_message(catalog: Catalog) -> None:
    """A promise in the message is the wait."""
    answer = catalog.classify(
        "Rate limit reached for gpt-4 in organization org-x on tokens per min (TPM): Limit 10000, Used 8554, "
        "Requested 3082. Please try again in 9.816s. Visit https://platform.openai.com/account/rate-limits to learn more."
    )
    assert answer.retry_after == 9.816


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry-after-ms": "1500", "Retry-After": "9"}, 1.5),
        ({"Retry-After": "9", "x-ratelimit-reset": "3"}, 9),
        ({"X-RateLimit-Reset-Requests": "1m2s"}, 62),
        ({"x-ratelimit-reset": "nonsense"}, 60),
        ({"retry-after": "-5"}, 60),
    ],
)
def test_wait_from_headers(headers: dict[str, str], wait: float, catalog: Catalog) -> None:
    """Headers win over the entry, the more exact over the less."""
    answer = catalog.classify(
        "You are past the per minute request limit, please wait and try again later.", headers=headers
    )
    assert answer.retry_after == wait


def test_wait_as_a_date(catalog: Catalog) -> None:
    """Retry-After may be a date."""
    moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(seconds=30)
    headers = {"Retry-After": email.utils.format_datetime(moment, usegmt=True)}
    answer = catalog.classify("status_code: 503, body: {'message': 'x'}", headers=headers)
    assert answer.retry_after is not None
    assert 20 < answer.retry_after <= 30


def test_a_long_wait_is_no_retry(catalog: Catalog) -> None:
    """Who must wait for more than ten minutes should not loop."""
    answer = catalog.classify(
        "You are past the per minute request limit, please wait and try again later.", headers={"Retry-After": "3600"}
    )
    assert (answer.retryable, answer.retry_after) == (False, None)


@pytest.mark.parametrize(
    ("text", "wait"),
    [
        ('HTTP/1.1 429 Too Many Requests\r\nRetry-After: 12\r\n\r\n{"message":"Too many requests"}', 12),
        ("headers: {'retry-after': '5'}, status_code: 429, body: {'message': 'Please wait and try again later'}", 5),
        ('{"message":"Please wait and try again later","retry_after":30}', 30),
    ],
)
def test_wait_in_a_text(text: str, wait: float, catalog: Catalog) -> None:
    """Headers and fields inside a pasted text count as well."""
    assert catalog.classify(text).retry_after == wait


def test_a_clients_own_wait_is_not_the_services(catalog: Catalog) -> None:
    """`retrying in 5s` is what the client does anyway."""
    answer = catalog.classify("litellm.RateLimitError: retrying in 5s. Error code: 429 - try again in 45s")
    assert answer.retry_after == 45


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"x-ratelimit-reset-requests": "8.64s", "x-ratelimit-remaining-requests": "10",
          "x-ratelimit-reset-tokens": "61s", "x-ratelimit-remaining-tokens": "0"}, 61),
        ({"x-ratelimit-reset": "1763719200000"}, None),  # it has passed, and says nothing of the limit that was hit now
        ({"retry-after": "7s"}, 7),
        ({"retry-after": "1m30s"}, 90),
        ({"retry-after": "7, 7"}, 7),
        ({"retry-after": "0"}, 0),
        ({"x-ms-retry-after-ms": "1500", "retry-after": "2"}, 1.5),
        # the server's clock counts, wherever the one here stands
        ({"retry-after": "Wed, 21 Oct 2015 07:28:30 GMT", "date": "Wed, 21 Oct 2015 07:28:00 GMT"}, 30),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT", "date": "Wed, 21 Oct 2015 07:28:30 GMT"}, 0),
        ({"retry-after": "1445412510", "date": "Wed, 21 Oct 2015 07:28:00 GMT"}, 30),
        ({"retry-after": "Wed, 21 Oct 2015 07:28:30 GMT"}, 0),
        # dates of RFC 3339, as Anthropic has them
        ({"anthropic-ratelimit-requests-remaining": "3", "anthropic-ratelimit-requests-reset": "2015-10-21T07:28:10Z",
          "anthropic-ratelimit-input-tokens-remaining": "0",
          "anthropic-ratelimit-input-tokens-reset": "2015-10-21T07:28:45.5Z", "date": "Wed, 21 Oct 2015 07:28:00 GMT"}, 45.5),
        # of two limits that are used up, or are not known to be, the one that opens last
        ({"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "120ms",
          "x-ratelimit-remaining-tokens": "0", "x-ratelimit-reset-tokens": "59.4s"}, 59.4),
        ({"x-ratelimit-remaining-requests": "499", "x-ratelimit-reset-requests": "120ms",
          "x-ratelimit-remaining-tokens": "300", "x-ratelimit-reset-tokens": "59.4s"}, 59.4),
        # a day's limit that has something left is not what was met
        ({"x-ratelimit-reset-requests-day": "33011", "x-ratelimit-remaining-requests-day": "12",
          "x-ratelimit-reset-requests": "4s"}, 4),
        *(({"retry-after": value}, None) for value in ("soon", "-5", "nan", "inf", "", "1e400", "2015-13-45T00:00:00Z")),
    ],
)  # fmt: skip
def test_odd_headers(headers: dict[str, str], wait: float, catalog: Catalog) -> None:
    """The limit that is used up counts, moments may be in milliseconds, seconds may have their unit."""
    answer = catalog.classify("Please wait and try again later", headers=headers)
    assert answer.retryable
    assert answer.retry_after == wait


def test_a_limit_that_opens_in_hours_is_not_waited_for(catalog: Catalog) -> None:
    """If it is known to be used up, a retry before is in vain."""
    headers = {"x-ratelimit-reset-requests-day": "33011", "x-ratelimit-remaining-requests-day": "0"}
    assert not catalog.classify("Please wait and try again later", headers=headers).retryable


def test_the_reset_of_a_limit_comes_after_the_message(catalog: Catalog) -> None:
    """What the service promises in words is more exact than the reset of some limit."""
    text = "Rate limit reached for gpt-4 in organization org-x on tokens per min (TPM): Limit 10000, Used 8554, Requested 3082. Please try again in 9.816s. Visit https://platform.openai.com/account/rate-limits to learn more."
    assert catalog.classify(text, headers={"x-ratelimit-reset-tokens": "60s"}).retry_after == 9.816
