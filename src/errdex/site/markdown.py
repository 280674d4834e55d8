"""Pieces of Markdown that every renderer reads the same way."""

from __future__ import annotations

import re
from typing import Final

from errdex.authoring.template import parse

_SPECIAL: Final = re.compile(r"[\\`*_{}\[\]<>|&~]")


def fenced(text: str, language: str = "text") -> str:
    """Return a text as a fenced block."""
    text = text.replace("\r\n", "\n").rstrip()
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`{3,}", text)), 3)
    return f"{fence}{language}\n{text}\n{fence}"


def escaped(text: str) -> str:
    """Return a text with all markup characters as entities, safe in table cells too."""
    return _SPECIAL.sub(lambda found: f"&#{ord(found[0])};", re.sub(r"\s+", " ", text))


def code(text: str) -> str:
    """Return a text as inline code that is safe in a table cell, whatever it contains."""
    return f"<code>{escaped(text)}</code>"


def prose(text: str) -> str:
    """Return Markdown in which no `<word>` outside code is taken for markup; URLs in angle brackets are kept."""
    parts = re.split(r"(`{3,}.*?`{3,}|`[^`\n]*`)", text, flags=re.DOTALL)
    parts[::2] = [re.sub(r"<(?!https?://)(?=[\w/!])", "&lt;", part) for part in parts[::2]]
    return "".join(parts)


def titled(title: str) -> str:
    """Return an entry's title with its `backticked` parts as code."""
    return "".join(code(part) if number % 2 else escaped(part) for number, part in enumerate(title.split("`")))


def shown(template: str) -> str:
    """Return a template for people to read: holes without their kinds, single braces instead of double."""
    return "".join(
        part if isinstance(part, str) else "{" + ("…" if part.name == "_" else part.name) + "}"
        for part in parse(template)
    )


def narrowing(made: str) -> str:
    """Return a table that drops its last column on narrow screens."""
    return f'<div class="errdex-list" markdown="1">\n\n{made}\n\n</div>'


def table(heads: list[str], rows: list[list[str]]) -> str:
    """Return a table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
