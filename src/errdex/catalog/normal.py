"""Normal form of texts: what two renderings of one message have in common.

Templates are brought into this form when they are compiled, texts when they are matched, so that quotes,
blanks, Markdown escapes and the case of letters never decide.
"""

from __future__ import annotations

import re
from typing import Final

_QUOTES: Final = "\"`´‘’‚‛“”„‟′″‹›«»＇＂"
_TABLE: Final = str.maketrans(dict.fromkeys(_QUOTES, "'") | {"…": "…", "\u00a0": " ", "\u202f": " "})
_ODD: Final = re.compile("[\"`\\\\\x80-\U0010ffff]|\\](?=\\()|<(?=http|/)|\\s\\s|[^\\S ]")
_MARKDOWN_ESCAPE: Final = re.compile(r"\\([_*\[\]()#.!~`<>+|-])")
_MARKDOWN_LINK: Final = re.compile(r"\[(https?://[^\s\]]{1,500})\]\(\1\)|<(https?://[^\s>]{1,500})>")
_MOJIBAKE: Final = re.compile("â€[\u009d\u0093\u0094™˜œžš\u02dc\u0153\u201d]?|Â(?=[\\s\u00a0«»])")
_HTML: Final = re.compile(r"<(?:!doctype|html|head|body|center|title)\b", re.IGNORECASE)
_TAG: Final = re.compile(r"<(?:style|script)\b.*?(?:</(?:style|script)>|\Z)|<[^<>]{0,500}>", re.IGNORECASE | re.DOTALL)
_BLANKS: Final = re.compile(r"\s+")
_ASCII_LOWER: Final = {upper: upper + 32 for upper in range(65, 91)}


def _blank(match: re.Match[str]) -> str:
    return "\n" if "\n" in match[0] or "\r" in match[0] else " "


def normalise(text: str) -> str:
    """Give all quotes, blanks, Markdown escapes and links one form; a run of blanks with a line break becomes one."""
    if _ODD.search(text) is None:
        return text
    if "</" in text or "<title" in text or "<!doctype" in text:
        if _HTML.search(text):
            text = _TAG.sub("\n", text)
    if "â" in text or "Â" in text:
        text = _MOJIBAKE.sub(lambda found: "'" if len(found[0]) > 1 else "", text)
    if "](" in text or "<http" in text:
        text = _MARKDOWN_LINK.sub(lambda found: found[1] or found[2], text)
    if "\\" in text:
        text = _MARKDOWN_ESCAPE.sub(r"\1", text)
    return _BLANKS.sub(_blank, text.translate(_TABLE))


def fold(normal: str) -> str:
    """Return a normalised text in lower case on one line, of the same length."""
    folded = normal.lower() if normal.isascii() else normal.translate(_ASCII_LOWER)
    return folded.replace("\n", " ")
