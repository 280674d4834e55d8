"""errdex on Arrow arrays: one kernel for every engine that speaks Arrow. Needs `errdex[arrow]`.

>>> import pyarrow as pa  # doctest: +SKIP
>>> from errdex.arrow import classify_array  # doctest: +SKIP
>>> classify_array(pa.array(["Cohere: invalid api token", "all is well"]))[0]["entry"]  # doctest: +SKIP
<pyarrow.StringScalar: 'cohere/invalid-api-key'>

The modules beside it put the kernel into an engine: `errdex.arrow.spark`, `errdex.arrow.duckdb`, `errdex.arrow.polars`,
`errdex.arrow.ray` and `errdex.arrow.pandas`. Each imports its engine when it is used, and only then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from errdex.arrow.answer_rows import SCHEMA
    from errdex.arrow.answered_tables import annotate_table
    from errdex.arrow.kernel import Mode, classify_array

__all__ = ["SCHEMA", "Mode", "annotate_table", "classify_array"]
_HOMES = {"Mode": "kernel", "classify_array": "kernel", "SCHEMA": "answer_rows", "annotate_table": "answered_tables"}


def __getattr__(name: str) -> Any:
    """Import pyarrow when something of it is asked for; importing this package costs nothing."""
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        module = __import__(f"{__name__}.{home}", fromlist=[name])
    except ModuleNotFoundError as error:
        if error.name != "pyarrow":
            raise
        raise ModuleNotFoundError(
            "errdex.arrow needs pyarrow; install it with `pip install 'errdex[arrow]'`", name="pyarrow"
        ) from None
    return getattr(module, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
