"""The rows of an array of which the caller says that each holds an error."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pyarrow.compute as pc

from errdex.arrow.judging import Judge
from errdex.arrow.texts import as_binary
from errdex.classifier.catalog import Catalog


class Asserting:
    """Asks `classify` about every row. It must not be used by two threads at once.

    Args:
        catalog: Judges the rows.
        provider: Hint, as for `classify`.
        status: Hint, as for `classify`.
    """

    def __init__(self, catalog: Catalog, provider: str | None, status: int | None) -> None:
        self._judge = Judge(catalog, partial(catalog.classify, provider=provider, status=status))

    def notes(self, array: Any) -> Iterator[tuple[int, bytes]]:
        """Yield all rows but null, each with its encoded answer.

        Args:
            array: Texts of any type but a dictionary.
        """
        rows = pc.indices_nonzero(array.is_valid()).to_pylist()
        notes = self._judge.notes(as_binary(array.drop_null()).to_pylist())
        yield from zip(rows, notes, strict=True)
