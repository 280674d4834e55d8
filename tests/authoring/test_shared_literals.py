"""Cut messages that two providers share."""

from __future__ import annotations

from pathlib import Path

import pytest

from errdex.classifier.catalog import Catalog
from tests.own_catalog import ENTRY, PROVIDER, own_catalog


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return own_catalog(tmp_path)


def test_a_cut_text_that_two_providers_share(folder: Path) -> None:
    """Another provider's texts change nothing where it is known whose error it is; where it is not, nobody's decides."""
    (folder / "zebra").mkdir()
    (folder / "zebra" / "provider.yaml").write_text(PROVIDER.replace("acme", "zebra").replace("Acme", "Zebra"))
    text = "widget {name:name} is jammed at step {step:int}, send for a mechanic"
    other = ENTRY.replace("acme/widget-jammed", "zebra/widget-stuck").replace(
        "call the operator", "send for a mechanic"
    )
    assert text in other
    (folder / "zebra" / "widgets.yaml").write_text(other)
    catalog = Catalog.load(folder)
    cut = "widget 'w 1' is jammed at step 7,"
    assert catalog.classify(cut).entry is None
    assert catalog.classify(cut, provider="acme").entry == "acme/widget-jammed"
    assert catalog.classify(f"Zebra error: {cut}").entry == "zebra/widget-stuck"
    assert catalog.classify(f"{cut} send for a mechanic").entry == "zebra/widget-stuck"
