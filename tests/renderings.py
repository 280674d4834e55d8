"""How one message looks after pages, terminals and chat programs had it."""

from __future__ import annotations

import re
from collections.abc import Callable

_URL = re.compile(r"https?://[^\s'\"<>)]*[^\s'\"<>).,]")


def straight(text: str) -> str:
    return text


def typographic(text: str) -> str:
    """Curly quotes, and one closing quote for an empty pair, as a copy of Cohere's errors page has them."""
    text = text.replace("''", "”")
    text = re.sub(r"(^|[\s(=\[{])'", r"\1‘", text).replace("'", "’")
    return re.sub(r'(^|[\s(=\[{])"', r"\1“", text).replace('"', "”")


def mojibake(text: str) -> str:
    """UTF-8 quotes read as Windows-1252."""
    return text.replace("''", "â€\x9d").replace("'", "â€™").replace('"', "â€œ")


def backticks(text: str) -> str:
    return text if "`" in text else text.replace("''", "``").replace("'", "`")


def markdown(text: str) -> str:
    """Underscores and asterisks escaped."""
    return re.sub(r"([_*])", r"\\\1", text)


def links(text: str) -> str:
    return text if "](" in text else _URL.sub(lambda found: f"[{found[0]}]({found[0]})", text)


def autolinks(text: str) -> str:
    return text if "](" in text else _URL.sub(lambda found: f"<{found[0]}>", text)


def wrapped(text: str) -> str:
    """Broken into lines by a terminal."""
    return re.sub(r"(.{30,60}?) ", r"\1\n  ", text)


def upper(text: str) -> str:
    return text.upper()


def nbsp(text: str) -> str:
    return text.replace(" ", "\u00a0", 1)


def stopped(text: str) -> str:
    return text.rstrip(" .") + "."


RENDERINGS: list[Callable[[str], str]] = [
    straight,
    typographic,
    mojibake,
    backticks,
    markdown,
    links,
    autolinks,
    wrapped,
    nbsp,
    stopped,
]
