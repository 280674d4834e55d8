"""A line that begins with a report: a code and its words, or a provider's name and a status.

What such lines look like where they report nothing is in `tests/data/innocent_reports.txt`.
"""

from __future__ import annotations

import json

import pytest

from errdex.classifier.catalog import Catalog
from tests import DATA

REPORTED = [json.loads(row) for row in (DATA / "reported_lines.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", REPORTED, ids=[row["text"] for row in REPORTED])
def test_reported(row: dict[str, str], catalog: Catalog) -> None:
    assert catalog.detect(row["text"]).entry == row["entry"]


@pytest.mark.parametrize(
    ("text", "provider", "status"),
    [
        ("[openrouter] 429 Too Many Requests", "openrouter", 429),
        ("got 503 from gemini", "google", 503),
        ("upstream anthropic returned 529", "anthropic", 529),
        ('{"level":"error","status":429,"provider":"openai","msg":"request failed"}', "openai", 429),
        ('{"level":"warn","status":500,"url":"https://api.cohere.com/v2/chat","msg":"no answer"}', "cohere", 500),
    ],
)
def test_whose_it_is(text: str, provider: str, status: int, catalog: Catalog) -> None:
    answer = catalog.detect(text)
    assert (answer.provider, answer.status) == (provider, status)


@pytest.mark.parametrize(
    "text",
    [
        "overloaded_error: Overloaded",
        "insufficient_quota: You exceeded your current quota",
        "[openrouter] 429 Too Many Requests",
        "anthropic: 529 overloaded",
        "[gemini] 503: The model is overloaded",
        "got 503 from gemini",
        "openai returned 429",
        "status 529 from anthropic",
    ],
)
@pytest.mark.parametrize(
    "around",
    ["    {}", "- {}", "// {}", "+{}", "see {}", "| {} |", "✓ {} (3 ms)", "test: {}", "why {}?", "`{}`", "{}?"],
)
def test_behind_anything_else(text: str, around: str, catalog: Catalog) -> None:
    """The same words are no report in a list, a comment, a diff, a table, a test's name or a sentence."""
    assert catalog.detect(text)
    assert not catalog.detect(around.format(text))


@pytest.mark.parametrize(
    ("number", "is_one"), [(429, True), (529, True), (418, True), (470, False), (512, False), (550, False)]
)
def test_only_numbers_that_are_statuses(number: int, is_one: bool, catalog: Catalog) -> None:
    """Of a version, a dimension or a count nobody says otherwise what it is."""
    assert bool(catalog.detect(f"got {number} from nvidia")) is is_one
