"""The cases that Python and JavaScript share, in Python."""

from typing import Any

import pytest

import errdex
from tests.shared_cases import CASES


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["kind"])
def test_answer(case: dict[str, Any]) -> None:
    ask = errdex.detect if case.get("ask") == "detect" else errdex.classify
    answer = ask(case["text"]).to_dict()
    assert {key: answer[key] for key in case if key in answer} == {key: case[key] for key in case if key in answer}
