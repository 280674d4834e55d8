"""The scanner without dependencies: looks up the words of every line in the classifier's word index."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from errdex.classifier.catalog import Catalog
from errdex.logfilter.line_keys import LineKeys
from errdex.read.body_keys import ERROR_OBJECT
from errdex.read.raw_text import ANSI
from errdex.rules.tokens import WORD_BYTES

_COLOUR: Final = re.compile(ANSI.encode())
_GLUED: Final = re.compile(rb"\w(?=(?:" + ANSI.encode() + rb")+\w)")  # a word with a colour code inside
_LINE_TABLE: Final = bytes(10 if byte == 10 else kept for byte, kept in enumerate(WORD_BYTES))  # keeps line breaks
_ANYTHING: Final = -1
_LONG: Final = 1 << 16  # bytes
_OBJECT: Final = re.compile(ERROR_OBJECT.encode())
# Where `tokens.ESCAPED_BLANK` and an escaped underscore end; a pattern that begins with a character is found faster.
_ESCAPES: Final = re.compile(rb"\\(?:[_nrtfvNRTFV]|[uU][0-9a-fA-F]{4}|[xX][0-9a-fA-F]{2})")


class WordScanner:
    """Finds the lines whose words may be those of an error; the number of a key is that of its template.

    Args:
        catalog: The catalog whose errors to find.
    """

    name = "words"

    def __init__(self, catalog: Catalog) -> None:
        keys = LineKeys.of(catalog)
        self._templates = keys.templates
        self._firsts = keys.templates.firsts
        self._triggers = keys.triggers
        self._telling = keys.telling
        self._characters_in = keys.characters_in
        self._may_report = catalog._fast.may_report

    def get_ready(self) -> None:
        """No-op: always ready."""

    def templates(self, keys: list[int]) -> tuple[list[int] | None, bool]:
        """Return the templates that a line with these keys may contain, and whether it may contain anything else."""
        return (None, True) if _ANYTHING in keys else (sorted(keys), False)

    def scan(self, chunk: bytes | memoryview) -> Iterator[tuple[int, int]]:
        """Yield the ends of the lines that may report an error, before their line breaks."""
        chunk = bytes(chunk)
        glued: list[int] = []
        if b"\x1b" in chunk:
            glued = [found.start() for found in _GLUED.finditer(chunk)]
            chunk = _COLOUR.sub(_blanks, chunk)  # colour codes are glued to words
        templates, firsts, triggers = self._templates, self._firsts, self._triggers
        telling = self._telling.intersection
        is_ascii = chunk.isascii()
        odd = _places(chunk, glued)
        next_odd = next(odd)
        end = -1
        for line in chunk.translate(_LINE_TABLE).split(b"\n"):
            start = end + 1
            end = start + len(line)
            seen = telling(line.split()) if len(line) < _LONG else telling(_words(line))
            if not is_ascii and not chunk[start:end].isascii():
                seen = seen.union(self._characters_in(chunk[start:end].decode("utf-8", "replace")))
            found = [] if firsts.isdisjoint(seen) else templates.numbers_in(seen)
            for number in found:
                yield end, number
            if end >= next_odd or (
                not triggers.isdisjoint(seen)
                and (found or self._may_report(chunk[start:end].decode("utf-8", "replace"), seen))
            ):
                yield end, _ANYTHING
            while next_odd <= end:
                next_odd = next(odd)


def _words(line: bytes) -> Iterator[bytes]:
    """Yield the words of a long line a part at a time: all of them at once take twenty times as much as the line."""
    start = 0
    while start < len(line):
        end = line.find(b" ", start + _LONG)
        end = len(line) if end < 0 else end
        yield from line[start:end].split()
        start = end


def _blanks(found: re.Match[bytes]) -> bytes:
    return b" " * len(found[0])


def _places(chunk: bytes, glued: list[int]) -> Iterator[int]:
    """Yield where words are not enough: at error objects, and at escapes that split a word or are glued to one."""
    escapes = [found.start() for found in _ESCAPES.finditer(chunk)] if b"\\" in chunk else []
    yield from sorted([found.start() for found in _OBJECT.finditer(chunk)] + escapes + glued)
    yield len(chunk) + 1
