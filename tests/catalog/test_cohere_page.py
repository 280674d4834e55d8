"""The 80 rows of Cohere's errors page (79 texts), text only: own entry, category, verdict and params.

`../data/cohere_errors_page.json` was made from the answers and checked by hand against the page.
"""

from __future__ import annotations

import json

import pytest

from errdex.authoring.source import Source
from errdex.classifier.catalog import Catalog
from errdex.model.category import Basis
from tests import DATA
from tests.renderings import backticks, markdown, mojibake, typographic
from tests.wrappers import body, cohere_sdk, cohere_traceback, escaped_json, log_line

ROWS = json.loads((DATA / "cohere_errors_page.json").read_text(encoding="utf-8"))


def test_all_rows_are_here() -> None:
    """57 × 400, 3 × 401, 2 × 402, 10 × 404, 4 × 429 and 4 × 499 by the page; equal texts once."""
    assert len({row["message"] for row in ROWS}) == len(ROWS) >= 78


@pytest.mark.parametrize("row", ROWS, ids=[row["message"][:50] for row in ROWS])
def test_text_alone(row, catalog: Catalog, source: Source) -> None:
    """Without any status, each text gets its own entry and values, however its quotes look."""
    for render in (str, typographic, mojibake, backticks, markdown):
        answer = catalog.classify(render(row["message"]))
        assert (answer.entry, answer.category, answer.retryable) == (row["entry"], row["category"], row["retryable"])
        assert answer.provider == "cohere"
        assert answer.basis is Basis.MESSAGE
        assert source.entries[answer.entry].kind == "error"
        assert answer.status == row["status"]
        if render is not markdown:
            assert answer.to_dict()["params"] == row["params"]


@pytest.mark.parametrize("wrap", [cohere_sdk, body, escaped_json, cohere_traceback, log_line], ids=lambda f: f.__name__)
def test_wrapped(wrap, catalog: Catalog) -> None:
    """The same inside an SDK's text, JSON, escaped JSON, a traceback and a log line."""
    for row in ROWS:
        answer = catalog.classify(wrap(row["message"], row["status"]))
        got = (answer.entry, answer.category, answer.retryable, answer.to_dict()["params"], answer.status)
        assert got == (row["entry"], row["category"], row["retryable"], row["params"], row["status"])
