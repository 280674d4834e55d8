"""Training: from a catalog and texts seen in public to the weights of a model that knows them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from errdex.authoring.overlay import load_alone
from errdex.classifier.full import Full
from errdex.model.errors import ErrdexError
from errdex.rules.compiled import Rules
from errdex.training.examples import Example, of_folder
from errdex.training.train import examples_of, fitted, render, train
from errdex.wording.features import features
from errdex.wording.linear_model import FOREIGN, WordingModel
from tests.acme_catalog import write

LABELS = {"billing": False, "rate_limit": True, "context_length": False, None: False}
"""What the texts of the folder are: a category and its verdict, or no error of an API."""
WORDS = {
    "billing": ("wallet", "top up", "credits", "paid plan", "invoice"),
    "rate_limit": ("slow down", "too fast", "throttled", "busy minute", "burst"),
    "context_length": ("too long", "window", "shorten the prompt", "many tokens", "overflow"),
    None: ("relation", "segfault", "git", "makefile", "column"),
}


def row(raw: str, category: str | None, **more: Any) -> dict[str, Any]:
    label = {} if category is None else {"category": category, "retryable": LABELS[category]}
    return {"raw": raw, **label, **more}


ROWS = [
    row(f"{start} {word}, {end}", category)
    for category, words in WORDS.items()
    for word in words
    for start, end in (("Sorry:", "said our server"), ("We saw", "please read the page"), ("call gave", "bye"))
]


def folder(path: Path, *lines: str) -> Path:
    """Write a catalog with a folder of training texts."""
    write(path)
    (path / "training").mkdir()
    (path / "training" / "seen.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return folder(tmp_path, *map(json.dumps, ROWS))


def read(catalog: Path) -> list[Example]:
    rules, pages = load_alone(catalog)
    return examples_of(Full(Rules(rules)), pages["entries"], catalog)


def test_what_is_learnt_from(own: Path) -> None:
    """Every example and message of an entry, and every text of the folder."""
    examples = read(own)
    entry = [example for example in examples if example.group == "acme/slots-busy"]
    assert [example.texts for example in entry] == [
        ["all 4 slots are busy, next one free in 20 seconds"],
        ["all 17 slots are busy, next one free in 20 s"],
    ]
    assert {(example.label, example.retryable) for example in entry} == {("rate_limit", True)}
    seen = [example for example in examples if example.group.startswith("seen.jsonl:")]
    assert len(seen) == len(ROWS)
    assert {example.group for example in seen} == {f"seen.jsonl:{number}" for number in range(1, len(ROWS) + 1)}
    assert {example.label for example in seen} == {"billing", "rate_limit", "context_length", FOREIGN}


def test_what_is_read_of_a_line(tmp_path: Path) -> None:
    """Its status and provider; an error that nothing identifies teaches nothing."""
    path = folder(
        tmp_path,
        json.dumps(row('{"message": "slow down", "code": "burst"}', "rate_limit", status=429, provider="acme")),
        json.dumps({"raw": "something failed", "category": "unknown", "retryable": False}),
        json.dumps({"raw": "git: no such branch"}),
    )
    error, foreign = [example for example in read(path) if example.group.startswith("seen")]
    assert (error.status, error.provider, error.texts, error.names) == (429, "acme", ["slow down"], ["burst"])
    assert {"slow", "burst", "=429"} <= error.features(with_status=True)
    assert "=429" not in error.features(with_status=False)
    assert (foreign.label, foreign.retryable) == (FOREIGN, False)


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        '"text"',
        "{}",
        '{"category": "billing", "retryable": false}',
        '{"raw": "text", "category": "billing"}',
        '{"raw": "text", "category": "biling", "retryable": false}',
        "",
    ],
)
def test_a_malformed_line(line: str, tmp_path: Path) -> None:
    """It is said which one, and what was expected."""
    good = json.dumps(ROWS[0])
    path = folder(tmp_path, good, line, good)
    with pytest.raises(ErrdexError, match=r"seen\.jsonl:2: expected an object with `raw`"):
        read(path)


def test_a_catalog_without_a_folder(tmp_path: Path) -> None:
    write(tmp_path)
    assert {example.group for example in read(tmp_path)} >= {"acme/slots-busy"}
    rules, _ = load_alone(tmp_path)
    assert list(of_folder(tmp_path / "training", Full(Rules(rules)))) == []


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The weights of a model of the small catalog and folder."""
    pytest.importorskip("sklearn")
    written, examples = train(folder(tmp_path_factory.mktemp("own"), *map(json.dumps, ROWS)))
    assert examples > len(ROWS)
    return written


@pytest.mark.parametrize("found", ROWS, ids=lambda found: found["raw"])
def test_it_judges_its_own_texts_right(found: dict[str, Any], text: str) -> None:
    judgement = WordingModel(json.loads(text)).judge(features([found["raw"]], None))
    assert judgement is not None
    if "category" in found:
        assert judgement.category == found["category"]
        assert (judgement.retry > 0.5) is found["retryable"]
        assert judgement.foreign < 0.5
    else:
        assert judgement.foreign > 0.5


def test_the_entrys_message(text: str) -> None:
    judgement = WordingModel(json.loads(text)).judge(features(["all of our slots are busy, come back"], None))
    assert judgement is not None
    assert judgement.category == "rate_limit"


def test_a_key_on_each_line(text: str) -> None:
    """So that a change of the weights can be looked at."""
    lines = text.splitlines()
    assert (lines[0], lines[-1]) == ("{", "}")
    assert [line.split(":")[0].strip('"') for line in lines[1:-1]] == list(json.loads(text))
    assert render(json.loads(text)) == text


def test_the_same_weights_again(own: Path, text: str) -> None:
    assert render(fitted(read(own))) == text
