"""Every message in every rendering: quotes, escapes, links and line breaks do not matter."""

from __future__ import annotations

import pytest

from errdex.authoring.source import Source
from errdex.classifier.catalog import Catalog
from errdex.rules.normal_form import fold, normalise
from tests.catalog.messages import messages
from tests.renderings import RENDERINGS, wrapped


def test_there_are_messages_to_render(source: Source, catalog: Catalog) -> None:
    """The tests below are about hundreds of messages; a change that leaves them none must be noticed."""
    assert len(list(messages(source, catalog))) > 240


@pytest.mark.parametrize("render", RENDERINGS, ids=lambda render: render.__name__)
def test_renderings(render, source: Source, catalog: Catalog) -> None:
    """Quotes, escapes, links and line breaks do not matter."""
    wrong = []
    for entry, text in messages(source, catalog):
        if render is wrapped and any(message.endswith((":text}", ":list}")) for message in entry.messages):
            continue  # what is open at its end ends with its line: the next may be anybody's
        answer = catalog.classify(render(text))
        if answer.entry != entry.id:
            wrong.append((entry.id, answer.entry, render(text)))
    assert wrong == []


def test_folding_keeps_lengths(source: Source, catalog: Catalog) -> None:
    """A place in the folded text is the same place in the text: params keep their capitals."""
    for _, text in messages(source, catalog):
        assert len(fold(normalise(text))) == len(normalise(text))
