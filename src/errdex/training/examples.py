"""The training examples: every message and example of the catalog, and texts seen in public."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from errdex.authoring.template import parse
from errdex.classifier.full import Full
from errdex.model.category import Category
from errdex.model.errors import ErrdexError
from errdex.read.hints import NO_HINTS
from errdex.wording.features import features, names_of, texts_of
from errdex.wording.linear_model import FOREIGN

FOLDER: Final = "training"
"""Folder of a catalog with texts that are no entries' examples; each file holds one JSON object a line."""
_FILLING: Final = {
    "int": "17", "number": "2.5", "word": "name", "name": "name", "url": "https://example.com/page",
    "duration": "20 s", "secret": "xxx", "list": "first, second", "text": "",
}  # fmt: skip
"""What stands in the holes of a message."""


class Example(NamedTuple):
    """One error, or another text, with what the model shall learn about it."""

    texts: list[str]
    """Messages read from it."""
    names: list[str]
    """Machine codes and exception classes read from it."""
    status: int | None
    label: str
    """A category, or `FOREIGN`."""
    retryable: bool
    provider: str | None
    group: str
    """Examples of one group are much alike: one entry's, or one text's."""

    def features(self, *, with_status: bool) -> set[str]:
        """Return its features, with or without its status."""
        return features([*self.texts, *self.names], self.status if with_status else None)


def of_entries(entries: Mapping[str, Any], full: Full) -> Iterator[Example]:
    """Yield the examples of all entries, given by id as in the YAML."""
    for entry in full.rules.entries.all():
        if entry.category == Category.UNKNOWN:
            continue
        status = entry.statuses[0] if entry.statuses else None
        for raw, seen in raws(entries[entry.id]):
            evidence = full.read(raw, NO_HINTS)
            if evidence is not None:
                texts, names = texts_of(evidence), names_of(evidence)
                yield Example(texts, names, seen or status, entry.category, entry.retryable, entry.provider, entry.id)


def raws(entry: Mapping[str, Any]) -> Iterator[tuple[Any, int | None]]:
    """Yield the raw errors of an entry, given as in the YAML, each with its status if it has one of its own."""
    for example in entry.get("examples", ()):
        if isinstance(example, str):
            yield example, None
        elif "raw" in example:
            yield example["raw"], example.get("status")
    for message in entry.get("messages", ()):
        yield _filled(message), None


def _filled(message: str) -> str:
    """Return a message with something in its holes."""
    return "".join(part if isinstance(part, str) else _FILLING[part.kind] for part in parse(message))


def of_folder(folder: Path, full: Full) -> Iterator[Example]:
    """Yield the examples in the files of a folder, one JSON object a line.

    An object has `raw`, and if it is an error of an LLM API `category` and `retryable`, perhaps `status` and
    `provider`.

    Raises:
        ErrdexError: A line is malformed.
    """
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            try:
                yield from _of_line(json.loads(line), f"{path.name}:{number}", full)
            except (ValueError, KeyError, TypeError) as error:
                wanted = "an object with `raw` and, for an error, `category` and `retryable`"
                raise ErrdexError(f"{path}:{number}: expected {wanted}: {error!r}") from error


def _of_line(row: Mapping[str, Any], group: str, full: Full) -> Iterator[Example]:
    category = Category(row["category"]) if "category" in row else None
    evidence = full.read(row["raw"], NO_HINTS)
    if evidence is None or category is Category.UNKNOWN:
        return
    yield Example(
        texts_of(evidence),
        names_of(evidence),
        row.get("status"),
        category or FOREIGN,
        category is not None and bool(row["retryable"]),
        row.get("provider"),
        group,
    )
