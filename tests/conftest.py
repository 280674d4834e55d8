"""What several tests share: the catalog as YAML, and compiled from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from errdex.catalog.compile import compile_source
from errdex.catalog.compiled import Rules
from errdex.catalog.source import Source, load
from errdex.classifier import Catalog

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def source() -> Source:
    return load(ROOT / "catalog")


@pytest.fixture(scope="session")
def catalog(source: Source) -> Catalog:
    """The catalog as its YAML is now, whatever was installed."""
    rules, pages = compile_source(source)
    return Catalog(Rules(rules), pages)
