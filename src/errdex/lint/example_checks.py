"""The catalog is its own test suite: every example must be classified as its entry, and no counterexample may be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from errdex.authoring.schema import Entry, Example
from errdex.authoring.source import Source
from errdex.classifier.catalog import Catalog
from errdex.lint.missed import reason
from errdex.model.errors import Issue
from errdex.model.params import as_json


def hints(example: str | Example) -> dict[str, Any]:
    """Return what an example gives besides its text, as arguments for `classify`."""
    if isinstance(example, str):
        return {}
    given = {"provider": example.provider, "status": example.status, "code": example.code, "headers": example.headers}
    return {name: value for name, value in given.items() if value is not None}


def raw(example: str | Example) -> str:
    """Return an example's text."""
    return example if isinstance(example, str) else example.raw


def example_issues(source: Source, catalog: Catalog) -> Iterator[Issue]:
    """Yield an issue for each example or counterexample whose answer is not as it should be."""
    for name, entry in source.entries.items():
        place = source.places[name]
        for number, example in enumerate(entry.examples):
            for problem in _problems(catalog, entry, example):
                yield Issue(place.at("examples", number), "example", problem)
        for number, example in enumerate(entry.counterexamples):
            answer = catalog.classify(raw(example), **hints(example))
            if answer.entry == name:
                yield Issue(
                    place.at("counterexamples", number),
                    "counterexample",
                    f"classified as this entry: {raw(example)[:80]!r}",
                )


def _problems(catalog: Catalog, entry: Entry, example: str | Example) -> Iterator[str]:
    given = hints(example)
    status = given.pop("status", None)
    for seen in dict.fromkeys([None, status, *entry.statuses[:1]]):
        # The text alone must show the error: in a log nobody says that it is one.
        alone = seen is None and not given
        answer = catalog.detect(raw(example)) if alone else catalog.classify(raw(example), status=seen, **given)
        if answer.entry != entry.id:
            where = f"classified as {answer.entry} by {answer.basis}" if answer.entry else "not recognised"
            with_status = f" with status {seen}" if seen else ""
            why = catalog.why(raw(example), status=seen, **given)
            said = reason(entry, raw(example), why, catalog.providers, given)
            yield f"{where}{with_status}: {said}: {raw(example)[:80]!r}"
            return
        if isinstance(example, Example) and example.params:
            params = as_json(answer.params)
            for key, value in example.params.items():
                if params.get(key) != value:
                    yield f"param {key} is {params.get(key)!r}, not {value!r}"
                    return
