"""Secrets in log lines that are shown, as reports are passed on to others; e-mail addresses, too."""

from __future__ import annotations

import re
from typing import Final

from errdex.rules import secrets

_MAIL: Final = re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,6}[A-Za-z]{2,24}\b")
MAIL: Final = "[e-mail]"


def masked(text: str) -> str:
    """Return a text in which keys, tokens, passwords and e-mail addresses are masked."""
    return _MAIL.sub(MAIL, secrets.masked(text))
