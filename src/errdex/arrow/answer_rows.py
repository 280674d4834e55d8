"""Answers as rows of a fixed Arrow schema."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

import pyarrow as pa

from errdex.model.classification import Classification

SCHEMA: Final = pa.schema(
    [
        ("entry", pa.string()),
        ("category", pa.string()),
        ("retryable", pa.bool_()),
        ("retry_after", pa.float64()),
        ("resets_in", pa.float64()),
        ("scope", pa.string()),
        ("action", pa.string()),
        ("status", pa.int32()),
        ("provider", pa.string()),
        ("confidence", pa.float64()),
        ("fix", pa.string()),
        ("params", pa.map_(pa.string(), pa.string())),
        ("catalog", pa.string()),
    ]
)
"""The fields of a row of `classify_array`, the same in every release with the same minor version.

They are those of a `Classification`. `params` holds each value as text: a number in decimal digits, a list as a JSON
array. `catalog` is the version of errdex and, after a `+`, a checksum of the catalog that judged.
"""
ROW: Final = pa.struct(list(SCHEMA))
"""The type of a row."""

_SEPARATOR: Final = b"\n"  # JSON escapes it
_FIX, _PARAMS, _CATALOG = SCHEMA.names.index("fix"), SCHEMA.names.index("params"), SCHEMA.names.index("catalog")
_NOTHING: Final[tuple[None, ...]] = (None,) * _FIX
_MOST: Final = 10_000  # heads kept: waits that differ make them many


def encode(answer: Classification) -> bytes:
    """Return an answer as bytes that `Rows` takes: equal bytes are equal rows; nothing for what is no error.

    Numbers stand in them as they stand in the answer's text, so that `errdex.logfilter.shapes` can exchange them.
    """
    if not answer:
        return b""
    head = [
        answer.entry,
        str(answer.category),
        answer.retryable,
        answer.retry_after,
        answer.resets_in,
        str(answer.scope),
        str(answer.action),
        answer.status,
        answer.provider,
        answer.confidence,
    ]
    params = {name: _shown(value) for name, value in answer.params.items()}
    parts = [json.dumps(part, ensure_ascii=False) for part in (head, answer.fix, params)]
    # JSON in a message can hold half of a surrogate pair, which no Arrow string can.
    return "\n".join(parts).encode("utf-8", "replace")


def _shown(value: object) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else repr(value)


class Rows:
    """Turns encoded answers into rows.

    Args:
        version: Of the catalog that judges.
    """

    def __init__(self, version: str) -> None:
        self._version = version
        self._heads: dict[bytes, tuple[Any, ...]] = {}

    def array(self, notes: Sequence[bytes]) -> Any:
        """Return a struct array with a row for each encoded answer, null for an empty one."""
        heads: list[tuple[Any, ...]] = []
        fixes: list[str | None] = []
        params: list[Any] = []
        for note in notes:
            head, fix, found = note.split(_SEPARATOR) if note else (b"", None, None)
            heads.append(self._head(head))
            fixes.append(json.loads(fix) if fix else None)
            params.append(None if found is None else () if found == b"{}" else list(json.loads(found).items()))
        columns = zip(*heads, strict=True)
        arrays = [pa.array(values, type_) for values, type_ in zip(columns, SCHEMA.types[:_FIX], strict=True)]
        arrays += [pa.array(fixes, SCHEMA.types[_FIX]), pa.array(params, SCHEMA.types[_PARAMS])]
        arrays.append(pa.array([self._version if note else None for note in notes], SCHEMA.types[_CATALOG]))
        return pa.StructArray.from_arrays(arrays, fields=list(SCHEMA), mask=pa.array([not note for note in notes]))

    def _head(self, head: bytes) -> tuple[Any, ...]:
        """Return the fields before the fix; rows of one entry share them."""
        if not head:
            return _NOTHING
        if head in self._heads:
            return self._heads[head]
        if len(self._heads) >= _MOST:
            self._heads.clear()
        return self._heads.setdefault(head, tuple(json.loads(head)))
