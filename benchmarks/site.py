"""The docs site: how long a strict mkdocs build takes, for generated entries and for the built-in catalog; its box."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.annotate_corpus import generated_entries
from benchmarks.box import box_rows
from benchmarks.timing import Row, row

_GROUP: Final = "site"
_ENTRIES: Final = 1_500
_TARGET: Final = 15.0
_ROOT: Final = Path(__file__).resolve().parents[1]
_CONFIG: Final = """\
site_name: Generated
theme: {name: material, font: false}
plugins: [search, errdex: {catalog: catalog}]
"""


def measure(quick: bool = False) -> list[Row]:
    """Return the rows of this group."""
    rounds = 1 if quick else 3
    with tempfile.TemporaryDirectory() as folder:
        generated = Path(folder, "generated")
        _write(generated)
        out = Path(folder, "site")
        times = [_build(generated, out) for _ in range(rounds)]
        pages = len([*out.glob("errors/**/index.html")])
        rows = [row(_GROUP, f"{_ENTRIES:,} generated entries", "s", times, _TARGET, f"{pages:,} pages")]
        out = Path(folder, "ours")
        times = [_build(_ROOT, out) for _ in range(rounds)]
        pages = len([*out.glob("**/index.html")])
        rows.append(row(_GROUP, "this site", "s", times, 20.0, f"{pages:,} pages, including the guides and the API"))
        return [*rows, *box_rows(out, rounds)]


def _write(folder: Path) -> None:
    """Write a site with nothing but the generated entries."""
    provider = folder / "catalog" / "example"
    provider.mkdir(parents=True)
    about = {"provider": "example", "name": "Example", "docs": "https://example.com/errors"}
    (provider / "provider.yaml").write_text(json.dumps(about), encoding="utf-8")
    entries = generated_entries(_ENTRIES)
    for start in range(0, _ENTRIES, 400):
        text = json.dumps(entries[start : start + 400], indent=0)  # JSON is YAML
        (provider / f"entries-{start}.yaml").write_text(text, encoding="utf-8")
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_text("# Home\n", encoding="utf-8")
    (folder / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")


def _build(folder: Path, out: Path) -> float:
    """Return the seconds that one build takes, including the program's start-up."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(out)]
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, check=True)
    return time.perf_counter() - start
