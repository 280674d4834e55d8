"""What a hole took becomes the value of a param, secrets excepted."""

from __future__ import annotations

from errdex.classifier.catalog import Catalog
from errdex.model.category import Category


def test_secret_is_not_returned(catalog: Catalog) -> None:
    """A key in a message is matched and stays where it is."""
    answer = catalog.classify(
        "Incorrect API key provided: sk-abcdefgh12345678. You can find your API key at "
        "https://platform.openai.com/account/api-keys."
    )
    assert answer.category is Category.AUTHENTICATION
    assert "sk-abcdefgh" not in repr(answer)
