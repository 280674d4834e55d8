"""The messages among the catalog's examples."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from errdex.authoring.schema import Entry
from errdex.authoring.source import Source
from errdex.authoring.template import to_regex
from errdex.classifier.catalog import Catalog
from errdex.lint.examples import hints, raw
from errdex.rules.normal_form import normalise


def messages(source: Source, catalog: Catalog) -> Iterator[tuple[Entry, str]]:
    """Yield every example that is nothing but a message of its entry."""
    for entry in source.entries.values():
        patterns = [regex.compile(to_regex(message) + r"[ .,;:!?']*", regex.IGNORECASE) for message in entry.messages]
        for example in entry.examples:
            text = raw(example)
            if not hints(example) and any(pattern.fullmatch(normalise(text)) for pattern in patterns):
                yield entry, text
