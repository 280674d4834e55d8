"""Texts that a YAML comment truncates: of `fix: Ask in #finops for more`, YAML keeps `Ask in`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml

from errdex.authoring.nodes import compose
from errdex.authoring.source import Source
from errdex.model.errors import Issue, Location

_TEXTS: Final = frozenset(
    {
        "title", "messages", "message", "meaning", "fix", "steps", "note", "examples", "counterexamples", "raw",
        "prefixes", "heads", "name", "detail", "code",
    }
)  # fmt: skip
"""Keys whose values are texts; after any other value, a comment is meant as one."""
_COMMENT: Final = re.compile(r"\s+#.*")
_MEANT: Final = re.compile(r"\s{2,}# ")
"""A comment that is meant as one, with two spaces before it and one after the `#`."""


def cut_value(source: Source) -> Iterator[Issue]:
    """A text continues in what YAML takes for a comment."""
    for path in source.files:
        node = compose(path, [])
        if node is not None:
            yield from _cut(path, path.read_text(encoding="utf-8").splitlines(), node, "")


def _cut(path: Path, lines: list[str], node: yaml.Node, key: str) -> Iterator[Issue]:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            yield from _cut(path, lines, value, key if key == "detail" else str(name.value))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _cut(path, lines, item, key)
    # Only of a plain scalar: in the other styles its end is visible.
    elif isinstance(node, yaml.ScalarNode) and key in _TEXTS and not node.style and node.value:
        mark = node.end_mark
        rest = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
        found = _COMMENT.match(rest)
        if found and not _MEANT.match(rest):
            message = (
                f"`{key}` ends before {found[0].strip()!r}: everything after ` #` is a YAML comment; put the text in "
                "double quotes, or two spaces before a `# ` that is meant as a comment"
            )
            column = mark.column + found[0].index("#")
            yield Issue(Location(str(path), mark.line + 1, column + 1), "yaml-comment", message)
