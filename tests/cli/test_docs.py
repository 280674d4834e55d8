"""`errdex docs`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from errdex.site import SiteCatalog, render


def test_errdex_docs_writes_the_same_files(tmp_path: Path) -> None:
    texts = render(SiteCatalog.load())
    done = subprocess.run(
        [sys.executable, "-m", "errdex", "docs", "--out", str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    written = {
        path.relative_to(tmp_path).as_posix(): path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file()
    }
    assert written == texts
    assert f"{len(texts)} files" in done.stderr


def test_errdex_docs_refuses_what_it_cannot_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    command = [sys.executable, "-m", "errdex", "docs", "--out"]
    done = subprocess.run([*command, str(tmp_path / "file")], capture_output=True, text=True, check=False)
    assert (done.returncode, "is not a folder" in done.stderr) == (2, True)
    done = subprocess.run(
        [*command, str(tmp_path), "--catalog", str(tmp_path / "no")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "no such folder" in done.stderr
