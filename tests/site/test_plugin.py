"""The site as mkdocs builds it: ours, and somebody else's with the plugin."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

from errdex.site import SiteCatalog
from tests.site.ours import own_catalog


def test_mkdocs_builds_the_same_pages_without_a_warning(built: Path, texts: dict[str, str]) -> None:
    for path in texts:
        if path.endswith(".md"):
            page = path.removesuffix(".md").removesuffix("/index") + "/index.html"
            assert (built / page).exists(), page
        else:
            assert (built / path).read_text("utf-8") == texts[path]
    assert len([*built.glob("errors/**/index.html")]) == sum(path.endswith(".md") for path in texts)


ASKING = re.compile(r"<(?:script|img|iframe|source|link)\b[^>]*>")
"""Tags for which a page asks by itself, and links to other pages."""
LINK = re.compile(r"""\srel=["']?(?:canonical|edit|next|prev|alternate)\b""")
ADDRESS = re.compile(r"""\s(?:src|href)=["']?([^"'\s>]+)""")


def test_pages_have_one_heading_and_ask_no_other_host(built: Path) -> None:
    """Every page, as it was written."""
    asked, wrong = 0, []
    for page in built.glob("**/index.html"):
        text = page.read_text("utf-8")
        if len(re.findall(r"<h1[\s>]", text)) != 1:
            wrong.append((page, "h1"))
        found = [ADDRESS.search(tag) for tag in ASKING.findall(text) if not LINK.search(tag)]
        addresses = [address[1] for address in found if address]
        asked += len(addresses)
        wrong += [(page, address) for address in addresses if re.match(r"(?:https?:)?//", address)]
    assert wrong == []
    assert asked > 5_000


def test_unlisted_pages_are_in_the_search_and_not_in_the_navigation(built: Path, texts: dict[str, str]) -> None:
    """The entries by data of their own; the theme's index, which comes with each page, is empty."""
    assert json.loads((built / "search" / "search_index.json").read_text("utf-8"))["docs"] == []
    assert "past the per minute request limit" in texts["assets/errdex/search-entries.js"]
    script = (built / "assets" / "errdex" / "search-pages.js").read_text("utf-8")
    pages = json.loads(script.partition(" = ")[2].rstrip(";\n"))["pages"]
    assert any(page["location"].startswith("retries/#") for page in pages)
    assert not any(page["location"].startswith("errors/") for page in pages)
    home = (built / "index.html").read_text("utf-8")
    assert "model-not-found" not in home
    assert '"search": "assets/errdex/search_worker.js"' in home


def test_the_home_page_draws_what_the_catalog_covers(built: Path, book: SiteCatalog) -> None:
    figure = (built / "index.html").read_text("utf-8").partition('<figure class="errdex-coverage">')[2]
    figure = figure.partition("</figure>")[0]
    assert {*re.findall(r'href="errors/([\w-]+)/"', figure)} == {page["id"].partition("/")[0] for page in book.errors()}
    pairs = {(page["id"].partition("/")[0], page["category"]) for page in book.errors()}
    assert figure.count("<path") == len(pairs)


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


NAV_LINK = re.compile(r'<a href="([^"]*)" class="md-nav__link')


def test_the_navigation_leads_somewhere_from_every_depth(built: Path) -> None:
    """It is rendered once for all made pages of a depth."""
    pages = [
        "errors/cohere/model-not-found",
        "errors/openai/insufficient-quota",
        "errors/by-status/429",
        "errors/cohere",
    ]
    for page in [*pages, "errors/what-changed", "errors", "retries"]:
        links = NAV_LINK.findall((built / page / "index.html").read_text("utf-8"))
        outside = [link for link in links if not link.startswith("#")]
        assert len(outside) > 15, page
        for link in outside:
            target = (built / page / link).resolve()
            assert target.is_relative_to(built.resolve()), (page, link)
            assert (target / "index.html").exists(), (page, link)
