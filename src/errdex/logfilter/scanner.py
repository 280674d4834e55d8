"""Which lines of a chunk of bytes can hold an API error: the first look of the log filter.

A scanner may name a line that holds none; `Catalog.classify` judges each. It must name every line that holds one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Protocol

from errdex.classifier.catalog import Catalog
from errdex.logfilter.line_keys import LineKeys

ENGINES: Final = ("words", "hyperscan")


class Scanner(Protocol):
    """Finds the keys of a catalog in bytes."""

    name: str

    def get_ready(self) -> None:
        """Wait until it can scan; a process that forks must do so before."""

    def scan(self, chunk: bytes | memoryview) -> Iterable[tuple[int, int]]:
        """Yield (where it ends, number of the key) of keys in a chunk of whole lines, the places in order.

        Each line that holds an API error has at least one. A scanner serves one thread.
        """

    def templates(self, keys: list[int]) -> tuple[list[int] | None, bool]:
        """Return the only templates that a line with these keys may hold, None if it may hold any.

        And whether it may hold more: trigger words of statuses, codes, fields and classes, or an error object.
        """


def scanner_for(catalog: Catalog, engine: str = "auto") -> Scanner:
    """Return the scanner of an engine: `words`, `hyperscan`, or `auto` for the faster one that is installed.

    Raises:
        ImportError: hyperscan is asked for and not installed.
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
