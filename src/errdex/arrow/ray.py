"""Ray Data: a pool of actors, each with a catalog of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from errdex import arrow
from errdex.arrow.workers import catalog_in

if TYPE_CHECKING:
    from errdex.arrow.kernel import Mode

__all__ = ["Annotate", "annotate"]


class Annotate:
    """An actor for `Dataset.map_batches` with `batch_format="pyarrow"`: adds the answers for a column to each batch.

    Args:
        column: The column with the texts.
        into: The name of the new column, which comes last.
        mode: As for `classify_array`.
        status: Hint for `classify`: the HTTP status of all rows, or the name of a column that holds that of each.
        provider: Hint for `classify`: the provider of all rows.
        catalog: A folder with your own catalog, which every worker can read; None for the built-in one.
    """

    def __init__(
        self,
        column: str,
        into: str = "error",
        mode: Mode = "detect",
        status: int | str | None = None,
        provider: str | None = None,
        catalog: str | None = None,
    ) -> None:
        self._arguments = (column, into, mode, status, provider)
        self._catalog = catalog_in(catalog)

    def __call__(self, batch: Any) -> Any:
        """Return a batch with one more column."""
        return arrow.annotate_table(batch, *self._arguments, self._catalog)


def annotate(
    dataset: Any,
    column: str,
    into: str = "error",
    mode: Mode = "detect",
    status: int | str | None = None,
    provider: str | None = None,
    catalog: str | None = None,
    actors: int = 1,
    rows: int = 10_000,
) -> Any:
    """Return a dataset with one more column: the answers for one of its columns.

    Args:
        dataset: A `ray.data.Dataset`.
        column: The column with the texts.
        into: The name of the new column, which comes last.
        mode: As for `classify_array`.
        status: Hint for `classify`: the HTTP status of all rows, or the name of a column that holds that of each.
        provider: Hint for `classify`: the provider of all rows.
        catalog: A folder with your own catalog, which every worker can read; None for the built-in one.
        actors: How many actors may share the work; each takes a processor and loads the catalog once. Ray begins with
            one, because reading the data needs a processor too.
        rows: How many rows an actor gets at once.
    """
    return dataset.map_batches(
        Annotate,
        fn_constructor_args=(column, into, mode, status, provider, catalog),
        batch_format="pyarrow",
        batch_size=rows,
        concurrency=(1, actors),
    )
