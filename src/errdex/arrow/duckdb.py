"""DuckDB: functions for SQL, over whatever DuckDB reads."""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa

from errdex.arrow.kernel import classify_array
from errdex.arrow.schema import SCHEMA
from errdex.classifier.catalog import Catalog

__all__ = ["register"]

_TYPES: Final = {
    pa.string(): "VARCHAR",
    pa.bool_(): "BOOLEAN",
    pa.int32(): "INTEGER",
    pa.float64(): "DOUBLE",
    pa.map_(pa.string(), pa.string()): "MAP(VARCHAR, VARCHAR)",
}
ROW: Final = f"STRUCT({', '.join(f'{field.name} {_TYPES[field.type]}' for field in SCHEMA)})"
"""The type of an answer in SQL."""


def register(connection: Any, catalog: Catalog | None = None) -> None:
    """Add errdex's functions to a connection: `errdex_detect(text)` and `errdex_classify(text, status)`.

    Both return a struct with the fields of `errdex.arrow.SCHEMA`, or NULL if the text is NULL or no API error. The
    status is an integer, or NULL where it is not known.

    Args:
        connection: A `duckdb.DuckDBPyConnection`.
        catalog: The catalog to use; None for the one in use at each call.
    """

    def detect(texts: Any) -> Any:
        return classify_array(texts, catalog=catalog)

    def classify(texts: Any, statuses: Any) -> Any:
        return classify_array(texts, "classify", status=statuses, catalog=catalog)

    for name, function, takes in (
        ("errdex_detect", detect, ["VARCHAR"]),
        ("errdex_classify", classify, ["VARCHAR", "BIGINT"]),
    ):
        connection.create_function(name, function, takes, ROW, type="arrow", null_handling="special")
