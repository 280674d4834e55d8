"""`errdex diff` and `errdex history`: what changed in a catalog."""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from pathlib import Path

from errdex.authoring.history import NAME, is_date, is_version
from errdex.changes import listing
from errdex.changes.compare import Change, compare, release
from errdex.changes.facts import Snapshot
from errdex.changes.sources import built_in, of_folder, read_history, snapshot
from errdex.cli import CLEAN, FINDINGS
from errdex.cli.output import JSON_SCHEMA, printable
from errdex.model.errors import ErrdexError
from errdex.model.printable import printable_json
from errdex.rules import compiled


def run(arguments: argparse.Namespace) -> int:
    """Print what changed between two states of a catalog; return the exit status."""
    given = arguments.new
    folder = Path(given) if given and Path(given).is_dir() else Path("catalog")
    old = snapshot(arguments.old, folder)
    new = snapshot(given, folder) if given else built_in()
    return _print(arguments, compare(old, new), old, new)


def history(arguments: argparse.Namespace) -> int:
    """Print what changed in a catalog since its last release, or write a release or the changelog."""
    folder: Path = arguments.catalog
    now, found = of_folder(folder), read_history(folder)
    old = Snapshot(dict(found.facts))
    changes = compare(old, now)
    _check(arguments)
    gone = [change.entry for change in changes if change.kind == "gone"]
    for entry in gone:
        print(f"{folder}: {printable(entry)} was released and is gone; mark it `withdrawn: true`", file=sys.stderr)
    if gone:
        return FINDINGS
    if arguments.changelog:
        return _changelog(arguments, listing.markdown(changes, old, now, _name_of))
    if arguments.release:
        version = arguments.release
        date = arguments.date or datetime.datetime.now(datetime.UTC).date().isoformat()
        if version in found.steps:
            raise ErrdexError(f"{version} was released on {dict(found.releases)[version]}")
        release(found, now, version, date)
    if arguments.next:
        found.next = arguments.next
    if arguments.release or arguments.next:
        path = folder / NAME
        path.write_text(found.dump(), encoding="utf-8")
        print(f"{path}: {len(found.releases)} releases, next {found.next or 'not named yet'}", file=sys.stderr)
        return CLEAN
    if arguments.check:
        return CLEAN
    return _print(arguments, changes, old, now)


def _check(arguments: argparse.Namespace) -> None:
    for version in filter(None, (arguments.release, arguments.next)):
        if not is_version(version):
            raise ErrdexError(f"{version!r} is not a version; give one such as 0.2.0")
    if arguments.date and not is_date(arguments.date):
        raise ErrdexError(f"{arguments.date!r} is not a date; give one such as 2026-12-01")


def _print(arguments: argparse.Namespace, changes: list[Change], old: Snapshot, new: Snapshot) -> int:
    """Print changes in the chosen form; return the exit status."""
    if arguments.markdown:
        print("\n".join(map(printable, listing.markdown(changes, old, new, _name_of))))
    elif arguments.json:
        for change in changes:
            line = json.dumps({"schema": JSON_SCHEMA, **change.to_dict()}, ensure_ascii=False)
            print(printable_json(line))
    else:
        for change in changes:
            print(printable(f"{change.kind:10} {change.entry}  {listing.told(change, new)}"))
            for sign, text in listing.messages(change):
                print(printable(f"           {sign} {text}"))
        print(listing.summary(changes), file=sys.stderr)
    return FINDINGS if changes else CLEAN


def _name_of(provider: str) -> str:
    known = compiled.read_pages()["providers"].get(provider)
    return str(known["name"]) if known else provider


def _changelog(arguments: argparse.Namespace, lines: list[str]) -> int:
    """Write the changes since the last release into a changelog, or check that they stand there."""
    path: Path = arguments.changelog
    text = path.read_text(encoding="utf-8")
    new = listing.placed(text, lines)
    if new is None:
        raise ErrdexError(f"{path} has no place for the changes: add the lines {listing.BEGIN} and {listing.END}")
    if new == text:
        if not arguments.check:
            print(f"{path}: nothing to change; it lists what changed since the last release", file=sys.stderr)
        return CLEAN
    if arguments.check:
        print(f"{path}: out of date; run `errdex history --changelog {path}`", file=sys.stderr)
        return FINDINGS
    path.write_text(new, encoding="utf-8")
    return CLEAN
