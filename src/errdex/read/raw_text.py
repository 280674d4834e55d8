"""Texts as they come: made into one of bounded length, without colours and traceback frames; and what may be in them.

Every text comes through here, so nothing is imported that a bare message does not need.
"""

from __future__ import annotations

import re

from errdex.model.type_names import Any, Final, TypeGuard
from errdex.rules import Pattern

MAX_TEXT: Final = 1_000_000
"""Number of characters read of one text; in longer texts the error is at the start or the end."""
_TEXTS: Final = (str, bytes, bytearray)
ANSI: Final[Pattern] = r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)?)"
_INSIDE: Final[Pattern] = r"[\s,]*[\"']"  # start of an object whose opening brace was cut off
FIELD: Final[Pattern] = r"(?<![\w-])([a-z_]{3,40})'?[:=] ?<?(?:[A-Za-z]\w*\.)?'?([A-Za-z][\w-]{2,60})(?![\w-])"


def is_exception(raw: object) -> TypeGuard[BaseException]:
    """Tell whether a raw error is an exception; only its class is asked, as the object itself may lie."""
    return issubclass(type(raw), BaseException)


def as_text(raw: Any) -> str | None:
    """Return a text or bytes as text without colours and traceback frames; None for any other object."""
    kind = type(raw)
    text: str
    if kind is str:
        text = raw
    elif not issubclass(kind, _TEXTS):  # isinstance() would ask the object's own `__class__`
        return None
    elif issubclass(kind, str):  # the built-in type's own methods, in case a subclass overrides them
        text = str.__getitem__(raw, slice(None))
    else:
        plain = bytes if issubclass(kind, bytes) else bytearray
        text = bytes(plain.__getitem__(raw, slice(None))).decode("utf-8", "replace")
    if len(text) > MAX_TEXT:
        text = shorten(text)
    if "\x1b" in text:
        text = without_colours(text)
    if "\n" in text:
        from errdex.read.formats.tracebacks import without_frames

        text = without_frames(text)
    return text


def may_hold_body(text: str) -> bool:
    """Tell whether an object may be written into a text, or the text may be the inside of one."""
    if ("{" in text and (":" in text or "=" in text)) or "map[" in text:
        return True
    return ('":' in text or "':" in text) and re.match(_INSIDE, text) is not None


def without_colours(text: str) -> str:
    """Remove terminal escape sequences from a text."""
    return re.sub(ANSI, "", text) if "\x1b" in text else text


def shorten(text: str) -> str:
    """Reduce a text longer than `MAX_TEXT` to its two ends."""
    if len(text) <= MAX_TEXT:
        return text
    half = MAX_TEXT // 2
    return text[:half] + "\n" + text[-half:]
