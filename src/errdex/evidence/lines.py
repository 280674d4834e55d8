"""What kind of line a place in a text stands in: source code, Markdown, a quotation. None of them reports an error."""

from __future__ import annotations

import re
from typing import Final

from errdex.matching.places import BULLET

# Strings: `re` compiles and keeps them when a text first needs them.
_CODE: Final = (
    r"\s*(?:-+>\s*)?(?:\d{1,5}\s+)?(?:"
    r"@\w|//|#\s|/\*|\*/|<!--"
    r"|import\b|from\s+\S+\s+import\b|#include"
    r"|(?:raise|throw|return|assert|await|yield|def|class|except|catch|const|let|var|elif|export|public|private)\b.*[({=:;]"
    r"|(?:if|for|while|with|else|try|case|new|expect|it|test|describe)\b(?:.*(?:[{;,(]\s*$|==|=>|\)\s*[;,{:]?\s*$)|\s*\()"
    r"|(?:console|logger|logging|log|self|this|print|raise|err|res|response|app|router)\w*[.(].*[)({]"
    r"|[\w.]+ = |(?![\w.]*(?:Error|Exception)\()[\w.]+\((?:[^()]*$|.*\)[;,:]?\s*$)"
    r"|['\"\w.]+ ?(?:=>|:) ?['\"(][^'\"]*['\"],\s*$"  # 503: 'Service Unavailable',
    r"|'[^']*',\s*$"
    r")"
)
_MARKUP: Final = r"\s*(?:\|.*\||#{1,6}\s|<(?:title|h[1-6]|li|td|p)\b)"
_OPENING: Final = r"(?<![\w'])'(?=[^\s'])"
_MAX_LINE: Final = 400
ERROR_CLASS: Final = r"[A-Z]\w{1,60}(?:Error|Exception)(?![\w/\\])"
"""An error class by its name."""


def line_at(text: str, position: int) -> tuple[int, int]:
    """Return where the line around a place begins and ends."""
    end = text.find("\n", position)
    return text.rfind("\n", 0, position) + 1, len(text) if end < 0 else end


def is_code(text: str, position: int) -> bool:
    """Tell whether a place stands in a line of source code."""
    start, end = line_at(text, position)
    return re.compile(_CODE).match(text, start, min(end, start + _MAX_LINE)) is not None


def is_markup(text: str, position: int) -> bool:
    """Tell whether a place stands in a row of a table, a heading or an HTML element."""
    start, end = line_at(text, position)
    return re.compile(_MARKUP).match(text, start, min(end, start + _MAX_LINE)) is not None


def is_item(text: str, position: int) -> bool:
    """Tell whether a place stands in an item of a list."""
    start, end = line_at(text, position)
    return re.compile(BULLET).match(text, start, end) is not None


def quotation_at(text: str, position: int) -> int:
    """Return where the quotation begins that a place stands in, on its line; -1 if it stands in none."""
    start, _ = line_at(text, position)
    begin = -1
    for found in re.compile(_OPENING).finditer(text, max(start, position - _MAX_LINE), position):
        closing = text.find("'", found.end(), position)
        begin = found.start() if closing < 0 else -1
    return begin
