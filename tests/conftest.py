"""What several tests share: the catalog as YAML, and compiled from it."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from errdex.authoring.compiler import compile_source
from errdex.authoring.source import Source, load
from errdex.classifier.catalog import Catalog
from errdex.rules.compiled import Rules
from tests import ROOT

if (
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN
):  # as shells start what runs in their background; children inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _own_caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is kept for later starts is not left behind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
        yield


@pytest.fixture(scope="session")
def source() -> Source:
    return load(ROOT / "catalog")


@pytest.fixture(scope="session")
def catalog(source: Source) -> Catalog:
    """The catalog as its YAML is now, whatever was installed."""
    rules, pages = compile_source(source)
    return Catalog(Rules(rules), pages)
