"""The catalog that a command was asked for."""

from __future__ import annotations

import argparse

from errdex.classifier.catalog import Catalog
from errdex.classifier.default import default_catalog


def catalog(arguments: argparse.Namespace) -> Catalog:
    """Return the built-in catalog, or the user's over it.

    Raises:
        CatalogError: The user's catalog is broken.
    """
    return Catalog.load(arguments.catalog) if arguments.catalog else default_catalog()
