"""Chinese, Japanese and Korean texts: with few blanks or none, each of their characters is a word of its own."""

from __future__ import annotations

import re
from typing import Final

from errdex.rules.tokens import CJK

_CHARACTER: Final = re.compile(f"[{CJK}]")


def characters(text: str) -> list[str]:
    """Return the Chinese, Japanese and Korean letters of a text, in order and without punctuation."""
    return [*filter(str.isalpha, _CHARACTER.findall(text))]


def weight(text: str) -> int:
    """Return how many Latin letters say as much as a text does.

    A character of these scripts says as much as two or three letters: nine characters count as 24 letters.
    """
    return len(text) + 5 * len(characters(text)) // 3


def worth(parts: list[str], letters: int) -> int:
    """Return how many leading characters of some texts in a row weigh as much as this number of Latin letters.

    If all of them together weigh less, it is `letters`, as if Latin letters followed.
    """
    text = "".join(parts)
    if not text.isascii():
        for size in range(1, min(letters, len(text)) + 1):
            if weight(text[:size]) >= letters:
                return size
    return letters
