"""The statements of a text of several lines: each may say what failed, while the lines around it say something else."""

from __future__ import annotations

import re

from errdex.model.type_names import Final
from errdex.read.lines import Lines
from errdex.rules import Pattern

_LINE: Final[Pattern] = r"[^\n]+"
_ELSE: Final[Pattern] = (
    r"\s*(?:$|at \S|File '|line [0-9]+, in \w|[>➜ ]*[0-9]+ ?[|▕│]|\.\.\. ?[0-9]+ |\+[0-9]+ "
    r"|[|▕│\^~{}\[\](),;*─━═╭╰ ]+$)"
)
"""A line that states nothing: a frame of a stack trace, numbered source code, a lone bracket, a rule."""
_QUIET: Final[Pattern] = r"\b(?:INFO|DEBUG|TRACE)\b|\[(?:info|debug|trace)\]|level=(?:info|debug|trace)\b"
"""What a logger writes at the beginning of a line that reports no failure."""
_HEAD: Final = 80  # characters of a line in which its level stands
_READ: Final = 20
"""Lines read at each end of a long text."""


def statements_of(text: str) -> list[str]:
    """Return the lines of a text that may say what failed; none if it has a single line."""
    if "\n" not in text:
        return []
    lines = Lines(text)
    found = (seen for seen in re.finditer(_LINE, text) if not re.match(_ELSE, seen[0]))
    telling = [seen[0] for seen in found if not lines.is_code(seen.start())]
    if len(telling) > 2 * _READ:
        telling = telling[:_READ] + telling[-_READ:]
    return [line for line in telling if not re.search(_QUIET, line[:_HEAD])] or telling
