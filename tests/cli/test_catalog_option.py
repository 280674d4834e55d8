"""`--catalog`: a user's own catalog on the command line."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import run
from tests.own_catalog import BROKEN


def test_broken_catalog_on_the_command_line(tmp_path: Path) -> None:
    """The same on the command line: every mistake, exit status 2, no answer."""
    (tmp_path / "widgets.yaml").write_text(BROKEN)
    done = run("classify", "--catalog", str(tmp_path), "invalid api token")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "widgets.yaml:3:13" in done.stderr
    assert "was not loaded" in done.stderr
    assert run("lint", str(tmp_path)).returncode == 2
