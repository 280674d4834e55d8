"""What the wording model decides, where no entry does."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from errdex.classifier.catalog import Catalog
from errdex.model.category import Basis, Category
from tests.wording.small_model import small_model

ROOT = Path(__file__).resolve().parents[2]
MONEY = "the wallet holds no more credits"
SLOW = "slow down a little"


@pytest.mark.parametrize(
    ("text", "category", "retryable"),
    [
        (MONEY, Category.BILLING, False),
        ("余额不足，请充值后再使用", Category.BILLING, False),
        ("Zahlung abgelehnt: bitte Guthaben aufladen, your balance is empty", Category.BILLING, False),
        (SLOW, Category.RATE_LIMIT, True),
        ("you are sending too many requests, slow down please", Category.RATE_LIMIT, True),
        (
            "conversation is too long: 210034 tokens do not fit into the window of 200000",
            Category.CONTEXT_LENGTH,
            False,
        ),
        ("all our servers are busy, try again in a moment", Category.OVERLOADED, True),
    ],
)
def test_a_wording_that_no_entry_lists(text: str, category: Category, retryable: bool, catalog: Catalog) -> None:
    """It has a category and a verdict, how sure they are, and no entry."""
    answer = catalog.classify(text)
    assert (answer.category, answer.retryable, answer.basis) == (category, retryable, Basis.WORDING)
    assert (answer.entry, answer.docs_url) == (None, None)
    assert 0.5 <= answer.confidence <= 0.99
    assert answer.fix


@pytest.mark.parametrize("text", [MONEY, SLOW, "conversation is too long: 210034 tokens do not fit"])
def test_detect_does_not_ask_for_the_wording(text: str, catalog: Catalog) -> None:
    """It tells which kind of error a text is, not whether it is one."""
    assert not catalog.detect(text)


@pytest.mark.parametrize("status", [400, 403, 404, 429, 500, 503])
def test_words_of_money_under_any_status(status: int, catalog: Catalog) -> None:
    """The status does not overrule words that say what happened."""
    answer = catalog.classify(MONEY, status=status)
    assert (answer.status, answer.category, answer.retryable) == (status, Category.BILLING, False)


def test_an_entry_of_the_same_category_takes_the_place(catalog: Catalog) -> None:
    """It has a page; its basis stays its own, and the model says how likely it is."""
    answer = catalog.classify(SLOW, status=429)
    assert (answer.entry, answer.category, answer.basis) == ("http/429", Category.RATE_LIMIT, Basis.STATUS)
    assert answer.docs_url is not None
    assert answer.confidence == round(catalog.why(SLOW, status=429)["wording"]["probability"], 2)
    other = catalog.classify(SLOW, status=400)  # a page of another category says something else
    assert (other.entry, other.category, other.status) == (None, Category.RATE_LIMIT, 400)


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("You exceeded your current quota, please check your plan and billing details.", Basis.MESSAGE),
        ("invalid api token", Basis.MESSAGE),
        ('{"code": "insufficient_quota", "message": "slow down a little"}', Basis.CODE),
    ],
)
def test_what_is_listed_stands_before_the_wording(text: str, known: Basis, catalog: Catalog) -> None:
    assert catalog.classify(text).basis is known


TWO_WORDS = "tune hum"


def judging(catalog: Catalog, *weights: int) -> Catalog:
    """Return the catalog with a model that knows the two words, both with these weights and no others."""
    words = {word: tuple(weights) for word in TWO_WORDS.split()}
    return Catalog(catalog._rules, model=small_model(words))


@pytest.mark.parametrize(
    ("category", "weight", "probability", "retryable"),
    [(4, 0, 0.5, False), (4, 1, 0.57, True), (20, -8, 0.09, False), (20, 0, 0.5, True)],
)
def test_a_retry_needs_more_probability(
    category: int, weight: int, probability: float, retryable: bool, catalog: Catalog
) -> None:
    """A retry loop costs money, a missed retry one failed call; a certain category needs less."""
    own = judging(catalog, 0, -20, category, weight)
    wording = own.why(TWO_WORDS)["wording"]
    assert wording is not None
    assert wording["retry"] == pytest.approx(probability, abs=0.01)
    assert (own.classify(TWO_WORDS).category, own.classify(TWO_WORDS).retryable) == (Category.RATE_LIMIT, retryable)


def test_a_category_that_no_retry_helps(catalog: Catalog) -> None:
    """Whatever the model says of the retry, a bill is not paid by one."""
    answer = judging(catalog, 20, 0, 0, 31).classify(TWO_WORDS)
    assert (answer.category, answer.retryable) == (Category.BILLING, False)


@pytest.mark.parametrize(
    ("weights", "category", "entry"),
    [
        ((1, -20, 0, 0), Category.BILLING, None),
        ((0, -20, 2, 20), Category.RATE_LIMIT, None),
    ],
)
def test_who_is_not_sure_yields_to_the_status(
    weights: tuple[int, ...], category: Category, entry: str | None, catalog: Catalog
) -> None:
    answer = judging(catalog, *weights).classify(TWO_WORDS, status=400)
    assert (answer.category, answer.entry) == (category, entry)


def test_who_is_not_sure_is_no_reason_to_retry(catalog: Catalog) -> None:
    """Without a status there is nothing else to answer with, but a guess must not start a loop.

    What the message itself promises is no guess; nor is it one that an error passes, where only its category is unsure.
    """
    rows = map(json.loads, (ROOT / "catalog" / "training" / "errors.jsonl").read_text("utf-8").splitlines())
    answers = [(row["raw"], catalog.classify(row["raw"])) for row in rows]
    guesses = [one for one in answers if one[1].basis is Basis.WORDING and one[1].confidence < 0.55]
    assert len(guesses) > 2
    retried = [raw for raw, answer in guesses if answer.retryable and answer.retry_after is None]
    assert min((catalog.why(raw)["wording"]["retry"] for raw in retried), default=1) >= 0.75


@pytest.mark.parametrize(("weight", "error"), [(3, True), (8, False)])
def test_foreign(weight: int, error: bool, catalog: Catalog) -> None:
    """A text that the model is sure to be foreign is no error, unless something other than its words shows one."""
    own = judging(catalog, 0, weight, 0, 0)
    assert bool(own.classify(TWO_WORDS)) is error
    assert own.classify(TWO_WORDS, status=429).status == 429
    assert own.classify(TWO_WORDS, provider="openai")
    assert own.classify({"error": {"message": TWO_WORDS, "type": "api_error"}})


@pytest.mark.parametrize(
    "text",
    [
        "psycopg2.errors.UndefinedTable: relation \"users\" does not exist",
        "redis.exceptions.ResponseError: WRONGTYPE Operation against a key holding the wrong kind of value",
        "fatal: not a git repository (or any of the parent directories): .git",
        "SyntaxError: unexpected indent",
        "zzz",
    ],
)  # fmt: skip
def test_foreign_and_unknown_texts(text: str, catalog: Catalog) -> None:
    """The caller's word is taken, but not for what no API says."""
    answer = catalog.classify(text)
    assert not answer
    assert (answer.category, answer.basis, answer.confidence) == (Category.UNKNOWN, Basis.NONE, 0)


