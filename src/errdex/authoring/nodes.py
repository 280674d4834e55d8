"""A YAML file → its nodes with their locations; rejects aliases and duplicate keys."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import yaml

from errdex.model.errors import Issue, Location

_MAX_BYTES: Final = 2_000_000
_MAX_DEPTH: Final = 40
_MAX_DUPLICATES: Final = 100  # keys reported in one file
_MAX_DIGITS: Final = 40  # of a number; YAML has notations in which reading a number takes quadratic time
_DEEP: Final = 2_000  # brackets with which a nesting may be too deep for the parser
_DEEP_BLOCK: Final = re.compile(rf"^[ \t?:-]{{{_DEEP}}}", re.MULTILINE)
_ALIAS: Final = "YAML aliases are not allowed; write the value out. A string that begins with `*` needs double quotes"
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_QUOTES: Final = "a string that begins with `{`, `[` or a quote, or contains ` #`, needs double quotes around all of it"
# Messages of the YAML parser, and their usual causes in a catalog.
_TRAPS: Final = (
    ("mapping values are not allowed", "a string that contains `: ` needs double quotes"),
    ("did not find expected", _QUOTES),
    ("expected <block end>", _QUOTES),
    ("expected ',' or", _QUOTES),
    ("cannot start any token", "a string that begins with it needs double quotes; indent lines with spaces only"),
    ("end of stream", "a closing quote is missing"),
    ("unknown escape", "write a backslash twice in double quotes"),
)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: the file, and its YAML node."""

    path: str
    node: yaml.Node | None = None

    def at(self, *loc: str | int) -> Location:
        """Return the location of a value or list item below this node, or of its nearest existing ancestor."""
        if self.node is None:
            return Location(self.path, 1, 1)
        node = self.node
        for step in loc:
            found = below(node, step)
            if found is None or found.start_mark is None:
                break  # missing, or derived from something else
            node = found
        return location(self.path, node.start_mark)

    def at_key(self, *loc: str | int) -> Location:
        """Return the location of a key itself, or of its nearest existing ancestor."""
        node = self.node
        for step in loc[:-1]:
            node = node and below(node, step)
        if isinstance(node, yaml.MappingNode):
            for key, _ in node.value:
                if key.value == str(loc[-1]) and key.start_mark:
                    return location(self.path, key.start_mark)
        return self.at(*loc)


def compose(path: Path, issues: list[Issue]) -> yaml.Node | None:
    """Return the node of a YAML file; None if it is empty or cannot be read, in which case `issues` says why."""
    name = str(path)
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # opening a FIFO would wait for ever, and a device may have no end
            issues.append(Issue(Location(name, 1, 1), "unreadable", "not a regular file"))
            return None
        with path.open("rb") as file:
            content = file.read(_MAX_BYTES + 1)
        if len(content) > _MAX_BYTES:
            message = f"larger than {_MAX_BYTES:,} bytes; split it by topic"
            issues.append(Issue(Location(name, 1, 1), "file-size", message))
            return None
        text = content.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
        if found := _find_forbidden(text):
            issues.append(Issue(location(name, found[0]), *found[1:]))
            return None
        node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except (OSError, ValueError) as error:
        issues.append(Issue(Location(name, 1, 1), "unreadable", str(error)))
        return None
    except RecursionError:
        issues.append(Issue(Location(name, 1, 1), "yaml", "nested too deeply"))
        return None
    except yaml.YAMLError as error:
        issues.append(Issue(location(name, getattr(error, "problem_mark", None)), "yaml", _said(error)))
        return None
    if node is None:
        return None
    if deep := _find_deep(node):
        issues.append(Issue(location(name, deep.start_mark), "yaml", "nested too deeply"))
        return None
    issues += islice(_duplicate_keys(name, node), _MAX_DUPLICATES)
    return node


def _said(error: yaml.YAMLError) -> str:
    problem = getattr(error, "problem", None) or str(error)
    whole = f"{getattr(error, 'context', None) or ''} {problem}"
    hint = next((f"; {hint}" for trap, hint in _TRAPS if trap in whole), "")
    return f"not valid YAML: {problem}{hint}"


class _Constructor(yaml.SafeLoader):
    """Makes values of nodes; a number too long to be one is a mistake."""


def _number(loader: yaml.SafeLoader, node: yaml.ScalarNode) -> int | float:
    if len(node.value) > _MAX_DIGITS:
        raise yaml.constructor.ConstructorError(None, None, "a number has too many digits", node.start_mark)
    make = loader.construct_yaml_int if node.tag.endswith("int") else loader.construct_yaml_float
    number: int | float = make(node)
    return number


for _tag in ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float"):
    _Constructor.add_constructor(_tag, _number)


def construct(node: yaml.Node) -> Any:
    """Return the value of a node.

    Raises:
        YAMLError: A value is invalid for its type, such as a date that does not exist.
        ValueError: The same.
        RecursionError: The node is nested too deeply.
    """
    loader = _Constructor("")
    try:
        return loader.construct_document(node)
    finally:
        loader.dispose()


def below(node: yaml.Node, step: str | int) -> yaml.Node | None:
    """Return the value of a key, or an item of a list."""
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item
    return None


def location(path: str, mark: yaml.Mark | None) -> Location:
    """Return the location of a mark; without one, the beginning of the file."""
    return Location(path, mark.line + 1, mark.column + 1) if mark else Location(path, 1, 1)


def _find_forbidden(text: str) -> tuple[Any, str, str] | None:
    """Return where an alias or too deep a nesting is in a text, the code and the message; None if there is neither.

    It goes by events, without recursion: some versions of the C parser end the process on a deep nesting.
    """
    may_be_deep = text.count("[") + text.count("{") > _DEEP or re.search(_DEEP_BLOCK, text)
    if "*" not in text and not may_be_deep:
        return None
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            return event.start_mark, "alias", _ALIAS
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _MAX_DEPTH:
            return event.start_mark, "yaml", "nested too deeply"
    return None


def _find_deep(node: yaml.Node) -> yaml.Node | None:
    """Return a node that is nested too deeply, if there is one."""
    level: list[yaml.Node] = [node]
    for _ in range(_MAX_DEPTH):
        below = []
        for one in level:
            if isinstance(one, yaml.SequenceNode):
                below += one.value
            elif isinstance(one, yaml.MappingNode):
                below += [side for pair in one.value for side in pair]
        if not below:
            return None
        level = below
    return level[0]


def _duplicate_keys(name: str, node: yaml.Node) -> Iterator[Issue]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _duplicate_keys(name, item)
    elif isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if isinstance(key.value, str):
                if key.value in seen:
                    yield Issue(location(name, key.start_mark), "duplicate-key", f"duplicate key {key.value!r}")
                seen.add(key.value)
            yield from _duplicate_keys(name, value)
