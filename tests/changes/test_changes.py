"""What changed between two states of a catalog: every kind of change, its words, and the history of releases."""

from __future__ import annotations

from pathlib import Path

import pytest

from errdex.authoring import history
from errdex.changes import listing
from errdex.changes.compare import compare, counts, release
from errdex.changes.facts import Snapshot
from errdex.changes.sources import of_folder, of_history, snapshot
from errdex.model.errors import CatalogError, ErrdexError, Issue
from tests.acme_catalog import ENTRY, changed, write

SECOND = ENTRY.replace("slots-busy", "rooms-busy").replace("slots", "rooms")


def state(folder: Path, entry: str) -> Snapshot:
    folder.mkdir(exist_ok=True)
    return of_folder(write(folder, entry=entry))


@pytest.mark.parametrize(
    ("entry", "kind", "old", "new", "told"),
    [
        (
            changed("category: rate_limit", "category: overloaded\n  scope: account\n  action: wait"),
            "category",
            {"category": "rate_limit"},
            {"category": "overloaded"},
            "rate_limit → overloaded",
        ),
        (
            changed("rate_limit", "rate_limit\n  retryable: false\n  action: wait"),
            "verdict",
            {"retryable": True, "retry_after": None},
            {"retryable": False, "retry_after": None},
            "retry → do not retry",
        ),
        (
            changed("rate_limit", "rate_limit\n  retry_after: 20"),
            "verdict",
            {"retryable": True, "retry_after": None},
            {"retryable": True, "retry_after": 20.0},
            "retry → retry after 20 s",
        ),
        (
            changed("rate_limit", "rate_limit\n  scope: model"),
            "advice",
            {"scope": "account", "action": "wait"},
            {"scope": "model", "action": "wait"},
            "account → model",
        ),
        (
            changed("messages: [", 'messages: ["no slot of the team is free now", '),
            "messages",
            {"messages": []},
            {"messages": ["no slot of the team is free now"]},
            "1 new",
        ),
        (
            changed("rate_limit", "rate_limit\n  withdrawn: true\n  replaced_by: acme/429"),
            "withdrawn",
            {},
            {"replaced_by": "acme/429"},
            "replaced by acme/429",
        ),
    ],
)
def test_a_change(tmp_path: Path, entry: str, kind: str, old: object, new: object, told: str) -> None:
    """Each kind by itself, and nothing beside it."""
    before, after = state(tmp_path / "a", ENTRY), state(tmp_path / "b", entry)
    (change,) = compare(before, after)
    assert change == (kind, "acme/slots-busy", old, new)
    assert listing.told(change, after) == told
    assert compare(after, after) == []


def test_new_and_gone(tmp_path: Path) -> None:
    before, after = state(tmp_path / "a", ENTRY), state(tmp_path / "b", ENTRY + SECOND)
    assert counts(compare(before, after)) == {"added": 1}
    assert counts(compare(after, before)) == {"gone": 1}
    assert listing.markdown(compare(before, after), before, after) == ["- New, acme: `acme/rooms-busy`."]
    assert listing.markdown(compare(Snapshot(), after), Snapshot(), after) == ["- New providers: acme."]


def test_releases(tmp_path: Path) -> None:
    """The file alone tells what was released when, and reads as it was written."""
    first, second = state(tmp_path / "a", ENTRY), state(tmp_path / "b", ENTRY + SECOND)
    third = state(tmp_path / "c", changed("rate_limit", "rate_limit\n  retryable: false\n  action: wait"))
    told = history.History("0.1.0")
    for version, now in (("0.1.0", first), ("0.2.0", second), ("0.3.0", third)):
        release(told, now, version, "2026-12-01")
    (tmp_path / history.NAME).write_text(told.dump())
    found = history.read(tmp_path, [])
    assert found == told
    assert found.since == {"acme/429": "0.1.0", "acme/slots-busy": "0.1.0", "acme/rooms-busy": "0.2.0"}
    assert [version for version, _, _ in found.verdicts()["acme/slots-busy"]] == ["0.3.0"]
    assert found.verdicts().keys() == {"acme/slots-busy"}
    assert compare(of_history(tmp_path / history.NAME), third) == []
    assert found.version == "0.3.0"


@pytest.mark.parametrize(
    "lines",
    [
        "nonsense",
        '{"catalog": 2, "next": null}',
        '{"catalog": 1, "next": "no version"}',
        '{"catalog": 1, "next": null}\n{"id": "a/b", "facts": null}',
        '{"catalog": 1, "next": null}\n{"release": "1", "date": "yesterday"}',
        '{"catalog": 1, "next": null}\n{"release": "1", "date": "2026-01-01"}\n{"release": "1", "date": "2026-01-01"}',
        '{"catalog": 1, "next": null}\n{"release": "1", "date": "2026-01-01"}\n{"id": "a/b", "facts": {"category": 1}}',
        '{"catalog": 1, "next": null}\n' + "[" * 100_000,
    ],
)
def test_a_wrong_history_is_a_mistake_with_its_place(tmp_path: Path, lines: str) -> None:
    (tmp_path / history.NAME).write_text(lines)
    issues: list[Issue] = []
    history.read(tmp_path, issues)
    assert [issue.location.line for issue in issues] == [lines.count("\n") + 1]
    write(tmp_path)
    with pytest.raises(CatalogError):
        of_folder(tmp_path)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"entries": [1]}', '{"entries": {"a/b": {"id": "a/b", "title": ""}}}']
)
def test_what_is_no_release(tmp_path: Path, text: str) -> None:
    (tmp_path / "release.json").write_text(text)
    with pytest.raises(ErrdexError, match="not a release of a catalog"):
        snapshot(str(tmp_path / "release.json"), tmp_path)


def test_a_changelog() -> None:
    text = f"# Log\n{listing.BEGIN}\nold\n{listing.END}\nrest\n"
    assert listing.placed(text, ["new"]) == f"# Log\n{listing.BEGIN}\nnew\n{listing.END}\nrest\n"
    assert listing.placed("# Log\n", ["new"]) is None
