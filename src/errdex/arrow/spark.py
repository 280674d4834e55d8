"""PySpark: a column of answers, as a step over whole record batches or as a function for SQL.

Each Python worker loads the catalog once and keeps it, as long as `spark.sql.execution.pyspark.udf.idleTimeoutSeconds`
and `spark.python.worker.reuse` let it live.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from errdex import arrow
from errdex.arrow.workers import catalog_in

if TYPE_CHECKING:
    from errdex.arrow.kernel import Mode

__all__ = ["annotate", "udf"]


def annotate(
    frame: Any,
    column: str,
    into: str = "error",
    mode: Mode = "detect",
    status: int | str | None = None,
    provider: str | None = None,
    catalog: str | None = None,
) -> Any:
    """Return a data frame with one more column: the answers for one of its columns, by `mapInArrow`.

    Args:
        frame: A `pyspark.sql.DataFrame`.
        column: The column with the texts.
        into: The name of the new column, which comes last.
        mode: As for `classify_array`.
        status: Hint for `classify`: the HTTP status of all rows, or the name of a column that holds that of each.
        provider: Hint for `classify`: the provider of all rows.
        catalog: A folder with your own catalog, which every worker can read; None for the built-in one.
    """
    from pyspark.sql.types import StructType

    def batches(found: Iterator[Any]) -> Iterator[Any]:
        ours = catalog_in(catalog)
        for batch in found:
            yield arrow.annotate_table(batch, column, into, mode, status, provider, ours)

    return frame.mapInArrow(batches, StructType([*frame.schema.fields]).add(into, _row_type()))


def udf(
    mode: Mode = "detect", status: int | None = None, provider: str | None = None, catalog: str | None = None
) -> Callable[..., Any]:
    """Return an Arrow UDF from a text to its answer, for columns and, once registered, for SQL. Needs PySpark 4.1.

    Spark may call it for rows that a filter beside it leaves out, and twice if the result is used twice: give the
    result a column of its own first. `annotate` does so.

    Args:
        mode: As for `classify_array`.
        status: Hint for `classify`: the HTTP status of all rows.
        provider: Hint for `classify`: the provider of all rows.
        catalog: A folder with your own catalog, which every worker can read; None for the built-in one.
    """
    import pyarrow as pa
    from pyspark.sql.functions import arrow_udf

    def answers(found: Iterator[Any]) -> Iterator[Any]:
        ours = catalog_in(catalog)
        for array in found:
            yield arrow.classify_array(array, mode, status, provider, ours)

    # Spark reads the kind of function off its annotations.
    answers.__annotations__ = {"found": Iterator[pa.Array], "return": Iterator[pa.Array]}
    made: Callable[..., Any] = arrow_udf(answers, returnType=_row_type())
    return made


def _row_type() -> Any:
    from pyspark.sql.pandas.types import from_arrow_schema

    return from_arrow_schema(arrow.SCHEMA)
