"""What an engine's worker processes keep: catalogs, each loaded once a process."""

from __future__ import annotations

from functools import cache

from errdex.classifier.catalog import Catalog


def catalog_in(folder: str | None) -> Catalog | None:
    """Return the catalog in a folder, loaded once a process; None for the one in use."""
    return None if folder is None else _loaded(folder)


@cache
def _loaded(folder: str) -> Catalog:
    return Catalog.load(folder)
