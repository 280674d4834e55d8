"""What the caller knows replaces what the raw error suggests."""

from __future__ import annotations

import pytest

from errdex.classifier.catalog import Catalog
from errdex.model.category import Category


def test_hints_win(catalog: Catalog) -> None:
    """What the caller knows replaces what the text suggests."""
    assert catalog.classify("no words of ours", status=529).category is Category.OVERLOADED
    assert catalog.classify("Error code: 500 - oops", status=404).status == 404
    assert catalog.classify("anything", status=404, provider="cohere").entry == "cohere/404"
    assert catalog.classify("anything", code="insufficient_quota", provider="openai").category is Category.BILLING
    assert catalog.classify("invalid api token", provider="openai").provider != "cohere"


@pytest.mark.parametrize("status", [200, 204, 301])
def test_a_success_is_no_error(status: int, catalog: Catalog) -> None:
    """A status of success does not make an error of a text."""
    assert not catalog.classify("all good", status=status)
