"""What codes decide, and where messages say more."""

from __future__ import annotations

from pathlib import Path

import pytest

from errdex.classifier.catalog import Catalog
from errdex.model.category import Category
from tests.own_catalog import CODES, own_catalog


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return own_catalog(tmp_path)


def test_the_code_is_the_code(catalog: Catalog) -> None:
    """Of a body's code and type the code is the more exact."""
    body = {"error": {"message": "x", "type": "invalid_request_error", "code": "context_length_exceeded"}}
    assert catalog.classify(body).code == "context_length_exceeded"


def test_a_code_of_money_stands_against_shared_words(catalog: Catalog) -> None:
    """`insufficient_quota` under any wording is billing: a retry loop on it costs money."""
    answer = catalog.classify({"code": "insufficient_quota", "message": "Rate limit exceeded"})
    assert (answer.category, answer.retryable) == (Category.BILLING, False)


@pytest.mark.parametrize(("generic", "entry"), [(True, "acme/other-widget-trouble"), (False, "acme/widget-broken")])
def test_a_generic_code_ranks_below_a_family(generic: bool, entry: str, folder: Path) -> None:
    """It says no more than a status: words say more, a bare status less; a specific code says more than a family."""
    text = CODES if generic else CODES.replace(", generic: true", "")
    (folder / "acme" / "codes.yaml").write_text(text)
    catalog = Catalog.load(folder)
    both = {"message": "widget trouble of an unknown kind: smoke", "code": "acme_failure"}
    assert catalog.classify(both, provider="acme").entry == entry
    code = {"message": "a wording nobody has seen", "code": "acme_failure"}
    assert catalog.classify(code, provider="acme", status=409).entry == "acme/widget-broken"
