"""Finds the lines that may report an API error, in a chunk of bytes: the first step of the log filter.

A scanner may return lines that report none, since each line is judged afterwards. It must return every line that
reports one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from errdex.classifier.catalog import Catalog
from errdex.logfilter.line_keys import LineKeys

ENGINES: Final = ("words", "hyperscan")


class Scanner(Protocol):
    """Finds the keys of a catalog in bytes."""

    name: str

    def get_ready(self) -> None:
        """Wait until it can scan; call this before forking."""

    def scan(self, chunk: bytes | memoryview) -> Iterable[tuple[int, int]]:
        """Yield (end position, key number) for keys in a chunk of whole lines, ordered by position.

        Each line that reports an API error has at least one key. A scanner must not be shared between threads.
        """

    def templates(self, keys: list[int]) -> tuple[list[int] | None, bool]:
        """Return the only templates that a line with these keys may contain, or None if it may contain any.

        Also return whether it may contain anything else: trigger words of statuses, codes, fields or exception classes,
        or an error object.
        """


def lines_with_keys(scanner: Scanner, chunk: bytes) -> Iterator[tuple[int, int, list[int]]]:
    """Yield start, end and keys of each line of a chunk that has any."""
    start, end = 0, -1
    keys: list[int] = []
    for place, key in scanner.scan(chunk):
        if place <= end:
            keys.append(key)
            continue
        if keys:
            yield start, end, keys
        start = chunk.rfind(b"\n", end + 1, place - 1) + 1 or end + 1
        end = chunk.find(b"\n", place - 1)
        end = len(chunk) if end < 0 else end
        keys = [key]
    if keys:
        yield start, end, keys


def scanner_for(catalog: Catalog, engine: str = "auto") -> Scanner:
    """Return the scanner with this name: `words`, `hyperscan`, or `auto` for the fastest one installed.

    Raises:
        ImportError: hyperscan was requested but is not installed.
    """
    if engine != "words":
        try:
            from errdex.logfilter.hyperscan_scanner import HyperscanScanner

            return HyperscanScanner(LineKeys.of(catalog))
        except ImportError:
            if engine == "hyperscan":
                raise
    from errdex.logfilter.word_scanner import WordScanner

    return WordScanner(catalog)
