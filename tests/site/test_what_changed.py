"""Pages say since when an entry exists and when its verdict changed; a page and a feed list the releases."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

from errdex.authoring.history import History
from errdex.authoring.overlay import load_alone
from errdex.changes.compare import release
from errdex.changes.facts import Snapshot
from errdex.changes.sources import of_folder
from errdex.site import SiteCatalog, render
from tests.acme_catalog import changed, write

ATOM = "{http://www.w3.org/2005/Atom}"
NOT = changed("rate_limit", "rate_limit\n  retryable: false\n  action: wait")


def texts_of(folder: Path, told: History | None) -> dict[str, str]:
    if told:
        (folder / "history.jsonl").write_text(told.dump(), encoding="utf-8")
    return render(SiteCatalog(*load_alone(folder)))


def test_an_entry_of_no_release(texts: dict[str, str]) -> None:
    """Nothing of the built-in catalog was released before its first version."""
    assert "new in 0.1.0, not released yet" in texts["errors/cohere/prompt-too-long.md"]
    feed = ElementTree.fromstring(texts["errors/what-changed.xml"])
    assert feed.findall(f"{ATOM}entry") == []
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", feed.findtext(f"{ATOM}updated") or "")
    assert "None has been made yet" in texts["errors/what-changed.md"]


def test_a_changed_verdict(tmp_path: Path) -> None:
    told = History()
    release(told, of_folder(write(tmp_path)), "1.0", "2026-12-01")
    release(told, of_folder(write(tmp_path, entry=NOT)), "1.1", "2026-12-09")
    texts = texts_of(tmp_path, told)
    page = texts["errors/acme/slots-busy.md"]
    assert "since 1.0 · verdict changed in 1.1: retry → do not retry\n" in page
    assert "since 1.0\n" in texts["errors/acme/429.md"]
    changes = texts["errors/what-changed.md"]
    assert changes.index("## 1.1, 2026-12-09") < changes.index("## 1.0, 2026-12-01")
    assert "[<code>acme/slots-busy</code>](acme/slots-busy.md): retry → do not retry" in changes
    feed = ElementTree.fromstring(texts["errors/what-changed.xml"])
    assert feed.findtext(f"{ATOM}updated") == "2026-12-09T00:00:00Z"
    first, second = feed.findall(f"{ATOM}entry")
    assert first.findtext(f"{ATOM}title") == "1.1: 1 × other verdict"
    assert "retry → do not retry" in (first.findtext(f"{ATOM}content") or "")
    assert second.findtext(f"{ATOM}content") == "- New providers: Acme."
    ids = [found.text for found in feed.iter(f"{ATOM}id")]
    assert len({*ids}) == 3


def test_an_id_of_a_stranger_is_no_markup(tmp_path: Path) -> None:
    """What is gone is known from the history alone, which may hold anything."""
    told = History()
    facts = {"category": "billing", "retryable": False, "messages": []}
    hostile = '<b>&"`](x)\x01'
    release(told, Snapshot({hostile: facts, "a/b": facts}), "1.0", "2026-12-01")
    release(told, Snapshot({"a/b": facts | {"withdrawn": True, "replaced_by": hostile}}), "1.1", "2026-12-01")
    texts = texts_of(write(tmp_path), told)
    ElementTree.fromstring(texts["errors/what-changed.xml"])
    assert "<b>" not in texts["errors/what-changed.md"]


def test_a_catalog_without_a_history(tmp_path: Path) -> None:
    texts = texts_of(write(tmp_path), None)
    assert "what-changed" not in "".join(texts)
    assert "since" not in texts["errors/acme/slots-busy.md"]
