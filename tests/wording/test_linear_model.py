"""The wording model: adds up what words weigh, and knows when it knows nothing."""

from __future__ import annotations

import random

import pytest

from errdex.wording.features import features
from errdex.wording.linear_model import FOREIGN, WordingModel
from tests.wording.small_model import CLASSES, WORDS, small_model

TEXTS = [
    ("your wallet has no credits left, please top up", "billing"),
    ("please slow down, you are sending requests too quickly", "rate_limit"),
    ("the prompt has more tokens than the model's context window holds", "context_length"),
    ("the access token is expired, log in again", "authentication"),
    ("请求频率过高，请稍后再试", "rate_limit"),
    ("余额不足，请充值", "billing"),
]


@pytest.fixture
def small() -> WordingModel:
    return small_model(WORDS)


@pytest.fixture(scope="module")
def model() -> WordingModel:
    """The model of the package."""
    return WordingModel()


@pytest.mark.parametrize("found", [[], ["unknown", "words"], ["credit"], ["credit", "unknown"]], ids=repr)
def test_too_little_known(found: list[str], small: WordingModel) -> None:
    """One known word is not enough for a judgement."""
    assert small.judge(found) is None


def test_words_add_up(small: WordingModel) -> None:
    """Each word counts for its category, and what is unknown makes the judgement less sure."""
    money, sure = small.judge(["credit", "top", "unknown"]), small.judge(["credit", "top"])
    assert money is not None
    assert sure is not None
    assert money.category == sure.category
    assert 0.5 < money.probability < sure.probability
    assert (money.category, money.retry < 0.5) == ("billing", True)
    wait = small.judge(["slow", "down"])
    assert wait is not None
    assert (wait.category, wait.retry > 0.5) == ("rate_limit", True)
    assert wait.probability > 0.9


def test_a_foreign_text_has_a_category_all_the_same(small: WordingModel) -> None:
    """How likely it is foreign is told apart from what it would be as an error of an API."""
    found = small.judge(["table", "column"])
    assert found is not None
    assert found.foreign > 0.9
    assert found.category in set(CLASSES) - {FOREIGN}
    assert found.probability == pytest.approx(0.5)
    error = small.judge(["slow", "down"])
    assert error is not None
    assert error.foreign < 0.1


def test_equal_words_are_equally_likely() -> None:
    """Probabilities of the categories sum to 1, without the foreign class, and all three with it."""
    even = small_model({"first": (5, 5, 5, 0), "second": (5, 5, 5, 0)}).judge(["first", "second"])
    assert even is not None
    assert even.probability == pytest.approx(1 / 2)
    assert even.foreign == pytest.approx(1 / 3)
    assert even.retry == pytest.approx(1 / 2)


def test_probabilities_sum_to_one() -> None:
    """Whichever of two categories the words are moved to, what one gains the other loses."""
    one = small_model({"first": (9, 0, 2, 0), "second": (4, 0, 1, 0)}).judge(["first", "second"])
    other = small_model({"first": (2, 0, 9, 0), "second": (1, 0, 4, 0)}).judge(["first", "second"])
    assert one is not None
    assert other is not None
    assert (one.category, other.category) == ("billing", "rate_limit")
    assert one.probability == pytest.approx(other.probability)
    assert 0.5 < one.probability < 1


@pytest.mark.parametrize("text", [text for text, _ in TEXTS])
def test_the_order_of_features_is_nothing(text: str, model: WordingModel) -> None:
    """Sums of integers: the same result to the last bit."""
    found = sorted(features([text], 400))
    judgement = model.judge(found)
    pick = random.Random(5)
    for _ in range(20):
        pick.shuffle(found)
        assert model.judge(found) == judgement


@pytest.mark.parametrize(("text", "category"), TEXTS)
def test_the_model_of_the_package(text: str, category: str, model: WordingModel) -> None:
    """Wordings that no entry has."""
    found = model.judge(features([text], None))
    assert found is not None
    assert found.category == category
    assert 0 <= found.retry <= 1
    assert 0 < found.probability <= 1
    assert found.foreign < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "psycopg2.errors.UndefinedTable: relation \"users\" does not exist",
        "fatal: not a git repository (or any of the parent directories): .git",
        "'NoneType' object has no attribute 'text'",
        "SyntaxError: unexpected indent",
    ],
)  # fmt: skip
def test_foreign_texts(text: str, model: WordingModel) -> None:
    """Databases, build tools and bugs."""
    found = model.judge(features([text], None))
    assert found is not None
    assert found.foreign > 0.8


def test_weights_of(small: WordingModel) -> None:
    """What weighs most comes first, for or against; what is unknown does not come."""
    weights = small.weights_of({"credit", "top", "slow", "unknown"}, "billing")
    assert [name for name, _ in weights] == ["credit", "slow", "top"]
    shares = dict(weights)
    assert shares["credit"] > 0 > shares["slow"]
    assert shares["credit"] == pytest.approx(3 * shares["top"])
    assert small.weights_of([], "billing") == []


def test_weights_add_up_to_the_score() -> None:
    """The shares of two categories differ by what tells them apart."""
    model = small_model(WORDS)
    found = ["slow", "down"]
    judgement = model.judge(found)
    assert judgement is not None
    sums = {name: sum(share for _, share in model.weights_of(found, name)) for name in CLASSES}
    assert max(sums, key=sums.__getitem__) == judgement.category


def test_the_weights_of_the_package_are_whole(model: WordingModel) -> None:
    """Its classes are the categories but `unknown`, and the foreign one; no feature comes twice."""
    from errdex.model.category import Category

    assert set(model.classes) == {str(category) for category in Category} - {"unknown"} | {FOREIGN}
    names = model._data["features"].split("\n")
    assert len(names) == len(set(names)) > 1_000
    assert len(model._data["weights"]) == len(names) * (len(model.classes) + 2)
