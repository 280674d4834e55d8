"""The catalog that comes with the package, loaded once."""

from __future__ import annotations

import threading
import warnings
from contextlib import suppress

from errdex.classifier.catalog import Catalog
from errdex.model.errors import CatalogError
from errdex.rules import compiled
from errdex.rules.compiled import Rules

_lock = threading.Lock()
_loaded: list[Catalog] = []


def default_catalog() -> Catalog:
    """Return the catalog that comes with the package; in a checkout, the one its YAML gives now.

    Where the YAML of a checkout is broken, the one that was compiled last.
    """
    if not _loaded:
        warning = ""
        with _lock:
            if not _loaded:
                catalog, warning = _load_default()
                _loaded.append(catalog)
        if warning:  # outside the lock: a program that logs its warnings may classify them
            _say(warning)
    return _loaded[0]


def _load_default() -> tuple[Catalog, str]:
    """Return the catalog, and what to warn of."""
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
        warnings.warn(text, UserWarning, stacklevel=3)
