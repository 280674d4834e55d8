"""A user's own catalog over the one that comes with the package."""

from __future__ import annotations

from dataclasses import replace
from os import PathLike
from typing import Any

from errdex.catalog import compiled
from errdex.catalog.compile import compile_source
from errdex.catalog.model import Entry, Provider
from errdex.catalog.source import Source, load


def load_alone(folder: str | PathLike[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read a folder and compile it.

    Raises:
        CatalogError: Anything in the folder is wrong.
    """
    return compile_source(load(folder))


def load_over(folder: str | PathLike[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read a folder, put its entries and providers over ours, and compile both together.

    Raises:
        CatalogError: Anything in the folder is wrong.
    """
    return compile_source(add_ours(load(folder)))


def add_ours(source: Source) -> Source:
    """Return a catalog with all of our providers and entries that it does not have itself."""
    ours = compiled.read_pages()
    providers = {name: Provider.model_validate(page) for name, page in ours["providers"].items()}
    entries = {name: Entry.model_validate(page) for name, page in ours["entries"].items()}
    return replace(source, providers=providers | source.providers, entries=entries | source.entries)
