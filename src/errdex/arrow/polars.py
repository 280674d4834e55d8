"""Polars: expressions, eager, lazy and streaming."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from errdex import arrow
from errdex.classifier.catalog import Catalog

if TYPE_CHECKING:
    from errdex.arrow.kernel import Mode

__all__ = ["classify", "detect"]


def detect(texts: Any, catalog: Catalog | None = None) -> Any:
    """Return an expression with the answers of `errdex.detect`: a struct a row, null for what is no API error.

    Args:
        texts: An expression, or the name of a column.
        catalog: The catalog to use; None for the one in use when the expression runs.
    """
    return _expression([texts], "detect", None, catalog)


def classify(texts: Any, status: Any = None, provider: str | None = None, catalog: Catalog | None = None) -> Any:
    """Return an expression with the answers of `errdex.classify`: a struct a row, null for what is no API error.

    Args:
        texts: An expression, or the name of a column.
        status: Hint: an expression or the name of a column with the HTTP status of each row, or that of all rows.
        provider: Hint: the provider of all rows.
        catalog: The catalog to use; None for the one in use when the expression runs.
    """
    if status is None or isinstance(status, int):
        return _expression([texts], "classify", provider, catalog, status)
    return _expression([texts, status], "classify", provider, catalog)


def _expression(
    inputs: list[Any], mode: Mode, provider: str | None, catalog: Catalog | None, status: int | None = None
) -> Any:
    import polars as pl
    import pyarrow as pa

    def answers(series: Any) -> Any:
        texts, *statuses = [one.to_arrow() for one in series]
        found = arrow.classify_array(texts, mode, statuses[0] if statuses else status, provider, catalog)
        return pl.Series(series[0].name, pl.from_arrow(found))

    dtype = pl.Series(pl.from_arrow(pa.array([], pa.struct(list(arrow.SCHEMA))))).dtype
    return pl.map_batches(inputs, answers, return_dtype=dtype, is_elementwise=True)
