"""The kernel: an Arrow array of texts → an array of answers, row by row those of `detect` or `classify`.

The texts are scanned together, a line break between any two, so that no match crosses a row; only the rows that the
scanner names are judged, and rows of one shape once.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate
from typing import Any, Literal, Protocol, get_args
from weakref import WeakKeyDictionary

import pyarrow as pa
import pyarrow.compute as pc

from errdex.arrow.answer_rows import ROW, Rows
from errdex.arrow.asserting import Asserting
from errdex.arrow.detecting import Detecting
from errdex.arrow.texts import TAKEN, is_text
from errdex.arrow.versions import version_of
from errdex.classifier.catalog import Catalog
from errdex.classifier.default import checked, default_catalog

Mode = Literal["detect", "classify"]
"""Which question is asked of each row: that of `errdex.detect` or that of `errdex.classify`."""


def classify_array(
    array: Any,
    mode: Mode = "detect",
    status: Any = None,
    provider: str | None = None,
    catalog: Catalog | None = None,
) -> Any:
    """Return the answers for an Arrow array of texts, row by row those of `errdex.detect` or `errdex.classify`.

    Whatever is in a text, no row fails. An engine may call this from several threads, and in several processes.

    Args:
        array: A `pyarrow.Array` or `ChunkedArray` of strings or bytes of any type, sliced, dictionary-encoded and with
            nulls as it may be. Bytes that are no UTF-8 are read with replacement characters.
        mode: `detect` for texts of which nobody says that they are errors, such as the lines of a log; `classify` if
            each is one, such as a column of error messages.
        status: Hint for `classify`: the HTTP status of all rows, or an array of integers with that of each.
        provider: Hint for `classify`: the provider of all rows, such as `cohere`.
        catalog: The catalog to use; None for the current one, see `errdex.use`.

    Returns:
        A struct array with the fields of `SCHEMA`, or a chunked one for a chunked array. A row is null if its text is
        null, or no API error.

    Raises:
        TypeError: The array holds something else than texts, or is no array.
        ValueError: The mode is unknown, there is a hint for `detect`, which takes none, or the array of statuses has
            another length.
    """
    if mode not in get_args(Mode):
        raise ValueError(f"mode is 'detect' or 'classify', not {mode!r}")
    if mode == "detect" and not (status is None and provider is None):
        raise ValueError("status and provider are hints for mode='classify'; 'detect' reads the text alone")
    catalog = checked(catalog, "classify_array()") or default_catalog()
    if isinstance(status, pa.Array | pa.ChunkedArray):
        return _by_status(array, status, lambda rows, one: _answers(rows, mode, one, provider, catalog))
    return _answers(array, mode, status, provider, catalog)


def _answers(array: Any, mode: Mode, status: int | None, provider: str | None, catalog: Catalog) -> Any:
    """Return the answers for an array; all rows have one status."""
    pools = _pools.setdefault(catalog, {})
    pool = pools.setdefault((mode, status, provider), [])
    try:
        kernel = pool.pop()
    except IndexError:
        kernel = _Kernel(catalog, mode, status, provider)
    answers = kernel.answers(array)
    pool.append(kernel)
    return answers


def _by_status(array: Any, statuses: Any, answers: Callable[[Any, int | None], Any]) -> Any:
    """Return the answers for an array whose rows have a status each; those of one status are judged together."""
    if len(array) != len(statuses):
        raise ValueError(f"there are {len(statuses)} statuses for {len(array)} rows")
    if isinstance(array, pa.ChunkedArray):
        starts = accumulate((len(chunk) for chunk in array.chunks), initial=0)
        parts = [
            _by_status(chunk, statuses.slice(start, len(chunk)), answers)
            for start, chunk in zip(starts, array.chunks, strict=False)
        ]
        return pa.chunked_array(parts, ROW)
    if isinstance(statuses, pa.ChunkedArray):
        statuses = statuses.combine_chunks()
    if not pa.types.is_integer(statuses.type):
        raise TypeError(f"statuses are integers, not {statuses.type}")
    order, parts = [], []
    for status in statuses.unique().to_pylist():
        of_it = pc.is_null(statuses) if status is None else pc.equal(statuses, status)
        rows = pc.indices_nonzero(pc.fill_null(of_it, False))
        order.append(rows)
        parts.append(answers(array.take(rows), status))
    if not parts:
        return pa.nulls(0, ROW)
    return pa.concat_arrays(parts).take(pc.sort_indices(pa.concat_arrays(order)))


class _Finding(Protocol):
    def notes(self, array: Any) -> Any:
        """Yield rows with their encoded answers."""


class _Kernel:
    """What one thread needs for one question."""

    def __init__(self, catalog: Catalog, mode: Mode, status: int | None, provider: str | None) -> None:
        self._finding: _Finding
        self._finding = Detecting(catalog) if mode == "detect" else Asserting(catalog, provider, status)
        self._rows = Rows(version_of(catalog))

    def answers(self, array: Any) -> Any:
        """Return the answers for an array or a chunked array."""
        if isinstance(array, pa.ChunkedArray):
            return pa.chunked_array([self.answers(chunk) for chunk in array.chunks], ROW)
        if not isinstance(array, pa.Array):
            raise TypeError(f"classify_array() takes a pyarrow Array or ChunkedArray, not {type(array).__name__}")
        if isinstance(array, pa.ExtensionArray):
            array = array.storage
        if isinstance(array, pa.DictionaryArray):
            if len(array.dictionary) > len(array):
                return self.answers(array.dictionary_decode())
            return self.answers(array.dictionary).take(array.indices)
        if pa.types.is_null(array.type):
            return pa.nulls(len(array), ROW)
        if not is_text(array.type):
            raise TypeError(f"classify_array() takes arrays of {TAKEN}, not of {array.type}")
        notes = {b"": 0}
        rows: list[int] = [0] * len(array)
        for row, note in self._finding.notes(array):
            if note:
                rows[row] = notes.setdefault(note, len(notes))
        if len(notes) == 1:
            return pa.nulls(len(array), ROW)
        return self._rows.array([*notes]).take(pa.array(rows, pa.int32()))


_pools: WeakKeyDictionary[Catalog, dict[tuple[Mode, int | None, str | None], list[_Kernel]]] = WeakKeyDictionary()
"""For each catalog and question, the kernels that no thread uses at the moment."""
