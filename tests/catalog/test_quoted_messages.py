"""A message that is only quoted decides nothing."""

from __future__ import annotations

import pytest

from errdex.authoring.source import Source
from errdex.classifier.catalog import Catalog
from errdex.model.category import Basis
from tests.catalog.messages import messages


@pytest.mark.parametrize("quote", ["'", '"', "‘", "“"])
def test_quoted_text_does_not_decide(quote: str, source: Source, catalog: Catalog) -> None:
    """A 400 that quotes any message of the catalog stays a 400."""
    close = {"‘": "’", "“": "”"}.get(quote, quote)
    wrong = []
    for entry, text in messages(source, catalog):
        if quote in text:
            continue
        body = {"message": f"value of parameter prompt, {quote}{text}{close}, is not allowed here"}
        answer = catalog.classify(f"status_code: 400, body: {body}")
        if answer.entry == entry.id or answer.basis is Basis.MESSAGE or answer.retryable:
            wrong.append((entry.id, answer.entry, text))
    assert wrong == []


def test_chat_content_does_not_decide(source: Source, catalog: Catalog) -> None:
    """What a user or a model said is no error, whatever it says."""
    wrong = [
        entry.id
        for entry, text in messages(source, catalog)
        if catalog.classify({"messages": [{"role": "user", "content": text, "message": text}], "prompt": text})
    ]
    assert wrong == []
