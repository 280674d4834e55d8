"""Tables as text: SQL scripts, lines of JSON, CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from typing import Any, Final

from errdex.export.rows import Table

_ROWS: Final = 500  # in one `insert`
_DUCKDB: Final = {"text": "VARCHAR", "bool": "BOOLEAN", "float": "DOUBLE", "int": "INTEGER"}
_CLICKHOUSE: Final = {
    "text": "Nullable(String)",
    "bool": "Nullable(Bool)",
    "float": "Nullable(Float64)",
    "int": "Nullable(Int32)",
}


def duckdb(table: Table) -> Iterator[str]:
    """Yield a script that creates the table in DuckDB, in place of one that is there."""
    columns = ", ".join(f"{name} {_DUCKDB[kind]}" for name, kind in table.columns.items())
    yield f"create or replace table {table.name} ({columns});\n"
    yield from _inserts(table, lambda text: "'" + text.replace("'", "''") + "'")


def clickhouse(table: Table) -> Iterator[str]:
    """Yield a script that creates the table in ClickHouse, in place of one that is there."""
    columns = ", ".join(f"{name} {_CLICKHOUSE[kind]}" for name, kind in table.columns.items())
    yield f"drop table if exists {table.name};\n"
    yield f"create table {table.name} ({columns}) engine = MergeTree order by tuple();\n"
    yield from _inserts(table, lambda text: "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'")


def jsonl(table: Table) -> Iterator[str]:
    """Yield an object a row."""
    for row in table.rows:
        yield json.dumps(dict(zip(table.columns, row, strict=True)), ensure_ascii=False) + "\n"


def as_csv(table: Table) -> Iterator[str]:
    """Yield a header and the rows, as RFC 4180 has it; what is missing is empty."""
    for row in (tuple(table.columns), *table.rows):
        line = io.StringIO(newline="")
        csv.writer(line).writerow([str(value).lower() if isinstance(value, bool) else value for value in row])
        yield line.getvalue()


FORMATS: Final = {"duckdb": duckdb, "clickhouse": clickhouse, "jsonl": jsonl, "csv": as_csv}
"""Name → what writes a table in this format."""


def _inserts(table: Table, quoted: Callable[[str], str]) -> Iterator[str]:
    def shown(value: Any) -> str:
        if value is None:
            return "NULL"
        return quoted(value) if isinstance(value, str) else str(value).lower()

    for start in range(0, len(table.rows), _ROWS):
        rows = (f"({', '.join(map(shown, row))})" for row in table.rows[start : start + _ROWS])
        yield f"insert into {table.name} values\n" + ",\n".join(rows) + ";\n"
