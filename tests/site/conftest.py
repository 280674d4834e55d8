"""What the tests of the site share: its pages and the built site."""

from __future__ import annotations

import fcntl
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from errdex.site import SiteCatalog, render
from tests import ROOT
from tests.site.ours import own_catalog


@pytest.fixture(scope="session")
def book() -> SiteCatalog:
    return SiteCatalog.load()


@pytest.fixture(scope="session")
def texts(book: SiteCatalog) -> dict[str, str]:
    return render(book)


def build_site(folder: Path, source: Path = ROOT) -> Path:
    """Build a site, strictly."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """Return the folder of the built site, which the first process that needs it builds for all."""
    folders = tmp_path_factory
    root = folders.getbasetemp() if worker_id == "master" else folders.getbasetemp().parent
    with (root / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder = root / "site"
        if not folder.exists():
            build_site(root / "site.part").rename(folder)
    return folder


@pytest.fixture(scope="session")
def built_for_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a site of somebody's own catalog with our theme, which is read from the file system."""
    folder = tmp_path_factory.mktemp("own")
    own_catalog(folder / "catalog")
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text(
        '# Our API\n\n<div class="errdex-box"></div>\n\n[Errors](errors/index.md)\n'
    )
    (folder / "docs" / "pictures.md").write_text("# Pictures\n\n## Formats\n\nA thumbnail is made of each.\n")
    (folder / "mkdocs.yml").write_text(
        "site_name: Ours\nuse_directory_urls: false\ntheme: {name: material, font: false}\n"
        "plugins: [search, errdex: {catalog: catalog, policy: true}]\n"
    )
    return build_site(folder / "site", folder)


class _Handler(SimpleHTTPRequestHandler):
    """Serves files as a server does whose visitors keep connections and copies."""

    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "max-age=600")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        pass


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
