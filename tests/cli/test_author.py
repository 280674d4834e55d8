"""`errdex lint`, `errdex build` and `errdex schema`."""

from __future__ import annotations

from pathlib import Path

from tests.acme_catalog import ENTRY, PROVIDER, write
from tests.cli.command import run


def test_schema_is_current() -> None:
    """The schema that editors use is what the models say."""
    assert run("schema", "--out", "catalog/schema.json", "--check").returncode == 0


def test_lint_and_build(tmp_path: Path) -> None:
    """A clean catalog builds to the same bytes twice, and what is built otherwise is told."""
    folder = str(write(tmp_path / "catalog"))
    assert run("lint", folder, "--strict").returncode == 0
    assert run("build", folder, "--out", str(tmp_path / "a")).returncode == 0
    assert run("build", folder, "--out", str(tmp_path / "a"), "--check").returncode == 0
    assert run("build", folder, "--out", str(tmp_path / "b")).returncode == 0
    for name in ("rules.jsonl", "pages.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    (tmp_path / "a" / "rules.jsonl").write_text("{}")
    done = run("build", folder, "--out", str(tmp_path / "a"), "--check")
    assert done.returncode == 1
    assert "errdex build" in done.stderr


def test_build_does_not_overwrite_the_package(tmp_path: Path) -> None:
    """A catalog of somebody's own is not built into the installed package."""
    done = run("build", str(tmp_path))
    assert done.returncode == 2
    assert "--out" in done.stderr


def test_missing_paths() -> None:
    """A path that is not there is said, not searched around."""
    done = run("lint", "no-such-folder")
    assert done.returncode == 2
    assert "no such file or folder" in done.stderr


def test_lint_stays_in_the_folder_that_it_is_given(tmp_path: Path) -> None:
    """Other people's YAML next to a catalog, or around a flat one, is no part of it."""
    (tmp_path / "schema.json").write_text("{}")
    (tmp_path / "compose.yaml").write_text("services: {}\n")
    (tmp_path / "nested").mkdir()
    done = run("lint", str(write(tmp_path / "nested")))
    assert (done.returncode, done.stdout) == (0, "")
    flat = tmp_path / "project" / "errors"
    flat.mkdir(parents=True)
    (flat.parent / "compose.yaml").write_text("services: {}\n")
    (flat / "provider.yaml").write_text(PROVIDER)
    (flat / "limits.yaml").write_text(ENTRY)
    assert "compose" not in run("lint", str(flat)).stdout


def test_a_file_is_checked_with_the_catalog_around_it(tmp_path: Path) -> None:
    """As the pre-commit hook gives it."""
    folder = write(tmp_path / "catalog")
    (folder / "schema.json").write_text("{}")
    assert run("lint", str(folder / "acme" / "limits.yaml")).stderr.startswith(f"{folder}: ")
    assert run("lint", str(folder / "acme")).stderr.startswith(f"{folder}: ")
