"""The data for programs."""

from __future__ import annotations

import json

from errdex.site import SiteCatalog


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
