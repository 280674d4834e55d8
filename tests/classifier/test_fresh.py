"""Errors seen in public that were collected and labelled by somebody who knew the categories alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from errdex.classifier.catalog import Catalog

_DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.mark.parametrize(
    ("name", "category", "verdict"),
    [
        ("fresh", 0.95, 0.94),
        ("fresh_second", 0.94, 0.93),
        ("fresh_third", 0.92, 0.9),
        ("fresh_fourth", 0.94, 0.93),
        ("fresh_fifth", 0.92, 0.88),
        ("fresh_sixth", 0.89, 0.85),
    ],
)
def test_shares_of_right_answers(name: str, category: float, verdict: float, catalog: Catalog) -> None:
    """They do not fall.

    Of the second set .957 and .948 were right before anybody looked at it, of the third .878 and .851, of the fourth,
    at which nobody has looked, .907 and .907 before the third was worked through. Of the fifth .918 and .882 were right
    at first, of the sixth, at which nobody has looked, .900 and .845.
    """
    rows = [json.loads(line) for line in (_DATA / f"{name}.jsonl").read_text("utf-8").splitlines()]
    answers = [catalog.classify(row["raw"], status=row["status"]) for row in rows]
    pairs = list(zip(rows, answers, strict=True))
    right = sum(answer.category in (row["category"], *row["accept"]) for row, answer in pairs)
    assert right >= category * len(rows)
    assert sum(answer.retryable is row["retryable"] for row, answer in pairs) >= verdict * len(rows)
