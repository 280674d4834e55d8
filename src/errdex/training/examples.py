"""The training examples: every message and example of the catalog, and texts seen in public."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, NamedTuple

from errdex.classifier.full import Full
from errdex.model.category import Category
from errdex.read.hints import NO_HINTS
from errdex.rules.holes import KINDS
from errdex.wording.features import features, names_of, texts_of
from errdex.wording.model import FOREIGN

_FILLING: Final = {
    "int": "17", "number": "2.5", "word": "name", "name": "name", "url": "https://example.com/page",
    "duration": "20 s", "secret": "xxx", "list": "first, second", "text": "",
}  # fmt: skip
"""What stands in the holes of a message."""
assert _FILLING.keys() >= KINDS.keys()


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

    def features(self, with_status: bool) -> set[str]:
        """Return its features, with or without its status."""
        return features([*self.texts, *self.names], self.status if with_status else None)


def of_catalog(pages: Mapping[str, Any], full: Full) -> Iterator[Example]:
    """Yield the examples of all entries, given their pages as in the YAML."""
    for entry in full.rules.entries:
        if entry.category == Category.UNKNOWN:
            continue
        page = pages["entries"][entry.id]
        status = entry.statuses[0] if entry.statuses else None
        for raw, seen in _raws(page):
            evidence = full.read(raw, NO_HINTS)
            if evidence is not None:
                texts, names = texts_of(evidence), names_of(evidence)
                yield Example(
                    texts, names, seen or status, entry.category, entry.retryable, entry.provider, entry.id
                )


def _raws(page: Mapping[str, Any]) -> Iterator[tuple[Any, int | None]]:
    """Yield the raw errors of an entry, each with its status if it has one of its own."""
    for example in page.get("examples", ()):
        if isinstance(example, str):
            yield example, None
        elif "raw" in example:
            yield example["raw"], example.get("status")
    for message in page.get("messages", ()):
        yield _filled(message), None


def _filled(message: str) -> str:
    """Return a message with something in its holes."""
    from errdex.authoring.template import parse

    return "".join(part if isinstance(part, str) else _FILLING[part[1]] for part in parse(message))


def of_file(path: Path, full: Full) -> Iterator[Example]:
    """Yield the examples of a file of labelled texts, one JSON object a line; without a category they are foreign."""
    for number, line in enumerate(path.read_text("utf-8").splitlines()):
        row = json.loads(line)
        evidence = full.read(row["raw"], NO_HINTS)
        if evidence is None or row.get("category") == Category.UNKNOWN:
            continue
        label = row.get("category", FOREIGN)
        yield Example(
            texts_of(evidence), names_of(evidence), row.get("status"), label, row.get("retryable", False), row.get("provider"),
            f"{path.stem}:{number}",
        )
