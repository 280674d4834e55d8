"""The paste box of the built site in Chromium: how soon its first answer is there, and how soon the later ones."""

from __future__ import annotations

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from benchmarks.timing import Row, row
from errdex.rules.compiled import read_pages

_GROUP: Final = "site"
_PASTES: Final = 40
_FIRST: Final = 1_500.0
_LATER: Final = 50.0
_TEXT: Final = "invalid%20api%20token"
# The page judges the text in its address as soon as it is loaded.
_WATCH: Final = """
document.addEventListener("errdex:answer", () => {
  globalThis.firstAnswer ??= performance.now();
});
"""
_SINCE_LOAD: Final = """() => new Promise((resolve) => {
  const look = () => {
    if (globalThis.firstAnswer === undefined) setTimeout(look, 10);
    else resolve(firstAnswer - performance.getEntriesByType("navigation")[0].loadEventEnd);
  };
  look();
})"""
_PASTE: Final = """(text) => new Promise((resolve) => {
  const area = document.querySelector("#errdex-text");
  const start = performance.now();
  document.addEventListener("errdex:answer", () => resolve(performance.now() - start), { once: true });
  area.value = text;
  area.dispatchEvent(new Event("input"));
})"""


class _Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def box_rows(site: Path, rounds: int) -> list[Row]:
    """Return the rows for a built site; none without Chromium and Playwright.

    Args:
        site: The folder of the built site.
        rounds: How often the page is loaded by a browser that has nothing of it yet.
    """
    program = shutil.which("chromium") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return []
    if program is None:
        return []
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    first: list[float] = []
    later: list[float] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        for number in range(rounds):
            page = browser.new_page()
            page.add_init_script(_WATCH)
            page.goto(f"http://127.0.0.1:{server.server_port}/#text={_TEXT}")
            first.append(float(page.evaluate(_SINCE_LOAD)))
            if number == rounds - 1:
                later += (float(page.evaluate(_PASTE, text)) for text in _texts())
            page.close()
        browser.close()
    server.shutdown()
    server.server_close()
    return [
        row(
            _GROUP, "the box: first answer after the page's load", "ms", first, _FIRST, "a browser that has nothing yet"
        ),
        row(
            _GROUP, "the box: later answers", "ms", later, _LATER, f"{len(later)} pastes, with the wait for more typing"
        ),
    ]


def _texts() -> list[str]:
    """Return examples spread over the catalog."""
    examples = [page["examples"][0] for page in read_pages()["entries"].values() if page.get("examples")]
    texts = [text for text in examples if isinstance(text, str)]
    return texts[:: max(1, len(texts) // _PASTES)]
