"""The catalog in use: the built-in one, loaded once, or one of your own."""

from __future__ import annotations

import threading
import warnings
from contextlib import suppress

from errdex.classifier.catalog import Catalog
from errdex.model.errors import CatalogError
from errdex.rules import compiled
from errdex.rules.compiled import Rules

_lock = threading.Lock()
_built_in: Catalog | None = None
_chosen: Catalog | None = None


def default_catalog() -> Catalog:
    """Return the catalog in use: the one given to `errdex.use`, else the built-in one, loaded on the first call.

    In a checkout, the built-in one is what its YAML gives now; where that is broken, what was compiled last.
    """
    catalog = _chosen or _built_in
    return catalog if catalog is not None else _load_once()


def use(catalog: Catalog | None) -> None:
    """Make a catalog the default from now on, for all threads; None returns to the built-in one.

    The functions of `errdex` ask it, and so does every integration, retry policy and decorator that was given no
    catalog of its own, also those made before.

    >>> import errdex
    >>> errdex.use(errdex.Catalog.load("our-errors/"))  # doctest: +SKIP
    """
    global _chosen
    if catalog is not None and not isinstance(catalog, Catalog):
        raise TypeError(f"use() takes a Catalog or None, not {catalog!r}; Catalog.load() makes one of a folder")
    _chosen = catalog


def _load_once() -> Catalog:
    global _built_in
    warning = ""
    with _lock:
        if _built_in is None:
            _built_in, warning = _load()
        catalog = _built_in
    if warning:  # outside the lock: a program that logs its warnings may classify them
        _say(warning)
    return catalog


def _load() -> tuple[Catalog, str]:
    """Return the built-in catalog, and what to warn of."""
    if not compiled.is_stale():
        return Catalog(Rules(compiled.read_rules())), ""
    from errdex.authoring.overlay import load_alone

    yaml = f"the YAML in {compiled.CHECKOUT}"
    try:
        rules, pages = load_alone(compiled.CHECKOUT)
    except CatalogError as error:
        if not compiled.is_built():
            raise error
        return Catalog(Rules(compiled.read_rules())), f"{yaml} has mistakes; run `errdex lint`"
    return Catalog(
        Rules(rules), pages
    ), f"{yaml} has changed and was compiled in memory; run `errdex build` to save that"


def _say(text: str) -> None:
    """Warn; where warnings are errors, an error handler must not get one more."""
    with suppress(UserWarning):
        warnings.warn(text, UserWarning, stacklevel=4)
