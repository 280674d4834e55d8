"""What the tests of the site share: its pages, the built site, a browser."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from errdex.site import SiteCatalog, render
from tests import ROOT


@pytest.fixture(scope="session")
def book() -> SiteCatalog:
    return SiteCatalog.load()


@pytest.fixture(scope="session")
def texts(book: SiteCatalog) -> dict[str, str]:
    return render(book)


def build_site(folder: Path, offline: bool = False) -> Path:
    """Build the site, strictly."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    online = str(not offline).lower()
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DIRECTORY_URLS": online, "SEARCH": online}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def built_once(name: str, folders: pytest.TempPathFactory, worker: str, offline: bool) -> Path:
    """Return the folder of a site, which the first process that needs it builds for all."""
    root = folders.getbasetemp() if worker == "master" else folders.getbasetemp().parent
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = root / name
        if not folder.exists():
            build_site(root / f"{name}.part", offline).rename(folder)
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder of the built site."""
    return built_once("site", tmp_path_factory, worker_id, offline=False)


@pytest.fixture(scope="session")
def built_for_files(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder of the site that is read from the file system."""
    return built_once("files", tmp_path_factory, worker_id, offline=True)


class _Handler(SimpleHTTPRequestHandler):
    """Serves files as a server does whose visitors keep connections and copies."""

    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


class _WithoutSearch(_Handler):
    """Gives each page a search of one entry: on every page anew, the browser would index all."""

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.replace("/search/search_index.json", "/search/one.json"))


@contextmanager
def served(folder: Path, handler: type[_Handler]) -> Iterator[str]:
    """Serve a folder; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="session")
def site(built: Path) -> Iterator[str]:
    """Serve the built site; return its address."""
    with served(built, _Handler) as address:
        yield address


@pytest.fixture
def site_without_search(built: Path) -> Iterator[str]:
    """Serve the built site to who opens many of its pages; return its address."""
    index = json.loads((built / "search" / "search_index.json").read_text("utf-8"))
    (built / "search" / "one.json").write_text(json.dumps({**index, "docs": index["docs"][:1]}), "utf-8")
    with served(built, _WithoutSearch) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the Chromium of this machine."""
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
