"""Lines of any length are judged by their ends."""

from __future__ import annotations

import json

import pytest

from errdex.classifier.catalog import Catalog
from errdex.logfilter.line_filter import Style
from errdex.logfilter.long_line import LONGEST
from tests.logfilter.annotated import KNOWN, LIMIT, NOTE, naive, noted, notes_of


@pytest.mark.parametrize(
    ("size", "place"),
    [
        (LONGEST - 100, "start"),
        (LONGEST - 100, "end"),
        (LONGEST + 1, "middle"),
        (3 * LONGEST, "start"),
        (3 * LONGEST, "end"),
    ],
)
def test_endless_lines_are_judged_by_their_ends(size: int, place: str, catalog: Catalog) -> None:
    """A line of any length keeps its bytes and gets the note that `detect` says."""
    filling = (b"x1 \xc3\xa9 " * (size // 6 + 1))[:size]
    error = b"\nERROR: ".replace(b"\n", b" ") + KNOWN.encode()
    line = {
        "start": KNOWN.encode() + b". " + filling,
        "end": filling + error,
        "middle": filling[: size // 2] + error + filling,
    }
    log = b"first\n" + line[place] + b"\r\nERROR: " + LIMIT.encode() + b"\n"
    wanted = naive(catalog, log)
    cuts = list(range(0, len(log), 1 << 18))
    out = noted(catalog, log, "words", cuts)
    assert NOTE.sub(b"", out) == log
    assert notes_of(out) == wanted
    only = noted(catalog, log, "words", cuts, only=True)
    assert only.count(b"\n") == sum(map(bool, wanted))
    texts = [json.loads(text) for text in noted(catalog, log, "words", cuts, style=Style.JSON).splitlines()]
    assert texts[1]["line"].encode() == line[place]
    assert ["errdex" in text for text in texts] == [*map(bool, wanted[:3])]
