"""Drops the frames of tracebacks and stack traces: places in source code, which report nothing themselves."""

from __future__ import annotations

import re
from typing import Final

_PYTHON: Final = '\n  File "'
_PYTHON_HEAD: Final = "Traceback (most recent call last):\n"
_AT: Final = "\n    at "
_TAB_AT: Final = "\n\tat "
# Strings: `re` compiles and keeps them when a text first has frames.
# A frame and the lines of code and markers under it. The message behind the last frame is not indented.
_PYTHON_FRAMES: Final = r'\n  File ".*(?:\n  (?:File "|  |\[Previous line repeated ).*)*+'
# The first frame stays: a class alone in its line is a report by what follows it.
_AT_FRAMES: Final = r"(\n\s{1,8}at .*)(?:\n\s{1,8}(?:at |\.\.\. \d+ (?:more|common)).*)++"


def without_frames(text: str) -> str:
    """Return a text without the frames of Python's tracebacks and, but for the first, of Java's and JavaScript's."""
    if _PYTHON in text:
        text = re.sub(_PYTHON_FRAMES, "", text).removeprefix(_PYTHON_HEAD)
    if _AT in text or _TAB_AT in text:
        text = re.sub(_AT_FRAMES, r"\1", text)
    return text
