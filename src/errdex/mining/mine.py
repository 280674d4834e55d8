"""Reads logs and groups the errors in them that no entry covers."""

from __future__ import annotations

import re
from typing import Final

from errdex.classifier.catalog import Catalog
from errdex.mining.clusters import Cluster, Clusters
from errdex.mining.unknown_errors import TROUBLE, UnknownErrors

_NUMBERS: Final = re.compile(rb"[0-9]+")
_MOST_SHAPES: Final = 50_000
_LONGEST: Final = 20_000  # bytes of a line that are read


class Miner:
    """Looks at each shape of a line once: lines of an incident differ in numbers only.

    Args:
        catalog: The catalog whose entries are known.
    """

    def __init__(self, catalog: Catalog) -> None:
        self._errors = UnknownErrors(catalog)
        self._shapes: dict[bytes, Cluster | None] = {}
        self._carry = b""
        self.clusters = Clusters()

    def feed(self, data: bytes) -> None:
        """Take the next bytes of a log."""
        *lines, self._carry = (self._carry + data).split(b"\n")
        self._carry = self._carry[:_LONGEST]
        for line in lines:
            if TROUBLE.search(line):
                self._line(line[:_LONGEST])

    def finish(self) -> None:
        """Take the last line of a log."""
        self.feed(b"\n")

    def _line(self, line: bytes) -> None:
        shape = _NUMBERS.sub(b"0", line)
        if shape in self._shapes:
            cluster = self._shapes[shape]
        else:
            error = self._errors.of(line.decode("utf-8", "replace"))
            cluster = self.clusters.add(error) if error else None
            if len(self._shapes) >= _MOST_SHAPES:
                self._shapes.clear()
            self._shapes[shape] = cluster
        if cluster:
            cluster.errors += 1
