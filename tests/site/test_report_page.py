"""The page that `errdex report` writes, in a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.cli.test_report import LOG, run


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_in_a_browser(width: int, scheme: str, tmp_path: Path, browser: Browser) -> None:
    """It fits the screen, asks for nothing, and axe finds nothing."""
    out = tmp_path / "r.html"
    run("report", "-o", str(out), stdin="".join(f"{line}\n" for line in LOG))
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    shown = context.new_page()
    asked: list[str] = []
    shown.on("request", lambda request: asked.append(request.url))
    shown.goto(out.as_uri())
    assert asked == [out.as_uri()]
    assert shown.evaluate("document.documentElement.scrollWidth") <= width
    assert shown.locator("svg rect").count() == 4  # hours and their categories
    assert Axe().run(shown).response["violations"] == []
    context.close()
