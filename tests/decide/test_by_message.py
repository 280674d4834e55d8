"""Which message decides: the verdicts that cost money when they are wrong."""

from __future__ import annotations

import json

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


def test_a_request_id_behind_a_message(catalog: Catalog) -> None:
    """A request id is no part of the message."""
    assert catalog.classify("invalid api token (request id: abc)").entry == "cohere/invalid-api-key"


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("invalid api token", "INVALID API TOKEN", True),
        ("request cancelled", "the request cancelled the order", False),
        ("cohere: request cancelled", "checkout: request cancelled", False),
        ("Error code: 499 - request cancelled", "job 17: request cancelled", False),
    ],
)
def test_support(first: str, second: str, same: bool, catalog: Catalog) -> None:
    """A short wording counts alone, or beside a status, a class or a provider's name."""
    assert catalog.classify(first)
    assert (catalog.classify(second).entry == catalog.classify(first).entry) is same


def carried(raw: str, status: int = 400) -> str:
    """Return a gateway's error around a provider's own."""
    error = {"message": "Provider returned error", "code": status, "metadata": {"raw": raw, "provider_name": "Acme"}}
    return json.dumps({"error": error})


@pytest.mark.parametrize(
    ("raw", "category"),
    [
        ('{"error":{"message":"Rate limit exceeded. Please retry after 30s."}}', Category.RATE_LIMIT),
        (
            '{"error":{"message":"Your prompt has 9,000 tokens, 900 more than fit into the context"}}',
            Category.CONTEXT_LENGTH,
        ),
        ("error code: 1015", Category.RATE_LIMIT),
        ("", Category.INVALID_REQUEST),
        ("Provider returned error", Category.INVALID_REQUEST),
    ],
)
def test_the_error_that_a_gateway_carries_decides(raw: str, category: Category, catalog: Catalog) -> None:
    """The gateway's own message says no more than that a provider failed, so any words of the provider outrank it."""
    answer = catalog.classify(carried(raw))
    assert answer.category is category
    assert (answer.entry == "openrouter/provider-returned-400") is (category is Category.INVALID_REQUEST)


@pytest.mark.parametrize("provider", ["openai", "mistral", "cohere"])
def test_a_named_provider_never_makes_an_error_none(provider: str, catalog: Catalog) -> None:
    """Words that only another provider lists are judged as words of an unknown entry."""
    answer = catalog.classify("invalid api token", provider=provider)
    assert (answer.category, answer.provider) == (Category.AUTHENTICATION, provider)
    assert (answer.entry == "cohere/invalid-api-key") is (provider == "cohere")


@pytest.mark.parametrize(
    "text",
    [
        "Rate limit exceeded. Consider more attempts.",
        "12:00:01 | ERROR | app.llm:ask:258 - Rate limit exceeded. Consider more attempts.",
        "INFO starting\nERROR app.llm - Rate limit exceeded! Consider more attempts.",
        "Result failed 1/3 times:\n Rate limit reached. Waiting before retry.",
    ],
)
def test_a_short_message_is_a_sentence_by_itself(text: str, catalog: Catalog) -> None:
    """Of a text that is an error, that is enough; a log may tell of anything in such words."""
    assert catalog.classify(text).entry == "http/rate-limit-text"
    assert not catalog.detect("Rate limit exceeded. Consider more attempts.")


@pytest.mark.parametrize(
    "text",
    [
        "The words 'rate limit exceeded. Slow down' stand in what the user wrote to the bot.",
        "Rate limit exceeded 3 times today, see the board",
        "No rate limit reached. All 30 tests passed",
    ],
)
def test_a_part_of_a_sentence_is_no_message(text: str, catalog: Catalog) -> None:
    assert catalog.classify(text).entry is None


def test_the_words_around_a_short_message_say_more(catalog: Catalog) -> None:
    answer = catalog.classify("Bad request. The prompt is too long: 300000 tokens > 200000 maximum")
    assert answer.category == "context_length"
