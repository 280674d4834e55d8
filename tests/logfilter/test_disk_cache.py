"""What is kept on disk for later starts: never anything wrong, whatever becomes of the files."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from errdex.authoring.compiler import compile_source
from errdex.authoring.source import Source
from errdex.classifier.catalog import Catalog
from errdex.logfilter import disk_cache as kept
from errdex.rules.compiled import Rules

hyperscan = pytest.importorskip("hyperscan", reason="hyperscan is not installed: pip install 'errdex[fast]'")
ERROR = b"ERROR: invalid api token\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of what is kept, empty and not yet there."""
    monkeypatch.setattr(kept, "_folder", lambda: str(tmp_path / "caches"))
    return tmp_path / "caches" / "errdex"


def found(catalog: Catalog) -> list[tuple[int, int]]:
    """Return what a new scanner finds."""
    from errdex.logfilter.hyperscan_scanner import HyperscanScanner
    from errdex.logfilter.line_keys import LineKeys

    return HyperscanScanner(LineKeys.of(catalog)).scan(ERROR)


def test_what_was_written_is_read(folder: Path) -> None:
    assert kept.read(b"asked") is None
    kept.write(b"asked", b"made")
    assert kept.read(b"asked") == b"made"
    assert kept.read(b"aske") is None
    kept.write(b"asked", b"made anew")
    assert kept.read(b"asked") == b"made anew"
    assert [path.stat().st_mode & 0o077 for path in (folder.parent / "errdex",)] == [0]


def test_few_files_hold_it(folder: Path) -> None:
    """Another's slot is overwritten, and only what was asked for is read."""
    for number in range(100):
        kept.write(b"%d" % number, b"made %d" % number)
    assert len(list(folder.iterdir())) <= 8
    assert {kept.read(b"%d" % number) for number in range(100)} <= {None, *(b"made %d" % n for n in range(100))}
    assert kept.read(b"99") == b"made 99"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no owners here")
def test_somebody_elses_is_not_trusted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.write(b"asked", b"made")
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    assert kept.read(b"asked") is None


def test_without_a_place_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, catalog: Catalog) -> None:
    """A file stands where the folder should be: nothing is kept, and all is found."""
    (tmp_path / "errdex").write_bytes(b"")
    monkeypatch.setattr(kept, "_folder", lambda: str(tmp_path))
    kept.write(b"asked", b"made")
    assert kept.read(b"asked") is None
    assert found(catalog)


def test_no_home_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_folder", lambda: str(tmp_path / "nobody" / ".cache"))
    kept.write(b"asked", b"made")
    assert not (tmp_path / "nobody").exists()


def test_a_scanner_is_compiled_once(folder: Path, source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    """With two providers, as compiling the keys of all takes seconds."""
    providers = {name: source.providers[name] for name in ("cohere", "http")}
    entries = {name: entry for name, entry in source.entries.items() if entry.provider in providers}
    catalog = Catalog(Rules(compile_source(replace(source, providers=providers, entries=entries))[0]))
    first = found(catalog)
    assert first
    (file,) = folder.iterdir()
    whole = file.read_bytes()

    writes: list[bytes] = []
    with monkeypatch.context() as patch:
        patch.setattr(kept, "write", lambda _, made: writes.append(made))
        assert found(catalog) == first
        assert not writes  # as it would have been, had it compiled
        file.unlink()
        assert found(catalog) == first
        assert len(writes) == 1
    for damaged in (whole[:-100], whole[: len(whole) // 2] + b"\0" * (len(whole) // 2), b"", whole[:20]):
        file.write_bytes(damaged)
        assert found(catalog) == first
        assert file.read_bytes() == whole


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these have places of their own")
def test_where_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert kept._folder() == "/somewhere"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", "/home/me")
    assert kept._folder() == "/home/me/.cache"
