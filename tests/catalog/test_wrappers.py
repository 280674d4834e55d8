"""Every message in every wrapper: what SDKs, frameworks and loggers write around it does not matter."""

from __future__ import annotations

import pytest

from errdex.authoring.key_words import literals
from errdex.authoring.source import Source
from errdex.authoring.template import compile_parts
from errdex.classifier.catalog import Catalog
from tests.catalog.messages import EXCEPTED, Message
from tests.conftest import Share
from tests.wrappers import LOGS, WRAPPERS, bare, openai_sdk, requests_style

OTHERS_WORDS = {"google/rate-limit", "cohere/required-parameter-missing"}
"""OpenAI has these words too, and its SDK around them says whose they are."""


def changes_the_meaning(wrap, message: Message) -> bool:
    """Tell whether a wrapper says something else of a message than it says by itself."""
    return (
        message.entry.id in EXCEPTED
        or (wrap is openai_sdk and message.entry.id in OTHERS_WORDS)
        # A class behind `Error: 400 ` is not read, so an entry that asks for one is not found.
        or (wrap is requests_style and message.beside == "exception")
        # Its message stands in the middle of a page, and a message field is read from its start.
        or (wrap is not bare and message.entry.id == "http/google-frontend-error" and message.text.startswith("<"))
    )


@pytest.fixture(scope="module")
def twins(source: Source) -> dict[str, set[str]]:
    """Return, for each entry, those of other providers that have the identical wording."""
    found = {name: {*entry.same_as} for name, entry in source.entries.items()}
    for name, entry in source.entries.items():
        for other in entry.same_as:
            found[other].add(name)
    return found


@pytest.mark.parametrize("wrap", WRAPPERS, ids=lambda wrap: wrap.__name__)
def test_wrappers(
    wrap, every_message: list[Message], twins: dict[str, set[str]], catalog: Catalog, share: Share
) -> None:
    """Neither the entry nor the params change."""
    wrong = []
    for message in share(every_message, WRAPPERS.index(wrap)):
        entry, text, hints, _ = message
        if changes_the_meaning(wrap, message):
            continue
        # the entry's own status: another one would contradict it, and a wording that many share yields to a status
        answer = catalog.classify(wrap(text, hints.get("status") or (entry.statuses or [400])[0]), **hints)
        if answer.entry in twins[entry.id]:
            continue  # the wrapper names the provider that has the identical wording
        params = catalog.classify(text, **hints).params
        # in free text, what is open at its end ends with its line; in a field, with the field
        if answer.entry != entry.id or (answer.params != params and "\n" not in text):
            wrong.append((entry.id, answer.entry, params, answer.params, text, hints))
    assert wrong == []


@pytest.mark.parametrize("write", LOGS)
def test_logs(write, every_message: list[Message], catalog: Catalog) -> None:
    """A message behind the head of a log line is found; a short one needs more than a time to support it."""
    wrong, tested = [], 0
    for entry, text, hints, beside in every_message:
        templates = [item.message for item in entry.items if item.message]
        shortest = min(sum(map(len, literals(compile_parts(template)))) for template in templates)
        if entry.support or entry.kind == "family" or shortest < 40 or beside:
            continue
        tested += 1
        answer = catalog.classify(write(text), **hints)
        if answer.entry != entry.id and entry.id not in EXCEPTED:
            wrong.append((entry.id, answer.entry, text, hints))
    assert wrong == []
    assert tested > 300
