"""YAML files of a catalog → models, with a location for every mistake.

All mistakes in a folder are collected and raised together; half a catalog is never returned.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Final

import yaml

from errdex.authoring import history, status_table
from errdex.authoring.nodes import Place, below, compose, location
from errdex.authoring.schema import Entry, Provider, Settings
from errdex.authoring.validation import validate
from errdex.model.errors import CatalogError, Issue, Location

SETTINGS: Final = "errdex.yaml"
PROVIDER: Final = "provider.yaml"
_MAX_ISSUES: Final = 1_000


@dataclass(slots=True)
class Source:
    """A catalog as read: providers and entries by id, with their places in the YAML."""

    root: Path
    providers: dict[str, Provider] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    provider_places: dict[str, Place] = field(default_factory=dict)
    disable: tuple[str, ...] = ()
    settings: Place = field(default_factory=lambda: Place(SETTINGS))
    files: list[Path] = field(default_factory=list)
    history: history.History | None = None


def load(root: str | PathLike[str]) -> Source:
    """Read all YAML files below a folder.

    Raises:
        CatalogError: Anything is wrong; it has all issues of all files.
    """
    source, issues = read(root)
    if issues:
        raise CatalogError(issues)
    return source


def read(root: str | PathLike[str]) -> tuple[Source, list[Issue]]:
    """Read all YAML files below a folder; return what could be read, and every issue."""
    root = Path(root)
    source = Source(root)
    issues: list[Issue] = []
    if not root.is_dir():
        return source, [
            Issue(Location(str(root), 1, 1), "no-catalog", "no such folder; give the one with the YAML files")
        ]
    source.files = sorted(path for path in root.rglob("*.y*ml") if path.suffix in (".yaml", ".yml"))
    if not source.files:
        issues.append(Issue(Location(str(root), 1, 1), "no-catalog", "no YAML file in this folder"))
    source.history = history.read(root, issues)
    for path in source.files:
        for issue in _read_file(source, path):
            issues.append(issue)
            if len(issues) > _MAX_ISSUES:
                message = f"this and {_MAX_ISSUES:,} mistakes before it; nothing behind it was looked at"
                return source, [*sorted(set(issues)), Issue(issue.location, "too-many", message)]
    return source, sorted(set(issues))


def _read_file(source: Source, path: Path) -> Iterator[Issue]:
    name = str(path)
    issues: list[Issue] = []
    node = compose(path, issues)
    yield from issues
    if node is None:
        return
    if path.name == SETTINGS:
        yield from _settings(source, name, node)
    elif path.name == PROVIDER:
        yield from _provider(source, path, node)
    elif isinstance(node, yaml.MappingNode) and path.name.startswith(status_table.ROWS):
        issues = []
        for row in status_table.entry_nodes(name, path.parent.name, node, issues):
            yield from _entry(source, path, row, hidden=status_table.DERIVED)
        yield from issues
    elif not isinstance(node, yaml.SequenceNode):
        message = "a file of entries must be a YAML list, whose entries begin with `- id: `"
        yield Issue(location(name, node.start_mark), "schema", message)
    else:
        for item in node.value:
            if (kind := below(item, "kind")) and kind.value == "default":
                message = "`kind`: a default must be a row of the table in statuses.yaml, not an entry in a list"
                yield Issue(location(name, kind.start_mark), "schema", message)
            yield from _entry(source, path, item)


def _provider(source: Source, path: Path, node: yaml.Node) -> Iterator[Issue]:
    place = Place(str(path), node)
    model, issues = validate(Provider, place)
    yield from issues
    if model is None:
        return
    if model.provider != path.parent.name:
        yield Issue(place.at("provider"), "provider", f"`provider` must be the folder's name, {path.parent.name!r}")
    source.providers[model.provider] = model
    source.provider_places[model.provider] = place


def _entry(source: Source, path: Path, node: yaml.Node, hidden: Collection[str] = ()) -> Iterator[Issue]:
    place = Place(str(path), node)
    model, issues = validate(Entry, place, hidden)
    yield from issues
    if model is None:
        return
    if model.provider != path.parent.name and path.parent != source.root:
        yield Issue(place.at("id"), "provider", f"`id` must begin with the folder's name, '{path.parent.name}/'")
    if first := source.places.get(model.id):
        yield Issue(place.at("id"), "duplicate-id", f"duplicate id {model.id!r}; first used in {first.at('id')}")
        return
    source.entries[model.id] = model
    source.places[model.id] = place


def _settings(source: Source, name: str, node: yaml.Node) -> Iterator[Issue]:
    place = Place(name, node)
    model, issues = validate(Settings, place)
    yield from issues
    if model is not None:
        source.disable = tuple(model.disable)
        source.settings = place
