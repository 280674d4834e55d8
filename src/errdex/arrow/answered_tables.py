"""Tables with a column for the answers."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from errdex.arrow.answer_rows import ROW
from errdex.arrow.kernel import Mode, classify_array
from errdex.classifier.catalog import Catalog


def annotate_table(
    table: Any,
    column: str,
    into: str = "error",
    mode: Mode = "detect",
    status: int | str | None = None,
    provider: str | None = None,
    catalog: Catalog | None = None,
) -> Any:
    """Return a table, or a record batch, with one more column: the answers for one of its columns.

    Args:
        table: A `pyarrow.Table` or `RecordBatch`.
        column: The column with the texts.
        into: The name of the new column, which comes last.
        mode: As for `classify_array`, and so are the following.
        status: Hint for `classify`: the HTTP status of all rows, or the name of a column that holds that of each.
        provider: Hint for `classify`: the provider of all rows.
        catalog: The catalog to use; None for the current one.

    Raises:
        KeyError: There is no column of this name, or there are two.
        TypeError: The column holds something else than texts.
        ValueError: There is a column with the name of the new one already, or an argument is as `classify_array` does
            not take it.
    """
    if into in table.schema.names:
        raise ValueError(f"there is a column {into!r} already; pass another name for the new one as `into`")
    statuses = table.column(status) if isinstance(status, str) else status
    answers = classify_array(table.column(column), mode, statuses, provider, catalog)
    return table.append_column(pa.field(into, ROW), answers)
