"""Every message in every wrapper: what SDKs, frameworks and loggers write around it does not matter."""

from __future__ import annotations

import pytest

from errdex.authoring.key_words import literals
from errdex.authoring.source import Source
from errdex.authoring.template import compile_parts
from errdex.classifier.catalog import Catalog
from tests.catalog.messages import messages
from tests.wrappers import LOGS, WRAPPERS


@pytest.mark.parametrize("wrap", WRAPPERS, ids=lambda wrap: wrap.__name__)
def test_wrappers(wrap, source: Source, catalog: Catalog) -> None:
    """What SDKs and frameworks write around a message does not matter, nor for its params."""
    wrong = []
    for entry, text in messages(source, catalog):
        plain = catalog.classify(text)
        answer = catalog.classify(wrap(text, (entry.statuses or [400])[0]))
        twins = {*entry.same_as, *(other.id for other in source.entries.values() if entry.id in other.same_as)}
        if answer.entry in twins:
            continue  # the wrapper names the provider that has the identical wording
        if (answer.entry, answer.params) != (entry.id, plain.params):
            wrong.append((entry.id, answer.entry, plain.params, answer.params, text))
    assert wrong == []


@pytest.mark.parametrize("write", LOGS)
def test_logs(write, source: Source, catalog: Catalog) -> None:
    """A message behind the head of a log line is found; a short one needs more than a time to support it."""
    wrong = []
    for entry, text in messages(source, catalog):
        shortest = min(sum(map(len, literals(compile_parts(message)))) for message in entry.messages)
        if entry.support or entry.kind == "family" or shortest < 40:
            continue
        answer = catalog.classify(write(text))
        if answer.entry != entry.id:
            wrong.append((entry.id, answer.entry, text))
    assert wrong == []
