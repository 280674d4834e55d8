"""Where the state of a catalog is read from: a folder of YAML, a release file, a history, or a revision of git."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tarfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from errdex.authoring import history
from errdex.authoring.compiler import page_of
from errdex.authoring.source import load
from errdex.changes.facts import Snapshot
from errdex.model.errors import CatalogError, ErrdexError
from errdex.rules import compiled


def snapshot(given: str, beside: Path) -> Snapshot:
    """Return the state that an argument names.

    Args:
        given: A folder of YAML, a JSON file (a release of the catalog, or `pages.json` of a compiled one), a
            `history.jsonl` (the last release), or a revision of git.
        beside: The folder of YAML whose revision is meant.

    Raises:
        ErrdexError: It is none of these, or git does not know it.
        CatalogError: The YAML has mistakes.
    """
    path = Path(given)
    if path.is_dir():
        return of_folder(path)
    if path.name == history.NAME and path.is_file():
        return of_history(path)
    if path.is_file():
        return _of_json(path)
    return _of_revision(given, beside)


def built_in() -> Snapshot:
    """Return the state of the catalog that came with this package."""
    return _of_pages(compiled.read_pages()["entries"].values())


def of_folder(folder: Path) -> Snapshot:
    """Return the state of a folder of YAML.

    Raises:
        CatalogError: The YAML has mistakes.
    """
    return _of_pages(map(page_of, load(folder).entries.values()))


def of_history(path: Path) -> Snapshot:
    """Return the state at the last release of a history, without titles and messages.

    Raises:
        CatalogError: The file has mistakes.
    """
    found = read_history(path.parent)
    return Snapshot(dict(found.facts))


def read_history(folder: Path) -> history.History:
    """Return the history in a catalog's folder; an empty one if it has none.

    Raises:
        CatalogError: The file has mistakes.
    """
    issues: list[Any] = []
    found = history.read(folder, issues)
    if issues:
        raise CatalogError(issues)
    return found or history.History()


def _of_pages(pages: Any) -> Snapshot:
    found = Snapshot()
    for page in pages:
        found.add(page)
    return found


def _of_json(path: Path) -> Snapshot:
    try:
        entries = json.loads(path.read_bytes())["entries"]
        if isinstance(entries, dict):  # as in a compiled catalog
            entries = compiled.entries_of(entries).values()
        return _of_pages(entries)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ErrdexError(f"{path}: not a release of a catalog; it must be JSON as the site's catalog.json") from None


def _of_revision(revision: str, folder: Path) -> Snapshot:
    git = shutil.which("git")
    if git is None or not folder.is_dir():
        raise ErrdexError(f"{revision}: no such file or folder")
    command = [git, "-C", str(folder), "archive", "--format=tar", "--end-of-options", revision, "."]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().split("\n")[0]
        raise ErrdexError(f"{revision}: no such file or folder, and no revision of {folder}: {said}")
    with TemporaryDirectory() as copy:
        with tarfile.open(fileobj=io.BytesIO(done.stdout)) as archive:
            archive.extractall(copy, filter="data")
        return of_folder(Path(copy))
