"""What most tests share: the catalog as YAML, compiled from it, and its messages."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Protocol, TypeVar

import pytest
from hypothesis import settings

from errdex.authoring import overlay
from errdex.authoring.compiler import compile_source
from errdex.authoring.source import Source, load
from errdex.classifier import safety_net
from errdex.classifier.catalog import Catalog
from errdex.rules.compiled import Rules
from tests import ROOT
from tests.catalog.messages import Message, messages

safety_net.is_open = True  # a fault of our own fails a test

T = TypeVar("T")
if (
    signal.getsignal(signal.SIGINT) is signal.SIG_IGN
):  # as shells start what runs in their background; children inherit it
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--thorough",
        action="store_true",
        help="twenty times the examples, every message in every wrapper, and every page in the browser",
    )


def pytest_configure(config: pytest.Config) -> None:
    settings.register_profile("quick", deadline=None, max_examples=50)
    settings.register_profile("thorough", deadline=None, max_examples=1_000)
    settings.load_profile("thorough" if config.getoption("thorough") else "quick")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that several processes end at the same time."""
    items.sort(key=lambda item: not item.nodeid.startswith(("tests/site/", "tests/engines/")))


@pytest.fixture(scope="session", autouse=True)
def _own_caches(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is kept for later starts is not left behind."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("caches")))
        yield


@pytest.fixture(scope="session", autouse=True)
def _ours_are_read_once() -> Iterator[None]:
    """The built-in entries are the same for each of the hundreds of small catalogs that lie over them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overlay, "ours", cache(overlay.ours))
        yield


@pytest.fixture(scope="session")
def source() -> Source:
    return load(ROOT / "catalog")


@pytest.fixture(scope="session")
def catalog(source: Source) -> Catalog:
    """The catalog as its YAML is now, whatever was installed."""
    rules, pages = compile_source(source)
    return Catalog(Rules(rules), pages)


@pytest.fixture(scope="session")
def messages_found(source: Source, catalog: Catalog) -> tuple[list[Message], list[str]]:
    """The messages of the catalog, and the templates of which none was found."""
    return messages(source, catalog)


@pytest.fixture(scope="session")
def every_message(messages_found: tuple[list[Message], list[str]]) -> list[Message]:
    found, _ = messages_found
    assert len(found) > 900, "a change that leaves few messages to test must be noticed"
    return found


class Share(Protocol):
    def __call__(self, items: Sequence[T], case: int, parts: int = 8) -> Sequence[T]: ...


@pytest.fixture(scope="session")
def share(pytestconfig: pytest.Config) -> Share:
    """Return what deals out a list to the cases of a test, where every case with all of it would take too long.

    Each gets every eighth item, so that eight neighbouring cases see the whole list; with `--thorough` each gets all.
    """

    def part(items: Sequence[T], case: int, parts: int = 8) -> Sequence[T]:
        parts = 1 if pytestconfig.getoption("thorough") else parts
        return items[case % parts :: parts]

    return part


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Start the Chromium of this machine, one for all tests of a process: Playwright starts only once in it."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium: apt-get install chromium")
        pytest.skip("no Chromium on this machine")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"]
    flags += ["--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=flags)
        yield started
        started.close()
