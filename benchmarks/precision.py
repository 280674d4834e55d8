"""How often answers of each basis are right, on errors seen in public that somebody labelled.

The errors are those of `tests/data/fresh*.jsonl` and `catalog/training/errors.jsonl`.
The wording model was fitted to the last, so its own row is taken from the others alone.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any, Final

import errdex

_ROOT: Final = Path(__file__).resolve().parents[1]
_UNSEEN: Final = sorted((_ROOT / "tests" / "data").glob("fresh*.jsonl"))
_FITTED: Final = _ROOT / "catalog" / "training" / "errors.jsonl"


def main() -> None:
    """Print a table: a row for each basis."""
    right, seen = Counter[str](), Counter[str]()
    for path in (*_UNSEEN, _FITTED):
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            answer = errdex.classify(row["raw"])
            if path == _FITTED and answer.basis is errdex.Basis.WORDING:
                continue
            seen[answer.basis] += 1
            right[answer.basis] += _is_right(answer, row)
    print(f"{'basis':10} {'right':>6} {'of':>6}  (right + 1) / (of + 2)")
    for basis in errdex.Basis:
        if seen[basis]:
            print(f"{basis:10} {right[basis]:6} {seen[basis]:6}  {(right[basis] + 1) / (seen[basis] + 2):.2f}")


def _is_right(answer: errdex.Classification, row: dict[str, Any]) -> bool:
    return str(answer.category) in (row["category"], *row.get("accept", ()))
