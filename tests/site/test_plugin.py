"""The site as mkdocs builds it: ours, and somebody else's with the plugin."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

from tests.site.ours import own_catalog


class Requests(HTMLParser):
    """Addresses that a page asks for by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in ("script", "img", "iframe", "source") and values.get("src"):
            self.found.append(str(values["src"]))
        if tag == "link" and values.get("rel") in ("stylesheet", "preload", "preconnect", "icon", "prefetch"):
            self.found.append(str(values["href"]))


def test_mkdocs_builds_the_same_pages_without_a_warning(built: Path, texts: dict[str, str]) -> None:
    for path in texts:
        if path.endswith(".md"):
            page = path.removesuffix(".md").removesuffix("/index") + "/index.html"
            assert (built / page).exists(), page
        else:
            assert (built / path).read_text("utf-8") == texts[path]
    assert len([*built.glob("errors/**/index.html")]) == sum(path.endswith(".md") for path in texts)


def test_pages_ask_no_other_host(built: Path) -> None:
    for page in [built / "index.html", *list(built.glob("errors/**/index.html"))[:40], built / "api" / "index.html"]:
        reader = Requests()
        reader.feed(page.read_text("utf-8"))
        assert reader.found
        assert [address for address in reader.found if re.match(r"(?:https?:)?//", address)] == []


def test_unlisted_pages_are_in_the_search_and_not_in_the_navigation(built: Path) -> None:
    index = json.loads((built / "search" / "search_index.json").read_text("utf-8"))
    found = [item for item in index["docs"] if "past the per minute request limit" in item["text"]]
    assert "errors/cohere/requests-per-minute/#message" in [item["location"] for item in found]
    assert "model-not-found" not in (built / "index.html").read_text("utf-8")


def test_the_plugin_in_somebody_elses_site(tmp_path: Path) -> None:
    """Own errors, in an own site without Material, strictly."""
    own_catalog(tmp_path / "catalog")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Our API\n\n[Errors](faults/index.md)\n")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: Ours\ntheme:\n  name: mkdocs\n  highlightjs: false\n"
        "plugins:\n  - search\n  - errdex:\n      catalog: catalog\n      folder: faults\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-d", str(tmp_path / "site")],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Shrink the picture" in (tmp_path / "site" / "faults" / "ours" / "too-large" / "index.html").read_text(
        "utf-8"
    )


def test_a_broken_catalog_stops_the_build_with_its_place(tmp_path: Path) -> None:
    own_catalog(tmp_path / "catalog")
    (tmp_path / "catalog" / "ours" / "errors.yaml").write_text("- id: ours/x\n  title: ''\n")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Ours\n")
    (tmp_path / "mkdocs.yml").write_text("site_name: Ours\nplugins:\n  - errdex:\n      catalog: catalog\n")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(tmp_path / "site")],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert "errors.yaml:1" in done.stderr
