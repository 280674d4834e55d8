"""Secrets in log lines that are shown: masked by their shape, as a report is passed on to others."""

from __future__ import annotations

import re
from typing import Final

_MASK: Final = "•••"
_SECRETS: Final = re.compile(
    # a password in a URL
    r"(?P<url>\b[a-zA-Z][\w+.-]{1,20}://[^\s/:@'\"]{0,80}:)[^\s/@'\"]{1,200}(?=@)"
    # what a name says is a secret: api_key=…, "password": "…", Authorization: Bearer …
    r"|(?P<named>(?i:\b[\w-]{0,30}(?:api[_-]?key|secret|passw(?:or)?d|pwd|token|authorization|cookie|credential)s?"
    r"[\\\"']{0,4}\s?[:=]\s?[\\\"']{0,4}(?:(?:bearer|basic|token)\s+)?))[^\s\\\"',;&)}\]]{6,}"
    r"|(?P<bearer>(?i:\b(?:bearer|basic)\s+))[A-Za-z0-9._~+/=-]{8,}"
    # keys of providers, by their prefix, which stays
    r"|(?P<prefix>\b(?:sk|pk|rk|gsk|xai|r8|hf|pa|tgp|ghp|gho|github_pat|glpat|xox[abpr]|AIza|ya29|AKIA|ASIA|fw|nvapi|csk|pplx|key)"
    r"[-_.]?)(?=[\w.-]*[0-9])[\w.*-]{12,}"
    r"|(?P<jwt>\beyJ)[\w-]{8,}\.[\w-]{8,}(?:\.[\w-]*)?"
    # an e-mail address
    r"|(?P<mail>)[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,6}[A-Za-z]{2,24}\b"
    # a long word of digits and both cases, or of hexadecimal digits, is a key or a token
    r"|(?P<long>)(?<![\w/.-])(?=[\w-]*[0-9])(?=[\w-]*[a-z])(?=[\w-]*[A-Z])[A-Za-z0-9_-]{28,}(?![\w/.-])"
    r"|(?P<hex>)(?<![\w-])[0-9a-f]{32,}(?![\w-])"
)


def masked(text: str) -> str:
    """Return a text in which keys, tokens, passwords and e-mail addresses are masked; what names them stays."""
    return _SECRETS.sub(lambda found: f"{found[found.lastgroup or 0]}{_MASK}", text)
