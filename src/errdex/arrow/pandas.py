"""pandas: the answers for a series, as a data frame with its index."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from errdex import arrow
from errdex.classifier.catalog import Catalog

if TYPE_CHECKING:
    from errdex.arrow.kernel import Mode

__all__ = ["answers"]


def answers(
    texts: Any,
    mode: Mode = "detect",
    status: Any = None,
    provider: str | None = None,
    catalog: Catalog | None = None,
) -> Any:
    """Return a data frame with the answers for a series: a column for each field of `SCHEMA`, and the same index.

    Its columns are backed by Arrow, so that a missing status is missing and no float. `frame.join(answers(…))` puts
    them beside the texts.

    Args:
        texts: A `pandas.Series` of texts; what is missing in it stays missing.
        mode: As for `classify_array`.
        status: Hint for `classify`: the HTTP status of all rows, or a series with that of each.
        provider: Hint for `classify`: the provider of all rows.
        catalog: The catalog to use; None for the current one.
    """
    import pandas as pd
    import pyarrow as pa

    if isinstance(status, pd.Series):
        status = pa.Array.from_pandas(status.astype("Int32"))
    found = arrow.classify_array(pa.Array.from_pandas(texts), mode, status, provider, catalog)
    table = pa.Table.from_arrays(found.flatten(), names=[field.name for field in found.type])
    return table.to_pandas(types_mapper=pd.ArrowDtype).set_axis(texts.index)
