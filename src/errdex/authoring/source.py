"""YAML files of a catalog → models, with a place for every mistake.

All mistakes of a folder are collected and raised together; half a catalog is never returned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from os import PathLike
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel, ValidationError

from errdex.authoring import status_table
from errdex.authoring.schema import Entry, Provider
from errdex.model.errors import CatalogError, Issue, Location

_MAX_BYTES: Final = 2_000_000
SETTINGS: Final = "errdex.yaml"
_PROVIDER: Final = "provider.yaml"

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: the file, and the YAML node it was read from."""

    path: str
    node: yaml.Node | None = None

    def at(self, *loc: str | int) -> Location:
        """Return the place of a key or item below the entry, or of the nearest thing that exists."""
        if self.node is None:
            return Location(self.path, 1, 1)
        node = self.node
        for step in loc:
            below = _below(node, step)
            if below is None or below.start_mark is None:
                break  # not there, or derived from what is
            node = below
        return _location(self.path, node.start_mark)


@dataclass(slots=True)
class Source:
    """A catalog as read: providers and entries by id, with their places."""

    root: Path
    providers: dict[str, Provider] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    disable: tuple[str, ...] = ()
    files: list[Path] = field(default_factory=list)


def load(root: str | PathLike[str]) -> Source:
    """Read all YAML files below a folder.

    Raises:
        CatalogError: Anything is wrong; holds all issues of all files.
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
            Issue(Location(str(root), 1, 1), "no-catalog", "no such folder; give the folder that holds the YAML files")
        ]
    source.files = sorted(path for path in root.rglob("*.y*ml") if path.suffix in (".yaml", ".yml"))
    if not source.files:
        issues.append(Issue(Location(str(root), 1, 1), "no-catalog", "no YAML file in this folder"))
    for path in source.files:
        issues += _read_file(source, path)
    return source, sorted(set(issues))


def _read_file(source: Source, path: Path) -> Iterator[Issue]:
    name = str(path)
    try:
        if path.stat().st_size > _MAX_BYTES:
            yield Issue(Location(name, 1, 1), "file-size", f"larger than {_MAX_BYTES:,} bytes; split it by topic")
            return
        text = path.read_text(encoding="utf-8")
        if alias := _find_alias(text):
            yield Issue(
                Location(name, alias[0], alias[1]), "alias", "YAML aliases are not allowed; write the value out"
            )
            return
        node = yaml.compose(text, Loader=_Loader)
    except (OSError, UnicodeDecodeError) as error:
        yield Issue(Location(name, 1, 1), "unreadable", str(error))
        return
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or str(error)
        yield Issue(_location(name, mark), "yaml", f"not valid YAML: {problem}")
        return
    if node is None:
        return
    yield from _duplicate_keys(name, node)
    if path.name == SETTINGS:
        yield from _settings(source, name, node)
    elif path.name == _PROVIDER:
        model, issues = _validate(Provider, name, node)
        yield from issues
        if isinstance(model, Provider):
            if model.provider != path.parent.name:
                yield Issue(
                    Place(name, node).at("provider"), "provider", f"must be the folder's name, {path.parent.name!r}"
                )
            source.providers[model.provider] = model
    elif isinstance(node, yaml.MappingNode) and path.name.startswith(status_table.ROWS):
        issues = []
        for row in status_table.entry_nodes(name, path.parent.name, node, issues):
            yield from _entry(source, path, row)
        yield from issues
    elif not isinstance(node, yaml.SequenceNode):
        yield Issue(_location(name, node.start_mark), "schema", "a file of entries is a YAML list")
    else:
        for item in node.value:
            if (kind := _below(item, "kind")) and kind.value == "default":
                message = "kind: a default is a row of the table in statuses.yaml, not an entry of a list"
                yield Issue(_location(name, kind.start_mark), "schema", message)
            yield from _entry(source, path, item)


def _entry(source: Source, path: Path, node: yaml.Node) -> Iterator[Issue]:
    model, issues = _validate(Entry, str(path), node)
    yield from issues
    if not isinstance(model, Entry):
        return
    place = Place(str(path), node)
    if model.provider != path.parent.name and path.parent != source.root:
        yield Issue(place.at("id"), "provider", f"id must begin with the folder's name, '{path.parent.name}/'")
    if first := source.places.get(model.id):
        yield Issue(place.at("id"), "duplicate-id", f"id {model.id!r} given twice; first in {first.at('id')}")
        return
    source.entries[model.id] = model
    source.places[model.id] = place


def _settings(source: Source, name: str, node: yaml.Node) -> Iterator[Issue]:
    value = _construct(node)
    disable = value.get("disable", []) if isinstance(value, dict) else None
    if not isinstance(disable, list) or not all(isinstance(item, str) for item in disable) or set(value) - {"disable"}:
        yield Issue(_location(name, node.start_mark), "settings", "the only key is `disable`, a list of entry ids")
        return
    source.disable = tuple(disable)


def _validate(model: type[BaseModel], name: str, node: yaml.Node) -> tuple[BaseModel | None, list[Issue]]:
    place = Place(name, node)
    try:
        return model.model_validate(_construct(node)), []
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False, include_input=False)
    except (yaml.YAMLError, ValueError) as error:
        return None, [Issue(place.at(), "yaml", f"not valid YAML: {error}")]
    except RecursionError:
        return None, [Issue(place.at(), "yaml", "nested too deeply")]
    locs = [detail["loc"] for detail in details]
    issues = []
    for detail in details:
        loc = detail["loc"]
        if any(other != loc and other[: len(loc)] == loc for other in locs):
            continue  # the mistake is reported where it is, not once more for what holds it
        path = tuple(step for step in loc if not _is_union_branch(step))
        where = ".".join(map(str, path))
        message = detail["msg"].removeprefix("Value error, ")
        issues.append(Issue(place.at(*path), "schema", f"{where}: {message}" if where else message))
    return None, issues


def _is_union_branch(step: str | int) -> bool:
    """Tell pydantic's names for the branches of a union from keys of the YAML."""
    return isinstance(step, str) and (step in {"str", "int", "float", "bool", "Example"} or "[" in step or "(" in step)


def _construct(node: yaml.Node) -> Any:
    loader = yaml.SafeLoader("")
    try:
        return loader.construct_document(node)
    finally:
        loader.dispose()


def _find_alias(text: str) -> tuple[int, int] | None:
    if "*" not in text:
        return None
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            mark = event.start_mark
            return (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return None


def _duplicate_keys(name: str, node: yaml.Node) -> Iterator[Issue]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _duplicate_keys(name, item)
    elif isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if key.value in seen:
                yield Issue(_location(name, key.start_mark), "duplicate-key", f"key {key.value!r} given twice")
            if isinstance(key.value, str):
                seen.add(key.value)
            yield from _duplicate_keys(name, value)


def _below(node: yaml.Node, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        below: yaml.Node = node.value[step]
        return below
    return None


def _location(path: str, mark: yaml.Mark | None) -> Location:
    return Location(path, mark.line + 1, mark.column + 1) if mark else Location(path, 1, 1)
