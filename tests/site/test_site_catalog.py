"""The site of somebody's own catalog."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import errdex
from errdex.site import SiteCatalog, render
from tests.site.ours import own_catalog


def test_your_own_catalog(tmp_path: Path) -> None:
    """Only your pages; links to built-in entries go to their own site, edit links where you say."""
    folder = own_catalog(tmp_path)
    texts = render(SiteCatalog.load(folder, "faults", "https://git.test/{path}:{line}"))
    pages = {path for path in texts if path.endswith(".md")}
    assert pages == {
        *("faults/index.md", "faults/ours/index.md", "faults/ours/too-large.md", "faults/by-status/index.md"),
        *("faults/by-status/413.md", "faults/by-category/index.md", "faults/by-category/invalid_request.md"),
    }
    page = texts["faults/ours/too-large.md"]
    assert "https://git.test/ours/errors.yaml:1" in page
    assert "const OURS = false;" in texts["assets/errdex/errdex.js"]
    assert texts["llms.txt"].startswith("# Errors of Our API\n")
    assert "# The picture is <code>too large</code> &#124; for us" in page
    everything = render(SiteCatalog.load(folder, everything=True))
    assert "errors/ours/too-large.md" in everything
    assert "../http/413.md" in everything["errors/ours/too-large.md"]
    assert "errors/cohere/model-not-found.md" in everything


@pytest.mark.parametrize("folder", ["", "/", "..", "../x", "a//b", "a/../b"])
def test_pages_stay_below_their_folder(folder: str, tmp_path: Path) -> None:
    with pytest.raises(errdex.ErrdexError, match="is not a folder for pages"):
        SiteCatalog.load(folder=folder)
    command = [sys.executable, "-m", "errdex", "docs", "--out", str(tmp_path / "out"), "--folder", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, [*tmp_path.iterdir()]) == (2, [])
