"""DuckDB: functions for SQL, over whatever DuckDB reads."""

from __future__ import annotations

from typing import Any, Final

from errdex import arrow
from errdex.classifier.catalog import Catalog

__all__ = ["register"]

_TYPES: Final = {
    "string": "VARCHAR",
    "bool": "BOOLEAN",
    "int32": "INTEGER",
    "double": "DOUBLE",
    "map<string, string>": "MAP(VARCHAR, VARCHAR)",
}


def register(connection: Any, catalog: Catalog | None = None) -> None:
    """Add errdex's functions to a connection: `errdex_detect(text)` and `errdex_classify(text, status)`.

    Both return a struct with the fields of `errdex.arrow.SCHEMA`, or NULL if the text is NULL or no API error. The
    status is an integer, or NULL where it is not known.

    Args:
        connection: A `duckdb.DuckDBPyConnection`.
        catalog: The catalog to use; None for the one in use at each call.
    """

    def detect(texts: Any) -> Any:
        return arrow.classify_array(texts, catalog=catalog)

    def classify(texts: Any, statuses: Any) -> Any:
        return arrow.classify_array(texts, "classify", status=statuses, catalog=catalog)

    row = f"STRUCT({', '.join(f'{field.name} {_TYPES[str(field.type)]}' for field in arrow.SCHEMA)})"
    for name, function, takes in (
        ("errdex_detect", detect, ["VARCHAR"]),
        ("errdex_classify", classify, ["VARCHAR", "BIGINT"]),
    ):
        connection.create_function(name, function, takes, row, type="arrow", null_handling="special")
