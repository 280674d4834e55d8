"""Text that cannot control a terminal, wherever it came from."""

from __future__ import annotations


def printable(text: str) -> str:
    r"""Return a text in which characters that do not print, a line break too, are escape sequences such as `\x1b`.

    >>> print(printable("a\x1b[31mb"))
    a\x1b[31mb
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def printable_json(text: str) -> str:
    """Return a JSON text of the same value in which characters in strings that do not print are escaped."""
    import json

    lines = text.split("\n")
    return "\n".join(
        line if line.isprintable() else "".join(char if char.isprintable() else json.dumps(char)[1:-1] for char in line)
        for line in lines
    )