def test_why(catalog: Catalog) -> None:
    """The words that weigh most, and the entries that are most like the text."""
    why = catalog.why(MONEY)
    assert [(found["entry"], found["category"], found["basis"]) for found in why["candidates"]] == [
        (None, "billing", "wording")
    ]
    assert why["wording"] is not None
    assert {"~money", "credit"} & set(why["wording"]["words"])
    entries = {entry.id: entry for entry in catalog.entries}
    assert [entries[name].category for name in why["wording"]["nearest"]] == ["billing"] * 3
    assert catalog.why("zzz")["wording"] is None


@pytest.mark.parametrize(
    ("word", "category", "retryable"),
    [
        ("Unauthorized", "authentication", False),
        ("Forbidden.", "permission", False),
        ("Overloaded", "overloaded", True),
        ("throttled", "rate_limit", True),
    ],
)
def test_a_single_word_that_is_certain(word: str, category: str, retryable: bool, catalog: Catalog) -> None:
    """Of what the caller holds, a word such as a reason phrase is enough; a line of a log needs more."""
    answer = catalog.classify(word)
    assert (answer.category, answer.retryable, answer.basis) == (category, retryable, "wording")
    assert not catalog.detect(word)


@pytest.mark.parametrize("word", ["'timeout'", "'credits'", "model", "hello", "done", "42"])
def test_a_single_word_that_says_nothing(word: str, catalog: Catalog) -> None:
    """A quoted one is a key that a mapping lacks; most words occur in errors of any kind, or in none."""
    assert not catalog.classify(word)
