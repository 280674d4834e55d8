"""The search finds every entry by its messages and codes; its scripts run in Node here."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from errdex.rules.normal_form import fold, normalise
from errdex.site import SiteCatalog
from errdex.site.markdown import shown, templates
from errdex.site.search import codes, pages_script
from tests.node import node

RUN = """
const fs = require("fs");
const [folder, queries] = process.argv.slice(2);
globalThis.MiniSearch = require(`${folder}/minisearch.js`);
for (const name of ["search", "search-entries", "search-pages"]) require(`${folder}/${name}.js`);
const search = errdexSearch(MiniSearch, errdexEntries, errdexPages.pages);
const found = JSON.parse(fs.readFileSync(queries, "utf8")).map((query) =>
  search.find(query).slice(0, 30).map(({ document }) => document.entry ?? document.location));
fs.writeFileSync(1, JSON.stringify(found));
"""
PAGES = [
    {"location": "retries/", "title": "Retries", "text": "How often to send a request again, and a circuit breaker."},
    {"location": "retries/#waits", "title": "How long to wait", "text": "Exponential waits with jitter, by tenacity."},
]


def pages_of(script: str) -> list[dict[str, str]]:
    return json.loads(script.partition("=")[2].rstrip(";\n"))["pages"]


def test_other_pages_are_searched_and_shown_without_their_tags() -> None:
    text = "<p><code>a &lt;= b</code>, <em>not</em> <a href='x'>c</a>.</p><pre><code>pip install x\n</code></pre><li>d</li>"
    section = {"location": "a/", "title": "<code>is_outage</code> &amp; others", "text": text, "tags": "x"}
    assert pages_of(pages_script("errors", "/", [section])) == [
        {"location": "a/", "title": "is_outage & others", "text": "a <= b, not c. pip install x d"}
    ]


@pytest.fixture(scope="module")
def folder(texts: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("search")
    for name in ("minisearch.js", "search.js", "search-entries.js"):
        (made / name).write_text(texts[f"assets/errdex/{name}"], encoding="utf-8")
    (made / "search-pages.js").write_text(pages_script("errors", "/", PAGES), encoding="utf-8")
    (made / "run.js").write_text(RUN, encoding="utf-8")
    return made


def found(folder: Path, queries: list[str]) -> list[list[str]]:
    """Return the results of each query, best first: ids of entries, addresses of pages."""
    (folder / "queries.json").write_text(json.dumps(queries), encoding="utf-8")
    command = [node(), str(folder / "run.js"), str(folder), str(folder / "queries.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def wording(message: str) -> str:
    return fold(normalise(message)).rstrip(" .!")


@pytest.mark.parametrize("part", range(2))
def test_a_message_typed_whole_puts_its_entry_among_the_first_three(
    part: int, book: SiteCatalog, folder: Path, pytestconfig: pytest.Config
) -> None:
    """The first message of every third entry, or with `--thorough` each of all, as its page shows it.

    Where more than three entries have the same words as their message or code, and only a status tells them apart, no
    three can be right: they share a place.
    """
    cases = [(page["id"], shown(text)) for page in book.errors() for text in templates(page)]
    owners: dict[str, set[str]] = {}
    for entry, text in [*cases, *((page["id"], code) for page in book.errors() for code in codes(page))]:
        owners.setdefault(wording(text), set()).add(entry)
    assert len(cases) > 5_000
    if not pytestconfig.getoption("thorough"):
        cases = list(dict(reversed(cases)).items())[::3]
    mine = cases[part::2]
    assert len({entry for entry, _ in mine}) > 350
    wrong = []
    for (entry, text), names in zip(mine, found(folder, [text for _, text in mine]), strict=True):
        above = names[: names.index(entry)] if entry in names else names
        if entry not in names or len({*above} - owners[wording(text)]) > 2:
            wrong.append((entry, text, names[:3]))
    assert wrong == []


def test_messages_as_seen_in_errors_find_theirs(book: SiteCatalog, folder: Path) -> None:
    """Raw responses are no messages typed, but most are found too: exceptions, bodies, log lines."""
    cases = [
        (page["id"], example)
        for page in book.errors()
        if templates(page)
        for example in page.get("examples", ())
        if isinstance(example, str)
    ][::5]
    first = [
        entry in names[:3] for (entry, _), names in zip(cases, found(folder, [text for _, text in cases]), strict=True)
    ]
    assert len(first) > 400
    assert sum(first) / len(first) >= 0.96


def test_a_code_finds_each_entry_that_has_it(book: SiteCatalog, folder: Path) -> None:
    owners: dict[str, set[str]] = {}
    for page in book.errors():
        for item in page.get("match", ()):
            if item.keys() == {"code"}:
                owners.setdefault(item["code"].lower(), set()).add(page["id"])
    codes = [code for code, ids in owners.items() if len(ids) <= 10 and not code.isdecimal()]
    assert len(codes) > 300
    results = found(folder, codes)
    wrong = [(code, names[:5]) for code, names in zip(codes, results, strict=True) if not owners[code] <= {*names[:25]}]
    assert wrong == []


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("exceeded your current quota", "openai/insufficient-quota"),
        ("You exceeded your current quota", "openai/insufficient-quota"),
        ("insufficient_quota", "openai/insufficient-quota"),
        ("insufficient_q", "openai/insufficient-quota"),
        ("cohere/model-not-found", "cohere/model-not-found"),
        ("429", "http/429"),
        ("HTTP status 429", "http/429"),
        ("openai 429", "openai/429"),
        ("429 cohere", "cohere/429"),
        ("anthropic overloaded", "anthropic/overloaded-error"),
        ("circuit breaker", "retries/"),
        ("Retries", "retries/"),
        ("jitter tenacity", "retries/#waits"),
    ],
)
def test_what_stands_first(query: str, first: str, folder: Path) -> None:
    assert found(folder, [query])[0][0] == first


def test_parts_of_words_and_nothing(folder: Path) -> None:
    calls, chinese, nothing, empty, hostile = found(
        folder, ["tool_calls", "余额不足", "zzzz xylofrob", " ", "{a:int} " * 400 + "\\" * 500]
    )
    assert all("tool" in name for name in calls[:3])
    assert any(name.startswith(("zhipu/", "newapi/")) for name in chinese[:3])
    assert (nothing, empty) == ([], [])
    assert len(hostile) <= 30
