"""The compiled catalog, and whether it is still that of the YAML."""

from __future__ import annotations

from errdex.rules import compiled


def test_a_changed_checkout_is_noticed(tmp_path, monkeypatch) -> None:
    """YAML that is not what was compiled is seen; an installed package has none to compare."""
    catalog, data = tmp_path / "catalog", tmp_path / "data"
    catalog.mkdir()
    data.mkdir()
    (catalog / "a.yaml").write_text("[]")
    assert compiled.is_stale(data, catalog)
    import json

    (data / compiled.SOURCES).write_text(json.dumps(compiled.fingerprint(catalog)))
    assert not compiled.is_stale(data, catalog)
    (catalog / "a.yaml").write_text("[1]")
    assert compiled.is_stale(data, catalog)
    assert not compiled.is_stale(data, tmp_path / "nowhere")
