"""A user's own catalog on top of the built-in one."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Set
from contextlib import contextmanager
from dataclasses import replace
from difflib import get_close_matches
from os import PathLike
from typing import Any

from errdex.authoring.compiler import compile_source
from errdex.authoring.schema import Entry, Provider
from errdex.authoring.source import Source, load, read
from errdex.model.errors import CatalogError, Issue
from errdex.rules import compiled


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Pause the search for garbage, which looks at all that was made so far, again and again: most of a load's time."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def load_alone(folder: str | PathLike[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read a folder and compile it by itself.

    Raises:
        CatalogError: Anything in the folder is wrong.
    """
    with _without_collecting():
        return compile_source(load(folder))


def load_over(folder: str | PathLike[str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Read a folder, put its entries and providers on top of the built-in ones, and compile both together.

    Raises:
        CatalogError: Anything in the folder is wrong.
    """
    with _without_collecting():
        own, mistakes = read_over(folder)
        if mistakes:
            raise CatalogError(mistakes)
        rules, pages = compile_source(add_ours(own))
    rules["own"] = sorted(own.entries)  # they have no page on our site
    pages["places"] = compiled.read_pages()["places"] | pages["places"]
    return rules, pages


def read_over(folder: str | PathLike[str]) -> tuple[Source, list[Issue]]:
    """Read a folder for `load_over`; return what could be read, and every mistake that keeps it from being loaded.

    `load_over` raises these mistakes, and lint reports the same list.
    """
    own, mistakes = read(folder)
    if own.disable:
        mistakes += _unknown(own, {*own.entries, *compiled.read_pages()["entries"]})
    return own, sorted(set(mistakes))


def _unknown(own: Source, known: Set[str]) -> Iterator[Issue]:
    """Yield an issue for each id in `disable` that no entry has."""
    for number, name in enumerate(own.disable):
        if name not in known:
            near = get_close_matches(name, sorted(known), n=3, cutoff=0.6)
            hint = f"; did you mean {', '.join(near)}?" if near else ""
            place = own.settings.at("disable", number)
            yield Issue(place, "settings", f"`disable` names {name!r}, which is not an entry{hint}")


def add_ours(source: Source) -> Source:
    """Return a catalog with the built-in providers and entries added, except those that it replaces."""
    providers, entries = ours()
    return replace(source, providers=providers | source.providers, entries=entries | source.entries)


def ours() -> tuple[dict[str, Provider], dict[str, Entry]]:
    """Return the built-in providers and entries, by name."""
    pages = compiled.read_pages()
    providers = {name: Provider.model_validate(page) for name, page in pages["providers"].items()}
    entries = {name: Entry.model_validate(page) for name, page in pages["entries"].items()}
    return providers, entries
