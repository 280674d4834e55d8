"""A broken catalog is refused as a whole, with every mistake in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from errdex.authoring.source import load, read
from errdex.model.errors import CatalogError
from tests.own_catalog import BROKEN


def test_every_mistake_has_its_place(tmp_path: Path) -> None:
    """All mistakes of all files are reported in one run, and nothing is loaded."""
    (tmp_path / "acme").mkdir()
    path = tmp_path / "acme" / "widgets.yaml"
    path.write_text(BROKEN)
    (tmp_path / "acme" / "other.yaml").write_text("- [not, closed\n")
    (tmp_path / "acme" / "alias.yaml").write_text("- &a {id: x}\n- *a\n")
    with pytest.raises(CatalogError) as caught:
        load(tmp_path)
    said = [str(issue) for issue in caught.value.issues]
    for place, words in (
        (f"{path}:3:13", "category"),
        (f"{path}:4:3", "mesages"),
        (f"{path}:5:14", "{name}"),
        (f"{path}:8:3", "duplicate "),
        (f"{path}:11:13", "sources"),
        (f"{path}:12:13", "verified"),
    ):
        assert any(line.startswith(place) and words in line for line in said), (place, said)
    assert any("other.yaml" in line and "not valid YAML" in line for line in said)
    assert any("alias.yaml:2" in line for line in said)


def test_sizes_are_limited(tmp_path: Path) -> None:
    """A file that is too large is refused, not read."""
    (tmp_path / "big.yaml").write_text("#" * 2_000_001)
    _, issues = read(tmp_path)
    assert [issue.code for issue in issues] == ["file-size"]
