"""`errdex lint`, `errdex build` and `errdex schema`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.command import run


def test_schema_is_current() -> None:
    """The schema that editors use is what the models say."""
    assert run("schema", "--out", "catalog/schema.json", "--check").returncode == 0


def test_lint_and_build(tmp_path: Path) -> None:
    """The shipped catalog is clean, and builds to the same bytes twice."""
    assert run("lint", "catalog", "--strict").returncode == 0
    assert run("build", "catalog", "--out", str(tmp_path / "a")).returncode == 0
    assert run("build", "catalog", "--out", str(tmp_path / "a"), "--check").returncode == 0
    assert run("build", "catalog", "--out", str(tmp_path / "b")).returncode == 0
    for name in ("rules.json", "pages.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    (tmp_path / "a" / "rules.json").write_text("{}")
    done = run("build", "catalog", "--out", str(tmp_path / "a"), "--check")
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
