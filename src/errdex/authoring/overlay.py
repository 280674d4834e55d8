"""A user's own catalog over the one that comes with the package."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from os import PathLike
from typing import Any

from errdex.authoring.compiler import compile_source
from errdex.authoring.schema import Entry, Provider
from errdex.authoring.source import SETTINGS, Source, load
from errdex.model.errors import CatalogError, Issue, Location
from errdex.rules import compiled


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
    own = load(folder)
    both = add_ours(own)
    unknown = [name for name in own.disable if name not in both.entries]
    if unknown:
        place = Location(str(own.root / SETTINGS), 1, 1)
        raise CatalogError([_unknown(place, name, both) for name in unknown])
    rules, pages = compile_source(both)
    rules["own"] = sorted(own.entries)  # they have no page on our site
    pages["places"] = compiled.read_pages()["places"] | pages["places"]
    return rules, pages


def _unknown(place: Location, name: str, source: Source) -> Issue:
    near = get_close_matches(name, source.entries, n=3, cutoff=0.6)
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    return Issue(place, "settings", f"`disable` names {name!r}, which is no entry{hint}")


def add_ours(source: Source) -> Source:
    """Return a catalog with all of our providers and entries that it does not have itself."""
    ours = compiled.read_pages()
    providers = {name: Provider.model_validate(page) for name, page in ours["providers"].items()}
    entries = {name: Entry.model_validate(page) for name, page in ours["entries"].items()}
    return replace(source, providers=providers | source.providers, entries=entries | source.entries)
