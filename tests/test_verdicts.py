"""The verdicts that cost money when they are wrong."""

from __future__ import annotations

import datetime
import email.utils

import pytest

from errdex.classifier.catalog import Catalog
from errdex.model.category import Category

TRIAL = "You are using a Trial key, which is limited to {} API calls / {}"


def test_quota_is_not_a_rate_limit(catalog: Catalog) -> None:
    """A limit a month is a quota and no retry helps; a limit a minute passes with a wait."""
    month = catalog.classify(TRIAL.format(1000, "month"))
    assert (month.category, month.retryable, month.retry_after) == (Category.QUOTA, False, None)
    minute = catalog.classify(TRIAL.format(40, "minute"))
    assert (minute.category, minute.retryable) == (Category.RATE_LIMIT, True)
    assert minute.retry_after == 60
    assert minute.params == {"limit": 40}


@pytest.mark.parametrize("status", [None, 429])
@pytest.mark.parametrize(
    ("text", "category", "retryable"),
    [
        ('{"error":{"message":"You exceeded your current quota, please check your plan and billing details.",'
         '"type":"insufficient_quota","param":null,"code":"insufficient_quota"}}', Category.BILLING, False),
        ('{"error":{"message":"Your account is not active, please check your billing details on our website.",'
         '"type":"billing_not_active","param":null,"code":"billing_not_active"}}', Category.BILLING, False),
        ("Rate limit reached for gpt-4 in organization org-x on tokens per min (TPM): Limit 10000, Used 8554, "
         "Requested 3082. Please try again in 9.816s. Visit https://platform.openai.com/account/rate-limits to learn more.",
         Category.RATE_LIMIT, True),
        ("Request too large for gpt-5 in organization org-123456 on tokens per min (TPM): Limit 30000, Requested 36055. "
         "The input or output tokens must be reduced in order to run successfully.", Category.RATE_LIMIT, False),
    ],
)  # fmt: skip
def test_openai_429(text: str, category: Category, retryable: bool, status: int | None, catalog: Catalog) -> None:
    """OpenAI's 429 is money, or a limit that passes, or a request that never fits."""
    answer = catalog.classify(text, status=status)
    assert (answer.provider, answer.category, answer.retryable) == ("openai", category, retryable)


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
    ("text", "status"),
    [
        ("status_code: 400, body: {'message': \"invalid request: value 'internal server error' is not allowed\"}", 400),
        ("status_code: 400, body: {'message': \"invalid request: prompt 'invalid api token' is odd\"}", 400),
        ("status_code: 400, body: {'message': \"unknown field: parameter 'rate_limit' is not a valid field.\"}", 400),
        ("status_code: 400, body: {'message': 'invalid request: The read operation timed out is no valid title'}", 400),
    ],
)
def test_echoes(text: str, status: int, catalog: Catalog) -> None:
    """What the API quotes back does not change what went wrong."""
    answer = catalog.classify(text)
    assert (answer.category, answer.retryable, answer.status) == (Category.INVALID_REQUEST, False, status)


def test_unknown_wordings_get_their_family(catalog: Catalog) -> None:
    """The next wording still gets its category, and an honest fix."""
    answer = catalog.classify("invalid request: wibble must not be wobbled", provider="cohere")
    assert (answer.category, answer.retryable, answer.provider) == (Category.INVALID_REQUEST, False, "cohere")
    answer = catalog.classify("too many tokens: the wibble is too long by 3")
    assert (answer.category, answer.provider) == (Category.CONTEXT_LENGTH, "cohere")


def test_a_family_loses_to_another_status(catalog: Catalog) -> None:
    """A family's guess does not stand against the status that was seen."""
    answer = catalog.classify("status_code: 503, body: {'message': 'invalid request: wibble'}")
    assert answer.status == 503
    assert answer.retryable


def test_hints_win(catalog: Catalog) -> None:
    """What the caller knows replaces what the text suggests."""
    assert catalog.classify("no words of ours", status=529).category is Category.OVERLOADED
    assert catalog.classify("Error code: 500 - oops", status=404).status == 404
    assert catalog.classify("anything", status=404, provider="cohere").entry == "cohere/404"
    assert catalog.classify("anything", code="insufficient_quota", provider="openai").category is Category.BILLING
    assert catalog.classify("invalid api token", provider="openai").provider != "cohere"


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
        ({"x-ratelimit-reset": "1763719200000"}, 0),
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


@pytest.mark.parametrize("status", [200, 204, 301])
def test_a_success_is_no_error(status: int, catalog: Catalog) -> None:
    """A status of success does not make an error of a text."""
    assert not catalog.classify("all good", status=status)


@pytest.mark.parametrize(
    "text",
    [
        "status_code: 400, body: {'message': 'internal server error'}",
        "Error code: 401 - {'error': {'message': 'rate limit exceeded'}}",
    ],
)
def test_anybodys_words_do_not_stand_against_a_status(text: str, catalog: Catalog) -> None:
    """A wording that every API has yields to the status that was seen: no retry of a 400."""
    assert not catalog.classify(text).retryable


def test_the_reset_of_a_limit_comes_after_the_message(catalog: Catalog) -> None:
    """What the service promises in words is more exact than the reset of some limit."""
    text = "Rate limit reached for gpt-4 in organization org-x on tokens per min (TPM): Limit 10000, Used 8554, Requested 3082. Please try again in 9.816s. Visit https://platform.openai.com/account/rate-limits to learn more."
    assert catalog.classify(text, headers={"x-ratelimit-reset-tokens": "60s"}).retry_after == 9.816


def test_the_code_is_the_code(catalog: Catalog) -> None:
    """Of a body's code and type the code is the more exact."""
    body = {"error": {"message": "x", "type": "invalid_request_error", "code": "context_length_exceeded"}}
    assert catalog.classify(body).code == "context_length_exceeded"


def test_a_request_id_behind_a_message(catalog: Catalog) -> None:
    """A request id is no part of the message."""
    assert catalog.classify("invalid api token (request id: abc)").entry == "cohere/invalid-api-key"


def test_a_code_of_money_stands_against_shared_words(catalog: Catalog) -> None:
    """`insufficient_quota` under any wording is billing: a retry loop on it costs money."""
    answer = catalog.classify({"code": "insufficient_quota", "message": "Rate limit exceeded"})
    assert (answer.category, answer.retryable) == (Category.BILLING, False)
