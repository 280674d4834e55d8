"""`errdex diff`, `errdex history`, and the catalog as one JSON file."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import errdex
from errdex.authoring.history import History, read
from errdex.rules import compiled
from tests import ROOT
from tests.acme_catalog import changed, write
from tests.cli.command import run

NOT = changed("rate_limit", "rate_limit\n  retryable: false\n  action: wait")


def two(folder: Path) -> tuple[str, str]:
    for name in "ab":
        (folder / name).mkdir()
    return str(write(folder / "a")), str(write(folder / "b", entry=NOT))


def test_diff_of_folders(tmp_path: Path) -> None:
    old, new = two(tmp_path)
    done = run("diff", old, new)
    assert (done.returncode, done.stdout) == (1, "verdict    acme/slots-busy  retry → do not retry\n")
    assert done.stderr == "1 × other verdict\n"
    assert run("diff", old, old).returncode == 0
    assert (
        run("diff", "--markdown", old, new).stdout
        == "- Other verdict:\n    - `acme/slots-busy`: retry → do not retry\n"
    )
    assert json.loads(run("diff", "--json", old, new).stdout) == {
        "schema": 1,
        "change": "verdict",
        "entry": "acme/slots-busy",
        "old": {"retryable": True, "retry_after": None},
        "new": {"retryable": False, "retry_after": None},
    }


def test_diff_of_a_revision(tmp_path: Path) -> None:
    """Of a catalog that is a folder of the repository, as `catalog` is."""
    folder = tmp_path / "project" / "catalog"
    folder.mkdir(parents=True)
    write(folder)
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", "-C", str(tmp_path / "project")]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "first"], ["tag", "v1"]):
        subprocess.run([*git, *command], check=True, capture_output=True)
    assert run("diff", "v1", str(folder)).returncode == 0
    write(folder, entry=NOT)
    assert run("diff", "v1", str(folder)).stdout.startswith("verdict")
    for wrong in ("v2", "--output=x"):
        done = run("diff", "--", wrong, str(folder))
        assert done.returncode == 2
        assert "no such file or folder" in done.stderr


def test_the_catalog_as_json(tmp_path: Path) -> None:
    """It has a version of its own, holds every entry, and is a state to compare with."""
    assert run("build", "--json", str(tmp_path / "catalog.json")).returncode == 0
    written = json.loads((tmp_path / "catalog.json").read_text("utf-8"))
    schema = json.loads((tmp_path / "catalog.schema.json").read_text("utf-8"))
    assert schema["properties"].keys() == written.keys()
    assert (written["schema"], written["version"]) == (1, errdex.__version__)
    assert run("diff", str(tmp_path / "catalog.json")).returncode == 0
    assert run("diff", str(Path(compiled.DATA, compiled.PAGES))).returncode == 0  # a compiled catalog is one, too
    old, _ = two(tmp_path)
    assert run("build", old, "--json", str(tmp_path / "acme.json")).returncode == 0
    assert json.loads((tmp_path / "acme.json").read_text("utf-8"))["version"] is None


def test_releases(tmp_path: Path) -> None:
    """A release is what the catalog is; then a verdict changes, and an entry must not vanish."""
    folder = write(tmp_path)
    assert run("history", str(folder), "--release", "1.0", "--date", "2026-12-01", "--next", "1.1").returncode == 0
    assert run("history", str(folder)).returncode == 0
    assert run("diff", str(folder / "history.jsonl"), str(folder)).returncode == 0
    assert run("history", str(folder), "--release", "1.0").returncode == 2
    assert run("history", str(folder), "--next", "one more").returncode == 2
    write(folder, entry=NOT)
    assert run("history", str(folder)).stdout.startswith("verdict    acme/slots-busy")
    found = read(folder, [])
    assert found is not None
    assert (found.releases, found.next) == ([("1.0", "2026-12-01")], "1.1")
    (folder / "acme" / "limits.yaml").unlink()
    done = run("history", str(folder), "--check")
    assert (done.returncode, "acme/slots-busy was released and is gone" in done.stderr) == (1, True)


def test_the_changelog(tmp_path: Path) -> None:
    log = tmp_path / "CHANGELOG.md"
    folder = tmp_path / "catalog"
    folder.mkdir()
    write(folder)
    log.write_text("# Log\n")
    assert run("history", str(folder), "--changelog", str(log)).returncode == 2
    log.write_text("# Log\n\n<!-- errdex history: begin -->\n<!-- errdex history: end -->\n")
    assert run("history", str(folder), "--changelog", str(log), "--check").returncode == 1
    assert run("history", str(folder), "--changelog", str(log)).returncode == 0
    assert "- New providers: acme.\n" in log.read_text("utf-8")
    assert run("history", str(folder), "--changelog", str(log), "--check").returncode == 0


def test_ours(tmp_path: Path) -> None:
    """The history and the changelog of this catalog are up to date; what comes next is this version."""
    shutil.copy(ROOT / "catalog" / "history.jsonl", tmp_path)
    found = read(tmp_path, [])
    assert isinstance(found, History)
    assert found.version == errdex.__version__
    assert run("history", "--check", "--changelog", "CHANGELOG.md").returncode == 0
