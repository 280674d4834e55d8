"""What the log filter makes of a log, and what it should make of it by the definition."""

from __future__ import annotations

import re
from importlib.util import find_spec
from itertools import pairwise

import pytest

from errdex.classifier.catalog import Catalog
from errdex.logfilter.line_filter import LineFilter
from errdex.logfilter.notes import MARK, as_logfmt
from errdex.logfilter.scanner import ENGINES, scanner_for

SCANNERS = [name for name in ENGINES if name != "hyperscan" or find_spec("hyperscan")]
every_scanner = pytest.mark.parametrize(
    "engine",
    [
        pytest.param(
            name,
            marks=[]
            if name in SCANNERS
            else pytest.mark.skip("hyperscan is not installed: pip install 'errdex[fast]'"),
        )
        for name in ENGINES
    ],
)

NOTE = re.compile(rb"  # errdex: [^\r\n]*")


KNOWN = "too many tokens: multi-hop prompt is too long even after truncation"


LIMIT = "You are past the per minute request limit, please wait and try again later."


def noted(catalog: Catalog, log: bytes, engine: str = "words", cuts: list[int] | None = None, **options) -> bytes:
    lines = LineFilter(catalog, scanner_for(catalog, engine), **options)
    places = [0, *sorted(cuts or []), len(log)]
    parts = [log[start:end] for start, end in pairwise(places)]
    written = [piece for part in parts for pieces in lines.feed(part) for piece in pieces]
    return b"".join([*written, *(piece for pieces in lines.finish() for piece in pieces)])


def naive(catalog: Catalog, log: bytes) -> list[bytes]:
    """Return the note of every line, by the definition; nothing for one that is no API error."""
    notes = []
    for line in log.split(b"\n"):
        answer = catalog.detect(line.removesuffix(b"\r").decode("utf-8", "replace"))
        notes.append(as_logfmt(answer) if answer and MARK not in line else b"")
    return notes


def notes_of(log: bytes) -> list[bytes]:
    found = [NOTE.search(line) for line in log.split(b"\n")]
    return [note[0] if note else b"" for note in found]
