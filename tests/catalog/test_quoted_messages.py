"""A message that is only quoted decides nothing."""

from __future__ import annotations

import pytest

from errdex.classifier.catalog import Catalog
from errdex.model.category import Basis
from tests.catalog.messages import EXCEPTED, Message


@pytest.mark.parametrize("quote", ["'", '"', "‘", "“"])
def test_quoted_text_does_not_decide(quote: str, every_message: list[Message], catalog: Catalog) -> None:
    """A 400 that quotes any message of the catalog stays a 400."""
    close = {"‘": "’", "“": "”"}.get(quote, quote)
    wrong, tested = [], 0
    for entry, text, *_ in every_message:
        if quote in text or "{" in text or entry.id in EXCEPTED:
            continue  # a quotation that ends earlier; a body, of which match/test_message_finder.py has the rules
        tested += 1
        body = {"message": f"value of parameter prompt, {quote}{text}{close}, is not allowed here"}
        answer = catalog.classify(f"status_code: 400, body: {body}")
        if answer.entry == entry.id or answer.basis is Basis.MESSAGE or answer.retryable:
            wrong.append((entry.id, answer.entry, text))
    assert wrong == []
    assert tested > 500


def test_chat_content_does_not_decide(every_message: list[Message], catalog: Catalog) -> None:
    """What a user or a model said is no error, whatever it says."""
    wrong = [
        entry.id
        for entry, text, *_ in every_message
        if catalog.classify({"messages": [{"role": "user", "content": text, "message": text}], "prompt": text})
    ]
    assert wrong == []
