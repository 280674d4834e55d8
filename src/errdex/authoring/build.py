"""Writes the compiled catalog; the same YAML always gives the same bytes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from errdex.authoring.compiler import compile_source
from errdex.authoring.source import load
from errdex.rules import compiled


def build(catalog: Path, out: Path = Path(compiled.DATA)) -> list[Path]:
    """Compile a folder of YAML and write the result.

    Args:
        catalog: The folder of YAML.
        out: Where to write.

    Returns:
        The files written.

    Raises:
        CatalogError: Anything in the YAML is wrong; nothing is written.
    """
    texts = _render(catalog)
    # Not part of the wheel: it lets a checkout notice that its YAML has changed.
    texts[compiled.SOURCES] = _dump(compiled.fingerprint(catalog))
    out.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (out / name).write_text(text, encoding="utf-8")
    return [out / name for name in texts]


def check(catalog: Path, out: Path = Path(compiled.DATA)) -> list[str]:
    """Return the names of the compiled files that are missing or do not match the YAML."""
    return [
        name
        for name, text in _render(catalog).items()
        if not (out / name).exists() or (out / name).read_text(encoding="utf-8") != text
    ]


def _render(catalog: Path) -> dict[str, str]:
    rules, pages = compile_source(load(catalog))
    return {compiled.RULES: compiled.dump_rules(rules), compiled.PAGES: compiled.dump_pages(pages)}


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
