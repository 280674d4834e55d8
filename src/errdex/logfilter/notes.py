"""Classification → the note for a line, as bytes."""

from __future__ import annotations

import json
from typing import Any, Final

from errdex.classifier.exception_notes import printable
from errdex.model.classification import Classification

MARK: Final = b"  # errdex: "
"""How a note begins."""


def as_logfmt(answer: Classification) -> bytes:
    """Return a note in logfmt, without a line break.

    Text copied from the log into the note, such as a param in the fix, loses its control characters, so that it can
    neither manipulate a terminal nor forge a line.
    """
    note = (
        f"id={answer.entry or 'unknown'} category={answer.category} retryable={'true' if answer.retryable else 'false'}"
    )
    if answer.retry_after is not None:
        note += f" retry_after={answer.retry_after:g}"
    elif answer.resets_in is not None:  # else the reader sees only that a retry cannot help
        note += f" resets_in={answer.resets_in:.0f}"
    return MARK + f'{note} fix="{_quoted(answer.fix)}"'.encode()


def as_object(answer: Classification) -> bytes:
    """Return a note as one JSON object in ASCII."""
    said: dict[str, Any] = {
        "id": answer.entry,
        "category": str(answer.category),
        "retryable": answer.retryable,
        "retry_after": answer.retry_after,
        "scope": str(answer.scope),
        "action": str(answer.action),
        "resets_in": answer.resets_in,
        "fix": answer.fix,
    }
    return json.dumps(said, separators=(",", ":")).encode("ascii")


def _quoted(text: str) -> str:
    """Return a text escaped for double quotes."""
    text = printable(text)
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    return text.replace('"', '\\"')
