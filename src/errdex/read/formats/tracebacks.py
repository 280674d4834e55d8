"""Drops what reports nothing itself: the frames of tracebacks and stack traces, and our own notes on exceptions."""

from __future__ import annotations

import re
from typing import Final

from errdex.rules import Pattern

_PYTHON: Final = '\n  File "'
_PYTHON_HEAD: Final = "Traceback (most recent call last):\n"
_NOTE: Final = "errdex: "
# What `errdex.add_note` put below an exception; in the traceback of a group with its margin.
_NOTES: Final[Pattern] = r"\n[ |+]*errdex: .*(?:\n[ |+]*  (?:[\w-]+/[\w-]+, |no entry, |fix: |more: ).*)*"
_AT: Final = "\n    at "
_TAB_AT: Final = "\n\tat "
# A frame and the lines of code and markers under it. The message behind the last frame is not indented.
_PYTHON_FRAMES: Final[Pattern] = r'\n  File ".*(?:\n  (?:File "|  |\[Previous line repeated ).*)*+'
# The first frame stays: a class alone in its line is a report by what follows it.
_AT_FRAMES: Final[Pattern] = r"(\n\s{1,8}at .*)(?:\n\s{1,8}(?:at |\.\.\. \d+ (?:more|common)).*)++"


def without_frames(text: str) -> str:
    """Return a text without our notes and the frames of Python's tracebacks; of Java's and the like the first stays."""
    if _NOTE in text:
        text = re.sub(_NOTES, "", text)
    if _PYTHON in text:
        text = re.sub(_PYTHON_FRAMES, "", text).removeprefix(_PYTHON_HEAD)
    if _AT in text or _TAB_AT in text:
        text = re.sub(_AT_FRAMES, r"\1", text)
    return text
