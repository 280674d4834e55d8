"""The JavaScript twin gives Python's answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import errdex
from errdex.rules.compiled import read_pages
from tests import ROOT
from tests.clock import stopped
from tests.conftest import Share
from tests.node import answers, differences
from tests.shared_cases import CASES
from tests.wrappers import WRAPPERS

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with stopped():
        yield


def expected(texts: list[str]) -> list[dict[str, Any]]:
    return [errdex.classify(text).to_dict() for text in texts]


def detected(texts: list[str]) -> list[dict[str, Any]]:
    return [errdex.detect(text).to_dict() for text in texts]


def raw(example: str | dict[str, Any]) -> Any:
    return example if isinstance(example, str) else example["raw"]


def test_every_example() -> None:
    entries = read_pages()["entries"].values()
    shown = [example for entry in entries for key in ("examples", "counterexamples") for example in entry.get(key, ())]
    texts = [text for text in map(raw, shown) if isinstance(text, str)]
    assert len(texts) > 1_300
    assert differences(texts, expected(texts)) == []
    assert differences(texts, detected(texts), "--detect") == []


def test_the_shared_cases_and_logs() -> None:
    names = ("innocent_lines.txt", "innocent_logs.txt", "innocent_reports.txt")
    logs = [(DATA / name).read_text("utf-8") for name in names]
    texts = [case["text"] for case in CASES] + [line for log in logs for line in log.splitlines()] + logs
    assert len(texts) > 500
    assert differences(texts, expected(texts)) == []
    assert differences(texts, detected(texts), "--detect") == []


def test_examples_in_wrappers() -> None:
    entries = [entry for entry in read_pages()["entries"].values() if entry.get("messages")]
    texts = []
    for number, entry in enumerate(entries):
        text = raw(entry["examples"][0])
        texts += [WRAPPERS[(number + step) % len(WRAPPERS)](text, 400) for step in (0, 7, 14)]
    assert differences(texts, expected(texts)) == []
    assert differences(texts, detected(texts), "--detect") == []


def test_the_training_texts(share: Share) -> None:
    """They are the errors that no entry lists, and the texts that are no errors: every third, or all if thorough."""
    files = sorted((ROOT / "catalog" / "training").glob("*.jsonl"))
    texts = [json.loads(line)["raw"] for file in files for line in file.read_text("utf-8").splitlines()]
    texts = share([text for text in texts if isinstance(text, str)], 0, parts=3)
    assert len(texts) > 3_000
    assert {answer["basis"] for answer in expected(texts)} >= {"wording", "none"}
    assert differences(texts, expected(texts)) == []
    assert differences(texts, detected(texts), "--detect") == []


def test_a_difference_is_seen() -> None:
    """What the tests compare is the twin's answer, not a default."""
    text = "invalid api token"
    answer = errdex.classify(text).to_dict()
    assert answers([text]) == [answer]
    assert differences([text], [answer | {"retryable": True}]) == [(text, {"retryable": (False, True)})]
