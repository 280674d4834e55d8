"""The catalog is its own test suite: each example in each rendering and each wrapper."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import regex

from errdex.authoring.key_words import literals
from errdex.authoring.schema import Entry
from errdex.authoring.source import Source
from errdex.authoring.template import compile_parts, to_regex
from errdex.classifier.catalog import Catalog
from errdex.lint.checks import CHECKS
from errdex.lint.examples import example_issues, hints, raw
from errdex.model.category import Basis
from errdex.rules.normal_form import fold, normalise
from renderings import RENDERINGS, wrapped
from wrappers import LOGS, WRAPPERS


def messages(source: Source, catalog: Catalog) -> Iterator[tuple[Entry, str]]:
    """Yield every example that is nothing but a message of its entry."""
    for entry in source.entries.values():
        patterns = [regex.compile(to_regex(message) + r"[ .,;:!?']*", regex.IGNORECASE) for message in entry.messages]
        for example in entry.examples:
            text = raw(example)
            if not hints(example) and any(pattern.fullmatch(normalise(text)) for pattern in patterns):
                yield entry, text


def test_examples_and_counterexamples(source: Source, catalog: Catalog) -> None:
    """A text as seen is recognised as the entry that shows it, with its params, with and without its status."""
    assert list(map(str, example_issues(source, catalog))) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_lint(check, source: Source) -> None:
    """The catalog that ships has no finding."""
    assert list(map(str, check(source))) == []


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


def test_one_message_is_answered_like_the_whole_way(source: Source, catalog: Catalog) -> None:
    """The short way for a text that is one message gives what the evidence and the order give."""
    for _, text in messages(source, catalog):
        assert catalog.classify(text) == catalog.classify_all(text)[0], text


@pytest.mark.parametrize("wrap", WRAPPERS, ids=lambda wrap: wrap.__name__)
def test_one_wrapped_message_is_answered_like_the_whole_way(wrap, source: Source, catalog: Catalog) -> None:
    """The short way for a text that is heads and a body gives what the evidence and the order give."""
    for entry, message in messages(source, catalog):
        text = wrap(message, (entry.statuses or [400])[0])
        assert catalog.classify(text) == catalog.classify_all(text)[0], text


@pytest.mark.parametrize(
    "head",
    [
        "An error occurred (ValidationException) when calling the InvokeModel operation: ",
        "\x1b[31mERROR\x1b[0m app: ",
        "2026-06-05 11:12:00,244 ERROR app.llm: call failed: ",
        "console.log: ",
    ],
)
def test_heads_are_read_the_same_on_both_ways(head: str, source: Source, catalog: Catalog) -> None:
    """A head's code, colours, and a logger's name that looks like code do not part the two ways."""
    for entry, message in messages(source, catalog):
        text = f"{head}status_code: {(entry.statuses or [400])[0]}, body: {{'message': {message!r}}}"
        every = catalog.classify_all(text)
        assert every, text
        assert catalog.classify(text) == every[0], text


def test_ids_are_stable_words(source: Source) -> None:
    """Ids are addresses and labels: provider, slash, kebab-case."""
    assert all(re.fullmatch(r"[a-z0-9_]+/[a-z0-9]+(-[a-z0-9]+)*", name) for name in source.entries)


def test_folding_keeps_lengths(source: Source, catalog: Catalog) -> None:
    """A place in the folded text is the same place in the text: params keep their capitals."""
    for _, text in messages(source, catalog):
        assert len(fold(normalise(text))) == len(normalise(text))
