"""The cases that Python and the browser share: `tests/data/shared_cases.jsonl`."""

import json
from pathlib import Path
from typing import Any

import pytest

import errdex

CASES = [
    json.loads(line) for line in Path(__file__, "../data/shared_cases.jsonl").resolve().read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["kind"])
def test_answer(case: dict[str, Any]) -> None:
    answer = errdex.classify(case["text"]).to_dict()
    assert {key: answer[key] for key in case if key in answer} == {key: case[key] for key in case if key in answer}
