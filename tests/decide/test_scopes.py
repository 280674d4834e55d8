"""What else fails, what to do next, and when a limit opens: real errors, labelled before the code was written."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from email.utils import format_datetime
from typing import Any

import pytest

import errdex
from errdex.classifier.catalog import Catalog
from errdex.model.category import Category
from tests import ROOT
from tests.clock import stopped
from tests.node import answers

LABELLED = [json.loads(line) for line in (ROOT / "tests/data/scopes.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(autouse=True)
def _utc() -> Iterator[None]:
    with stopped():
        yield


def hints(row: dict[str, Any]) -> dict[str, Any]:
    """Return the hints of an example; the server's clock stands where the example was seen."""
    given = {**row.get("hints", {})}
    if "now" in row:
        date = format_datetime(datetime.fromisoformat(row["now"]), usegmt=True)
        given["headers"] = {**given.get("headers", {}), "date": date}
    return given


def test_each_value_has_examples() -> None:
    assert len(LABELLED) >= 60
    for name, values in (("scope", errdex.Scope), ("action", errdex.Action)):
        counted = Counter(row[name] for row in LABELLED)
        assert {value: counted[value] for value in values if counted[value] < 3} == {}
    assert sum(row["resets_in"] is not None for row in LABELLED) >= 15
    assert sum(row["resets_in"] is None for row in LABELLED) >= 15


@pytest.mark.parametrize("row", LABELLED, ids=[f"{n}-{row['scope']}-{row['action']}" for n, row in enumerate(LABELLED)])
def test_labelled_errors(row: dict[str, Any], catalog: Catalog) -> None:
    answer = catalog.classify(row["raw"], **hints(row))
    assert (answer.scope, answer.action) == (row["scope"], row["action"]), answer
    assert answer.resets_in == (row["resets_in"] if row["resets_in"] is None else pytest.approx(row["resets_in"]))


def test_the_twin_says_the_same() -> None:
    """It has no hints, so texts without them are asked."""
    rows = [row for row in LABELLED if "hints" not in row and "now" not in row]
    assert len(rows) > 35
    for row, answer in zip(rows, answers([row["raw"] for row in rows]), strict=True):
        assert (answer["scope"], answer["action"], answer["resets_in"]) == (
            row["scope"],
            row["action"],
            row["resets_in"],
        )


def test_every_category_has_a_scope_and_an_action() -> None:
    for category in Category:
        assert isinstance(category.scope, errdex.Scope)
        assert category.action is category.action_for(category.retryable)
    assert Category.INVALID_REQUEST.action_for(retryable=True) == "retry"
    assert Category.RATE_LIMIT.action_for(retryable=True) == Category.RATE_LIMIT.action_for(retryable=False) == "wait"
    assert Category.SERVER_ERROR.action_for(retryable=False) == "none"


def test_no_error_has_no_course() -> None:
    answer = errdex.classify(KeyError("message"))
    assert (bool(answer), answer.scope, answer.action, answer.resets_in) == (False, "request", "none", None)
    assert not answer.is_outage


@pytest.mark.parametrize(
    ("text", "status", "is_outage"),
    [
        ("internal server error", 500, True),
        ("Overloaded", 529, True),
        ("upstream request timeout", 504, True),
        ("connect ETIMEDOUT 4.150.240.10:443", None, True),
        ("Rate limit exceeded", 429, False),
        ("You exceeded your current quota, please check your plan and billing details.", 429, False),
        ("invalid api token", 401, False),
        # the service is well, the model only wrote something useless
        (
            "your request resulted in an invalid tool generation. Try updating the messages or tool definitions",
            400,
            False,
        ),
    ],
)
def test_outages(text: str, status: int | None, is_outage: bool, catalog: Catalog) -> None:
    answer = catalog.classify(text, status=status)
    assert answer
    assert answer.is_outage is answer.to_dict()["is_outage"] is is_outage


def test_an_error_that_no_entry_lists_has_its_categorys_course(catalog: Catalog) -> None:
    answer = catalog.classify("Your wallet holds no more credits, please top up your balance")
    assert (answer.basis, answer.scope, answer.action) == ("wording", "account", "add_funds")
    answer = catalog.classify("flurb", status=418)
    assert (answer.scope, answer.action) == ("request", "none") or answer.category == "invalid_request"


def test_values_are_members_and_text() -> None:
    """They compare with both, go into JSON as text, and can be given as either."""
    answer = errdex.classify("invalid api token")
    assert answer.scope is errdex.Scope.KEY
    assert answer.action is errdex.Action.FIX_CREDENTIALS
    assert json.loads(json.dumps(answer.to_dict()))["scope"] == "key"
    made = errdex.Classification(scope="model", action=errdex.Action.WAIT)
    assert (made.scope, made.action) == (errdex.Scope.MODEL, "wait")
    assert made == errdex.Classification(scope=errdex.Scope.MODEL, action="wait")
    assert hash(made) == hash(errdex.Classification(scope=errdex.Scope.MODEL, action="wait"))


def test_a_retry_that_comes_too_late_is_a_wait(catalog: Catalog) -> None:
    answer = catalog.classify("internal server error", status=500, headers={"retry-after": "3600"})
    assert (answer.retryable, answer.retry_after, answer.action, answer.resets_in) == (False, None, "wait", 3600)
    answer = catalog.classify("internal server error", status=500, headers={"retry-after": "36"})
    assert (answer.retryable, answer.retry_after, answer.action, answer.resets_in) == (True, 36, "retry", 36)
