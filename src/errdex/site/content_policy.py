"""The content security policy of a page: what a page may load and run, so that no text of a catalog can do either."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from typing import Final

_INLINE: Final = re.compile(r"<script(?![^>]*\ssrc=)([^>]*)>(.*?)</script>", re.DOTALL)
_DATA: Final = re.compile(r"""\btype=["']?application/(?:ld\+)?json\b""")
_HEAD: Final = re.compile(r"<head[^>]*>")


def with_policy(page: str, content: str, from_files: bool) -> str:
    """Return a page with its policy at the beginning of its head.

    Scripts come from the site's own files. The theme's few scripts in the page itself are allowed by their hashes;
    those in the page's content are not.

    Args:
        page: The page's HTML.
        content: The part of it that was made from Markdown.
        from_files: Whether the site may be read from the file system, where a page has no origin.
    """
    theme = page.replace(content, "") if content else page
    hashes = {_hash(text) for kind, text in _INLINE.findall(theme) if not _DATA.search(kind)}
    own = "'self' file:" if from_files else "'self'"
    parts = [
        f"default-src {own}",
        f"script-src {' '.join([own, *sorted(hashes)])}",
        f"img-src {own} data:",
        f"worker-src {own} blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    head = f'<meta http-equiv="Content-Security-Policy" content="{"; ".join(parts)}">'
    return _HEAD.sub(lambda found: found[0] + head, page, count=1)


@cache
def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
