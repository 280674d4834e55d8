"""The site: what `render` makes of a catalog, the plugin, `errdex docs`, and the build by mkdocs."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath

import pytest

import errdex
from errdex.site import SiteCatalog, render
from errdex.site.markdown import code, fenced, prose, shown, titled
from errdex.site.site_catalog import statuses

LINK = re.compile(r"\]\(([^)\s]+)\)")
ROOT = Path(__file__).parents[1]
OWN = """\
- id: ours/too-large
  title: "The picture is `too large` | for us"
  status: 413
  category: invalid_request
  messages: ["picture of {size:int} bytes is too large, at most {most:int} are taken"]
  meaning: The picture has more bytes than the service takes, whatever its format.
  fix: Shrink the picture to {most} bytes.
  examples: ["picture of 12 bytes is too large, at most 10 are taken"]
  provenance: documented
  sources: ["https://ours.test/errors"]
  verified: 2026-11-21
  related: [http/413]
"""


@pytest.fixture(scope="module")
def book() -> SiteCatalog:
    return SiteCatalog.load()


@pytest.fixture(scope="module")
def texts(book: SiteCatalog) -> dict[str, str]:
    return render(book)


def own_catalog(folder: Path) -> Path:
    (folder / "ours").mkdir(parents=True)
    (folder / "ours" / "provider.yaml").write_text("provider: ours\nname: Our API\ndocs: https://ours.test/errors\n")
    (folder / "ours" / "errors.yaml").write_text(OWN, encoding="utf-8")
    return folder


def test_every_entry_has_its_page_and_its_json(book: SiteCatalog, texts: dict[str, str]) -> None:
    entries = book.catalog.pages["entries"]
    assert set(book.pages) == set(entries)
    for name in entries:
        assert f"errors/{name}.md" in texts
        assert json.loads(texts[f"errors/{name}.json"])["id"] == name
    lists = [
        path
        for path in texts
        if path.endswith(".md") and path.removeprefix("errors/").removesuffix(".md") not in entries
    ]
    assert {
        "errors/index.md",
        "errors/cohere/index.md",
        "errors/by-status/429.md",
        "errors/by-category/billing.md",
    } <= set(lists)
    assert len([path for path in texts if path.endswith(".md")]) == len(entries) + len(lists)


def test_it_is_a_pure_function(texts: dict[str, str]) -> None:
    assert render(SiteCatalog.load()) == texts


def test_every_link_between_pages_leads_somewhere(texts: dict[str, str]) -> None:
    checked = 0
    for path, text in texts.items():
        if not path.endswith(".md"):
            continue
        outside = re.sub(r"(?ms)^ *(`{3,}).*?^ *\1$", "", text)
        for link in LINK.findall(outside):
            if re.match(r"https?:|mailto:", link):
                continue
            target = PurePosixPath(path).parent.joinpath(link)
            parts: list[str] = []
            for part in target.parts:
                parts = parts[:-1] if part == ".." else [*parts, part]
            assert "/".join(parts) in texts, (path, link)
            checked += 1
    assert checked > 5_000


def test_a_page_says_everything_in_its_order(book: SiteCatalog, texts: dict[str, str]) -> None:
    page = texts["errors/cohere/model-not-found.md"]
    heads = re.findall(r"(?m)^##+ ([^{\n]*[^ {\n])", re.sub(r"(?ms)^```.*?^```$", "", page))
    assert heads == [
        *("Message", "What it means", "Fix", "Step by step", "Raw responses", "Told apart from", "At other providers"),
        "Sources",
    ]
    assert "model {model} not found, make sure the correct model ID was used" in page
    assert "**do not retry**" in page
    assert "[HTTP 404](../by-status/404.md)" in page
    assert "checked on 2026-11-21" in page
    assert "```python\nfor model in co.models.list" in page
    assert "model-removed.md" in page
    assert re.search(
        r"\[Edit its YAML\]\(https://github\.com/errdex/errdex/blob/main/catalog/cohere/[\w-]+\.yaml#L\d+\)", page
    )
    place = book.source_of("cohere/model-not-found")
    assert place
    file, line = place.partition("/catalog/")[2].split("#L")
    assert (ROOT / "catalog" / file).read_text(encoding="utf-8").splitlines()[
        int(line) - 1
    ] == "- id: cohere/model-not-found"


def test_messages_are_quoted_exactly(book: SiteCatalog, texts: dict[str, str]) -> None:
    for page in book.errors():
        for message in page.get("messages", ()):
            assert f"\n{shown(message).rstrip()}\n" in texts[book.path_of(page["id"])]


def test_withdrawn_and_replaced_entries_say_so(book: SiteCatalog, texts: dict[str, str]) -> None:
    withdrawn = [page for page in book.pages.values() if page.get("withdrawn")]
    replaced = [page for page in book.pages.values() if page.get("replaced_by")]
    assert withdrawn
    assert replaced
    assert all("!!! warning" in texts[book.path_of(page["id"])] for page in [*withdrawn, *replaced])


def test_texts_that_look_alike_are_told_apart_as_classify_does(book: SiteCatalog, texts: dict[str, str]) -> None:
    page = texts["errors/cohere/model-not-found.md"]
    for text in book.pages["cohere/model-not-found"]["counterexamples"]:
        entry = errdex.classify(text).entry
        row = next(line for line in page.splitlines() if line.startswith(f"| {code(text[:200])} |"))
        assert (entry.rpartition("/")[2] if entry else "no entry") in row


def test_the_table_has_all_entries(book: SiteCatalog, texts: dict[str, str]) -> None:
    rows = [line for line in texts["errors/index.md"].splitlines() if line.startswith("| [")]
    assert len(rows) == len([*book.errors()])
    for status in (401, 429, 503):
        listed = texts[f"errors/by-status/{status}.md"]
        assert listed.count("| [") == sum(status in statuses(page) for page in book.errors())


def test_data_for_programs(book: SiteCatalog, texts: dict[str, str]) -> None:
    catalog = json.loads(texts["catalog.json"])
    assert catalog["schema"] == 1
    assert len(catalog["entries"]) == len(book.pages)
    assert all(isinstance(entry["retryable"], bool) for entry in catalog["entries"] if "category" in entry)
    schema = json.loads(texts["schema/catalog-1.json"])
    assert schema["properties"].keys() == catalog.keys()
    shapes = schema["$defs"]
    for kind, items in (("Entry", catalog["entries"]), ("Provider", catalog["providers"])):
        for item in items:
            assert set(shapes[kind]["required"]) <= item.keys() <= shapes[kind]["properties"].keys()
    assert texts["llms.txt"].count("\n- [") == len(book.pages)


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
    with pytest.raises(errdex.ErrdexError, match="is no folder for pages"):
        SiteCatalog.load(folder=folder)
    command = [sys.executable, "-m", "errdex", "docs", "--out", str(tmp_path / "out"), "--folder", folder]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, [*tmp_path.iterdir()]) == (2, [])


def test_words_in_angle_brackets_are_no_markup() -> None:
    assert (
        prose("Send <team>, `<code>` or <https://x.test>; 3 < 4")
        == "Send &lt;team>, `<code>` or <https://x.test>; 3 < 4"
    )
    assert prose("<script>x</script>") == "&lt;script>x&lt;/script>"


def test_markup_in_texts_stays_text() -> None:
    assert code("a|b `c` {d} <img> [x](y) _e_ *f*") == (
        "<code>a&#124;b &#96;c&#96; &#123;d&#125; &#60;img&#62; &#91;x&#93;(y) &#95;e&#95; &#42;f&#42;</code>"
    )
    assert fenced("a ``` b").startswith("````text\n")
    assert titled("no `x_y` here") == "no <code>x&#95;y</code> here"
    assert shown("at {_:int} of {limit:int} in {{braces}}") == "at {…} of {limit} in {braces}"


def test_errdex_docs_writes_the_same_files(texts: dict[str, str], tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "errdex", "docs", "--out", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    written = {
        path.relative_to(tmp_path).as_posix(): path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file()
    }
    assert written == texts
    assert f"{len(texts)} files" in done.stderr


def test_errdex_docs_refuses_what_it_cannot_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    command = [sys.executable, "-m", "errdex", "docs", "--out"]
    done = subprocess.run([*command, str(tmp_path / "file")], capture_output=True, text=True, check=False)
    assert (done.returncode, "is no folder" in done.stderr) == (2, True)
    done = subprocess.run(
        [*command, str(tmp_path), "--catalog", str(tmp_path / "no")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "no such folder" in done.stderr


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
