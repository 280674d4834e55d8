"""Texts that are JSON from their first character to their last."""

from __future__ import annotations

import json
from contextlib import suppress

from errdex.model.foreign import TOLERATED
from errdex.model.type_names import Any


def as_json(text: str) -> Any:
    """Parse a text that is a JSON object or list; None for any other text."""
    if text[:1] in "{[ \n\t" and text.lstrip()[:1] in ("{", "["):
        with TOLERATED, suppress(ValueError):
            return json.loads(text)
    return None
