"""What `render` makes of a catalog: pages, indexes and links between them."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath

import errdex
from errdex.rules.page import statuses
from errdex.site import SiteCatalog, render
from errdex.site.markdown import code
from errdex.site.markdown import message as message_block
from tests import ROOT

LINK = re.compile(r"\]\(([^)\s]+)\)")


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
        outside = re.sub(r"(?ms)^ *(`{3,}).*?^ *\1$|<pre.*?</pre>", "", text)
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
        *("Message", "What it means", "Step by step", "Easily confused with", "Raw responses", "At other providers"),
        "Sources",
    ]
    card = page.partition('<div class="errdex-answer')[2].partition("</div>")[0]
    assert "Replace <var>model</var> by a name from" in card
    assert "model <var>model</var> not found, make sure the correct model ID was used" in page
    assert "<code>model[ \\n](?P&lt;model&gt;" in page
    assert "**do not retry**" in page
    assert page.index("**What else fails:** Every request to this model") < page.index("## Message")
    assert "**What to do next:** Use another model." in page
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
            assert message_block(message) in texts[book.path_of(page["id"])]


def test_withdrawn_and_replaced_entries_say_so(book: SiteCatalog, texts: dict[str, str]) -> None:
    withdrawn = [page for page in book.pages.values() if page.get("withdrawn")]
    replaced = [page for page in book.pages.values() if page.get("replaced_by")]
    assert withdrawn
    assert replaced
    assert all("admonition warning" in texts[book.path_of(page["id"])] for page in [*withdrawn, *replaced])


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
