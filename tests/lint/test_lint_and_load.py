"""Lint says exit status 2 if and only if `Catalog.load` refuses, and both for the same mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from errdex.authoring.overlay import read_over
from errdex.classifier.catalog import Catalog
from errdex.cli import CLEAN, FINDINGS, TROUBLE, main
from errdex.model.errors import CatalogError
from tests.acme_catalog import ENTRY, PROVIDER, TABLE, changed, write

FIX = "  fix: Send the same request again after the time that the message names.\n"
MESSAGE = "all {count:int} slots are busy, next one free in {retry_after:duration}"

BROKEN = {
    "disable a typo": {"settings": "disable: [typo]\n"},
    "disable no list": {"settings": "disable: typo\n"},
    "disable a number": {"settings": "disable: [5]\n"},
    "unknown setting": {"settings": "enable: [acme/slots-busy]\n"},
    "settings are a list": {"settings": "- disable\n"},
    "not YAML": {"entry": "- [not, closed\n"},
    "a colon in a text": {"entry": changed("fix: Send", "fix: Note: send")},
    "an alias": {"entry": changed("title: All", "title: *all")},
    "a key twice": {"entry": changed(FIX, FIX + FIX)},
    "no list": {"entry": "id: acme/slots-busy\n"},
    "an entry of words": {"entry": "- slots busy\n"},
    "unknown key": {"entry": changed("meaning:", "meanin:")},
    "no category": {"entry": changed("  category: rate_limit\n", "")},
    "no such category": {"entry": changed("rate_limit", "rate_limits")},
    "no fix": {"entry": changed(FIX, "")},
    "fix of two lines": {"entry": changed(FIX, '  fix: "Send it.\\nAgain."\n')},
    "nothing to match": {"entry": changed("messages:", "endpoints:")},
    "no such status": {"entry": changed("category:", "status: 42\n  category:")},
    "bad id": {"entry": changed("acme/slots-busy", "acme/Slots_Busy")},
    "another folder's id": {"entry": changed("acme/slots-busy", "cohere/slots-busy")},
    "an id twice": {"entry": ENTRY + ENTRY},
    "unknown kind of hole": {"entry": changed("{count:int}", "{count:integer}")},
    "a lone brace": {"entry": changed("{count:int}", "{count:int")},
    "two holes in a row": {"entry": changed("{count:int} ", "{count:int}{unit:word} ")},
    "a hole twice": {"entry": changed("{count:int} slots", "{count:int} of {count:int} slots")},
    "a template of punctuation": {"entry": changed(MESSAGE, "...")},
    "an empty item": {"entry": changed("messages:", "match: [{}]\n  messages:")},
    "generic without a code": {"entry": changed("messages:", "match: [{status: 429, generic: true}]\n  messages:")},
    "a code without a word": {"entry": changed("messages:", "match: [{code: '--'}]\n  messages:")},
    "a field without a word": {"entry": changed("messages:", "match: [{field: {'--': x}}]\n  messages:")},
    "no such day": {"entry": ENTRY + "  verified: 2026-02-31\n"},
    "no URL": {"entry": ENTRY + "  sources: [example.com]\n"},
    "a guide with a category": {"entry": changed("category:", "kind: guide\n  category:")},
    "a default in a list": {"entry": changed("category:", "kind: default\n  category:")},
    "a wait too long": {"entry": ENTRY + "  retry_after: 601\n"},
    "an example without a text": {"entry": changed('["all 4 slots', '[{text: "all 4 slots').replace('seconds"]', 'seconds"}]')},
    "another provider's provider.yaml": {"provider": changed("acme", "zebra", PROVIDER)},
    "a provider without docs": {"provider": changed("docs: https://example.com/\n", "", PROVIDER)},
    "a name without a word": {"provider": changed("name: Acme", "name: '--'", PROVIDER)},
    "a host without a word": {"provider": PROVIDER + "hosts: ['/']\n"},
    "a head of holes": {"provider": PROVIDER + "heads: ['{code:word}']\n"},
    "a class of no status": {"provider": PROVIDER + "exceptions: {AcmeError: many}\n"},
    "a row of no status": {"table": changed("429", "700", TABLE)},
    "a row of words": {"table": "statuses:\n  429: too many\n"},
    "a row with an id": {"table": changed("    title:", "    id: acme/429\n    title:", TABLE)},
    "a table without rows": {"table": "provenance: observed\n"},
    "a row without a fix": {"table": changed("    fix: Wait a minute, then ask again.\n", "", TABLE)},
}  # fmt: skip

FINE = {
    "as it is": ({}, CLEAN),
    "without a table": ({"table": ""}, CLEAN),
    "with an origin": (
        {"entry": ENTRY + "  provenance: observed\n  sources: [https://example.com/]\n  verified: 2026-11-21\n"},
        CLEAN,
    ),
    "one of ours disabled": ({"settings": "disable: [cohere/no-api-key]\n"}, CLEAN),
    "its own disabled": ({"settings": "disable: [acme/429]\n", "table": changed("    fix", "    examples: []\n    fix", TABLE)}, FINDINGS),
    "related to one of ours": ({"entry": ENTRY + "  related: [http/429]\n"}, CLEAN),
    "a redundant verdict": ({"entry": ENTRY + "  retryable: true\n"}, CLEAN),
    "a name in another script": ({"provider": changed("name: Acme", "name: 状态", PROVIDER)}, CLEAN),
    "a long title": ({"entry": changed("title: All", f"title: {'All' * 40}")}, CLEAN),
    "a long fix": ({"entry": changed("fix: Send", f"fix: {'Wait. ' * 40}Send")}, CLEAN),
    "a short meaning": ({"entry": changed("Every slot of the team works on another request.", "Busy.")}, CLEAN),
    "no example": ({"entry": changed('examples: ["all 4 slots are busy, next one free in 20 seconds"]', "examples: []")}, FINDINGS),
    "an example that fails": ({"entry": changed('["all 4 slots', '["all four slots')}, FINDINGS),
    "a fix with another hole": ({"entry": changed("the time that the message names", "{limit} seconds")}, FINDINGS),
    "a comment in a text": ({"entry": changed("again after", "again in #slots after")}, FINDINGS),
    "no provider.yaml": ({"provider": ""}, FINDINGS),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_load_refuses_lint_refuses(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, **BROKEN[name])
    with pytest.raises(CatalogError) as caught:
        Catalog.load(folder)
    assert main(["lint", str(folder)]) == TROUBLE
    assert capsys.readouterr().out.splitlines() == list(map(str, caught.value.issues))
    assert all(issue.location.path.startswith(str(folder)) for issue in caught.value.issues)


@pytest.mark.parametrize("name", FINE)
def test_what_load_takes_lint_takes(name: str, tmp_path: Path) -> None:
    """Findings and warnings keep nothing from being loaded; only findings count."""
    changes, status = FINE[name]
    folder = write(tmp_path, **changes)
    if changes.get("provider") == "":
        (folder / "acme" / "provider.yaml").unlink()
    assert "acme/slots-busy" in {entry.id for entry in Catalog.load(folder).entries}
    assert main(["lint", str(folder)]) == status


def test_a_folder_without_a_catalog(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(CatalogError):
            Catalog.load(folder)
        assert read_over(folder)[1]
    assert main(["lint", str(tmp_path)]) == TROUBLE


def test_a_file_too_large(tmp_path: Path) -> None:
    folder = write(tmp_path, entry=ENTRY + "#" * 2_000_000)
    with pytest.raises(CatalogError, match="file-size"):
        Catalog.load(folder)
    assert main(["lint", str(folder)]) == TROUBLE
