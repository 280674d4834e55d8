"""Removes what is not itself a report: the frames of tracebacks and stack traces, and errdex's notes on exceptions."""

from __future__ import annotations

from errdex.model.type_names import Final
from errdex.rules import Pattern, pattern

_PYTHON: Final = '\n  File "'
_PYTHON_HEAD: Final = "Traceback (most recent call last):\n"
_NOTE: Final = "errdex: "
# The notes that `errdex.add_note` puts on exceptions; in a group's traceback they have its margin.
_NOTES: Final[Pattern] = r"\n[ |+]*errdex: .*(?:\n[ |+]*  (?:[\w-]+/[\w-]+, |no entry, |fix: |more: ).*)*"
_AT: Final = "\n    at "
_TAB_AT: Final = "\n\tat "
# Frames, with the lines of code and markers below them. The message after the last frame is not indented.
_PYTHON_FRAMES: Final[Pattern] = r'\n  File ".*(?:\n  (?:File "|  |\[Previous line repeated ).*)*+'
# The first frame is kept: a class alone on its line counts as a report because of what follows it.
_AT_FRAMES: Final[Pattern] = r"(\n\s{1,8}at .*)(?:\n\s{1,8}(?:at |\.\.\. \d+ (?:more|common)).*)++"


def without_frames(text: str) -> str:
    """Remove errdex's notes and traceback frames from a text; of Java-like stack traces the first frame is kept."""
    if _NOTE in text:
        text = pattern(_NOTES).sub("", text)
    if _PYTHON in text:
        text = pattern(_PYTHON_FRAMES).sub("", text).removeprefix(_PYTHON_HEAD)
    if _AT in text or _TAB_AT in text:
        text = pattern(_AT_FRAMES).sub(r"\1", text)
    return text
