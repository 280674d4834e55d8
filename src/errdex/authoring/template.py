"""Message templates: literals and typed holes, and the one regex that defines what a template matches.

A hole is atomic: it takes all that its kind matches at its position, without backtracking. So matching takes linear
time, and every engine can use the same small pattern for a kind.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from errdex.rules.holes import KINDS, OPEN
from errdex.rules.normal_form import fold, normalise

_HOLE: Final = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_NAME: Final = re.compile(r"[a-z_][a-z0-9_]*\Z")


class Hole(NamedTuple):
    """A place in a template where the text varies; the value of a hole named `_` is not returned."""

    name: str
    kind: str


Part = str | Hole


class TemplateError(ValueError):
    """A template is malformed."""


def parse(template: str) -> list[Part]:
    """Split a template into literals and holes.

    Raises:
        TemplateError: A brace has no partner, a hole has an unknown kind, or a name is used twice.

    >>> parse("limit {limit:int}")
    ['limit ', Hole(name='limit', kind='int')]
    """
    parts: list[Part] = []
    literal = ""
    names: set[str] = set()
    position = 0
    for found in _HOLE.finditer(template):
        literal += template[position : found.start()]
        position = found.end()
        if found[0] in ("{{", "}}"):
            literal += found[0][0]
            continue
        if found[1] is None:
            raise TemplateError(f"single {found[0]!r} in {template!r}; double it for a literal brace")
        hole = _parse_hole(found[1], template)
        if hole.name != "_" and hole.name in names:
            raise TemplateError(f"hole {hole.name!r} occurs twice in {template!r}")
        names.add(hole.name)
        if literal:
            parts.append(literal)
        elif parts:
            raise TemplateError(f"two holes without a literal between them in {template!r}")
        parts.append(hole)
        literal = ""
    literal += template[position:]
    if literal:
        parts.append(literal)
    if not parts:
        raise TemplateError("empty template")
    return parts


def _parse_hole(inside: str, template: str) -> Hole:
    name, colon, kind = inside.partition(":")
    if not colon or not _NAME.match(name):
        raise TemplateError(f"hole {{{inside}}} in {template!r} is not of the form {{name:kind}}")
    if kind not in KINDS and kind not in OPEN:
        known = ", ".join(sorted([*KINDS, *OPEN]))
        raise TemplateError(f"hole {{{inside}}} has an unknown kind; known kinds are {known}")
    return Hole(name, kind)


def compile_parts(template: str) -> list[Part]:
    """Parse a template and normalise its literals: folded, without the punctuation that may trail a message."""
    parts = [part if isinstance(part, Hole) else fold(normalise(part)) for part in parse(template)]
    first, last = parts[0], parts[-1]
    if isinstance(first, str):
        parts[0] = first.lstrip()
    if isinstance(last, str):
        parts[-1] = last.rstrip(" .,;:!?。，、；：！？")
    elif last.kind in OPEN and len(parts) > 1:
        # "too many tokens: {detail:text}" also matches the bare "too many tokens:".
        parts[-2] = str(parts[-2]).rstrip()
    return [part for part in parts if part != ""]


def to_regex(template: str) -> str:
    """Return the regex that is equivalent to a template, for normalised text, ignoring case.

    The entry's page shows it, and lint and the tests compare the unit matcher with it; nothing else runs it.
    """
    out = []
    for part in compile_parts(template):
        if isinstance(part, str):
            out.append(re.escape(part).replace("\\ ", "[ \\n]").replace("\\\n", "[ \\n]"))
            continue
        pattern = "[\\s\\S]*?" if part.kind in OPEN else f"(?>{KINDS[part.kind]})"
        out.append(f"({pattern})" if part.name == "_" else f"(?P<{part.name}>{pattern})")
    return "".join(out)
