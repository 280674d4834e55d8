"""The catalog that a command uses."""

from __future__ import annotations

import argparse

from errdex.classifier.catalog import Catalog
from errdex.classifier.default import default_catalog


def catalog(arguments: argparse.Namespace) -> Catalog:
    """Return the built-in catalog, with the user's on top of it if `--catalog` is given.

    Raises:
        CatalogError: The user's catalog has mistakes.
    """
    return Catalog.load(arguments.catalog) if arguments.catalog else default_catalog()
