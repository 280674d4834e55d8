"""What the log filter makes of a log, and what it should make of it by the definition."""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from itertools import pairwise

import pytest

from errdex.classifier.catalog import Catalog
from errdex.logfilter.line_filter import LineFilter
from errdex.logfilter.notes import MARK, as_logfmt
from errdex.logfilter.scanner import ENGINES, scanner_for
from errdex.model.category import Basis
from errdex.model.classification import Classification

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


_FRAME = re.compile(r"[ \t]+at ")
_LINK = re.compile(
    r"Caused by: |Suppressed: |The above exception was the direct cause|During handling of the above exception"
)
_TRACEBACK = "Traceback (most recent call last):"
_CLASS = re.compile(r"[A-Za-z_][\w.]*(?::|$)", re.ASCII)
_INNER = (" ", "\t", "}", "]")


_scanner = cache(scanner_for)  # as one `errdex annotate` makes one for all its files


def noted(catalog: Catalog, log: bytes, engine: str = "words", cuts: list[int] | None = None, **options) -> bytes:
    lines = LineFilter(catalog, _scanner(catalog, engine), **options)
    places = [0, *sorted(cuts or []), len(log)]
    parts = [log[start:end] for start, end in pairwise(places)]
    written = [piece for part in parts for pieces in lines.feed(part) for piece in pieces]
    return b"".join([*written, *(piece for pieces in lines.finish() for piece in pieces)])


def texts(lines: list[str]) -> list[tuple[int, int]]:
    """Return where the texts of a log begin and end, as numbers of lines: most of them are single lines.

    By the definition: a text begins with a line that does not look like the continuation of another, and a
    continuation that no text reaches stands alone.
    """
    found = []
    place = 0
    while place < len(lines):
        end = place + 1
        if not _goes_on(lines, place):
            end = _end(lines, place)
        found.append((place, end))
        place = end
        while place < len(lines) and _goes_on(lines, place):
            found.append((place, place + 1))
            place += 1
    return found


def _goes_on(lines: list[str], place: int) -> bool:
    line = lines[place]
    if place == 0:
        return False
    if not line or line.startswith((*_INNER, _TRACEBACK)) or _LINK.match(line):
        return True
    return lines[place - 1].startswith((" ", "\t")) and bool(_CLASS.match(line))


def _end(lines: list[str], start: int) -> int:
    """Return the number of the line behind a text that begins with a line."""
    following = lines[start + 1] if start + 1 < len(lines) else ""
    if following.startswith(_TRACEBACK):
        return _end_of_traceback(lines, start + 1)
    if lines[start].rstrip().endswith(_TRACEBACK):
        return _end_of_traceback(lines, start)
    end = start + 1
    if _FRAME.match(following) or _LINK.match(following):
        while end < len(lines) and (lines[end].startswith(_INNER) or _LINK.match(lines[end])):
            end += 1
    elif lines[start].rstrip().endswith(("{", "[")):
        while end < len(lines) and lines[end].startswith((" ", "\t")):
            end += 1
        closed = end < len(lines) and lines[end].startswith(("}", "]"))
        return end + 1 if closed else end if end == len(lines) else start + 1
    return end


def _end_of_traceback(lines: list[str], start: int) -> int:
    """Return the number of the line behind a traceback, its exception's line and notes, and those chained to it."""

    def below(place: int) -> int:
        while place < len(lines) and lines[place].startswith((" ", "\t")):
            place += 1
        return place

    place = below(start + 1)
    if place == len(lines) or not _CLASS.match(lines[place]):
        return place
    place = below(place + 1)
    linking = [line.strip() for line in lines[place : place + 4]]
    for count, line in enumerate(linking):
        if line.startswith(_TRACEBACK):
            linked = any(linking[:count])
            return _end_of_traceback(lines, place + count) if linked else place
        if line and not _LINK.match(line):
            break
    return place


def naive(catalog: Catalog, log: bytes, got: list[bytes] | None = None) -> list[bytes]:
    """Return the note of every line, by the definition; nothing for one that gets none.

    `detect` is asked about every text. A text over several lines gets its note on the line that decides; if it is no
    error, its lines stand alone.

    Args:
        catalog: The catalog.
        log: The log.
        got: The notes found. They say which line of a text has its note where none shows an error by itself: the
            definition leaves that open. By default it is the last.
    """
    lines = log.split(b"\n")
    readable = [line.removesuffix(b"\r").decode("utf-8", "replace") for line in lines]
    own = [catalog.detect(line) for line in readable]
    notes = [as_logfmt(answer) if answer and MARK not in line else b"" for answer, line in zip(own, lines, strict=True)]
    for start, end in texts(readable):
        if end - start == 1:
            continue
        if any(MARK in line for line in lines[start:end]):
            notes[start:end] = [b""] * (end - start)
            continue
        first = readable[start + 1]
        if own[start] and (first.startswith(_TRACEBACK) or _LINK.match(first)):
            below = catalog.detect("\n".join(readable[start + 1 : end]))
            if _differ(own[start], below) and any(_differ(own[start], answer) for answer in own[start + 1 : end]):
                start += 1  # the line before it reports an error of its own
        answer = catalog.detect("\n".join(readable[start:end]))
        if not answer:
            continue
        places = [place for place in range(start, end) if own[place]]
        better = [
            place
            for place in places
            if own[place].entry and not answer.entry and own[place].category == answer.category
        ]
        same = [place for place in places if own[place].entry == answer.entry]
        noted_lines = [place for place in range(start, end) if got and got[place]]
        decides = (better or same or places or noted_lines or [end - 1])[0]
        notes[start:end] = [b""] * (end - start)
        notes[decides] = as_logfmt(own[decides] if better else answer)
    return notes


def _differ(one: Classification, other: Classification) -> bool:
    """Tell whether two answers are those of two errors: by their statuses, or two entries' words or codes."""
    if not one or not other or one.entry == other.entry:
        return False
    recognised = {Basis.MESSAGE, Basis.CODE, Basis.FIELD}
    return {one.basis, other.basis} <= recognised or (
        None not in (one.status, other.status) and one.status != other.status
    )


def notes_of(log: bytes) -> list[bytes]:
    found = [NOTE.search(line) for line in log.split(b"\n")]
    return [note[0] if note else b"" for note in found]
