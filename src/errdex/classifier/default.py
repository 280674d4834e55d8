"""The catalog in use: the built-in one, loaded once, or your own."""

from __future__ import annotations

import os
import sys
from _thread import allocate_lock
from functools import cached_property

from errdex.classifier.catalog import Catalog
from errdex.rules import compiled
from errdex.rules.compiled import Rules

_lock = allocate_lock()  # `threading` would be imported for it alone


def _unlock() -> None:
    """Make the locks new in a forked process, in which the thread that holds one does not exist."""
    global _lock
    _lock = allocate_lock()
    for name, module in [*sys.modules.items()]:
        if name.startswith("errdex."):
            for kind in [*vars(module).values()]:
                for value in [*vars(kind).values()] if type(kind) is type else ():
                    if type(value) is cached_property and hasattr(value, "lock"):  # until Python 3.12
                        value.lock = type(value.lock)()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_unlock)
_built_in: Catalog | None = None
_chosen: Catalog | None = None


def default_catalog() -> Catalog:
    """Return the catalog in use: the one given to `errdex.use`, otherwise the built-in one, loaded on first use.

    In a checkout, the built-in catalog reflects the current YAML, or the last compiled state if the YAML is broken.
    """
    catalog = _chosen or _built_in
    return catalog if catalog is not None else _load_once()


def checked(catalog: Catalog | None, where: str) -> Catalog | None:
    """Return a catalog that a caller gives, or None.

    Raises:
        TypeError: It is something else, such as the folder that one is loaded from.
    """
    if catalog is not None and not isinstance(catalog, Catalog):
        raise TypeError(f"{where} takes a Catalog or None, not {catalog!r}; Catalog.load() makes one from a folder")
    return catalog


def use(catalog: Catalog | None) -> None:
    """Make a catalog the default from now on, in all threads; None restores the built-in one.

    It is used by the functions of `errdex`, and by every integration, retry policy and decorator without a catalog of
    its own, including those created earlier.

    >>> import errdex
    >>> errdex.use(errdex.Catalog.load("our-errors/"))  # doctest: +SKIP
    """
    global _chosen
    _chosen = checked(catalog, "use()")


def _load_once() -> Catalog:
    global _built_in
    warning = ""
    with _lock:
        if _built_in is None:
            _built_in, warning = _load()
        catalog = _built_in
    if warning:  # outside the lock, because a program that logs its warnings may classify them
        _say(warning)
    return catalog


def _load() -> tuple[Catalog, str]:
    """Return the built-in catalog and a warning, empty if there is none."""
    if not compiled.is_stale():
        return Catalog(Rules(compiled.read_parts())), ""
    from errdex.authoring.overlay import load_alone
    from errdex.model.errors import CatalogError

    yaml = f"the YAML in {compiled.CHECKOUT}"
    try:
        rules, pages = load_alone(compiled.CHECKOUT)
    except CatalogError as error:
        if not compiled.is_built():
            raise error
        return Catalog(Rules(compiled.read_parts())), f"{yaml} has mistakes; run `errdex lint`"
    return Catalog(
        Rules(rules), pages
    ), f"{yaml} has changed and was compiled in memory; run `errdex build` to save the result"


def _say(text: str) -> None:
    """Emit a warning; if warnings are turned into errors, the caller's error handler must not fail because of it."""
    import warnings
    from contextlib import suppress

    with suppress(UserWarning):
        warnings.warn(text, UserWarning, stacklevel=4)
