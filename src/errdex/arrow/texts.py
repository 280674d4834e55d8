"""Arrow arrays of any kind of text → arrays that a scanner can take."""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

_BREAK: Final = pa.scalar(b"\n", pa.large_binary())
TAKEN: Final = (
    "string, large_string, string_view, binary, large_binary, binary_view, fixed-size binary, dictionaries of these, "
    "and null"
)
"""The types of arrays that hold texts, in words."""


def is_text(type_: Any) -> bool:
    """Tell whether an array of this type holds texts, null aside."""
    is_ = pa.types
    return any(
        asked(type_)
        for asked in (
            is_.is_string,
            is_.is_large_string,
            is_.is_string_view,
            is_.is_binary,
            is_.is_large_binary,
            is_.is_binary_view,
            is_.is_fixed_size_binary,
        )
    )


def as_binary(array: Any) -> Any:
    """Return an array of texts as a large binary array without nulls: an empty text stands for each."""
    # Views and fixed sizes first become plain, because few functions take them.
    if pa.types.is_string_view(array.type):
        array = array.cast(pa.large_string())
    array = array.cast(pa.large_binary())
    return pc.fill_null(array, b"") if array.null_count else array


def joined(array: Any) -> bytes:
    """Return the texts of a large binary array, a line break between any two."""
    whole = pa.LargeListArray.from_arrays(pa.array([0, len(array)], pa.int64()), array)
    return bytes(memoryview(pc.binary_join(whole, _BREAK)[0].as_buffer()))
