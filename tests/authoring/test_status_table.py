"""A table of statuses: its rows are the provider's defaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from errdex.authoring.source import load
from errdex.lint.checks import lint
from tests.own_catalog import ENTRY, TABLE, own_catalog


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return own_catalog(tmp_path)


def test_rows_of_statuses_are_entries(folder: Path) -> None:
    """A row has its id, kind, match and example by its status, and the keys at the top unless it has its own."""
    entries = load(folder).entries
    one, other = entries["acme/409"], entries["acme/429"]
    assert [(entry.kind, entry.status, entry.provenance) for entry in (one, other)] == [
        ("default", 409, "observed"),
        ("default", 429, "documented"),
    ]
    assert [item.status for item in other.match] == [429]
    assert one.sources == other.sources == ["https://example.com/widgets"]
    assert [example if isinstance(example, str) else example.raw for example in other.examples] == [
        "HTTP/1.1 429 Too Many Requests"
    ]
    assert load(folder).places["acme/429"].at().line == TABLE[: TABLE.index("429:")].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "place", "words"),
    [
        ("  409:\n", "  409:\n    id: acme/conflict\n", "6:5", "`id` in the row 409 follows from the status"),
        ("  409:", "  499x:", "5:3", "`499x` is not a status"),
        ("verified: 2026", "checked: 2026", "3:1", "unknown key `checked`; a status table has the keys"),
        (
            "provenance: observed",
            "provenance: rumoured",
            "1:13",
            "`provenance` must be one of `documented`, `observed`, not 'rumoured'",
        ),
        ("    fix: Wait a minute, then ask again.\n", "", "11:3", "`fix` is missing"),
        ("statuses:", "rows:", "1:1", "`statuses` is missing"),
        ("  429:\n", "  409:\n", "11:3", "duplicate key '409'"),
    ],
)
def test_mistakes_in_a_table_have_their_place(old: str, new: str, place: str, words: str, folder: Path) -> None:
    """A mistake in a row or in a shared key is reported where it stands."""
    path = folder / "acme" / "statuses.yaml"
    path.write_text(TABLE.replace(old, new, 1))
    assert any(str(issue).startswith(f"{path}:{place}: {words}") for issue in lint(folder).issues), lint(folder).issues


def test_defaults_stand_in_the_table(folder: Path) -> None:
    """There is one way to write a default."""
    path = folder / "acme" / "widgets.yaml"
    path.write_text(ENTRY.replace("  status: 409\n", "  kind: default\n  status: 409\n"))
    assert [str(issue) for issue in lint(folder).issues] == [
        f"{path}:3:9: `kind`: a default must be a row of the table in statuses.yaml, not an entry in a list [schema]"
    ]
