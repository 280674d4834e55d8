"""The normal form of texts: what different renderings of a message have in common.

Templates are normalised when they are compiled and texts when they are matched, so that quotes, whitespace, Markdown
escapes, HTML tags and letter case never decide.
"""

from __future__ import annotations

import re

from errdex.model.type_names import Final
from errdex.rules import Pattern

_QUOTES: Final = '"`´‘’‚‛“”„‟′″‹›«»＇＂'
_SPACES: Final = (
    "\t\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_TABLE: Final = str.maketrans(dict.fromkeys(_QUOTES, "'") | dict.fromkeys(_SPACES, " "))
_ASCII_TABLE: Final = [(chr(odd), plain) for odd, plain in _TABLE.items() if odd < 128]
_ASCII_LOWER: Final = {upper: upper + 32 for upper in range(65, 91)}

_MARKDOWN_ESCAPE: Final[Pattern] = r"\\([_*\[\]()#.!~`<>+|-])"
_MARKDOWN_LINK: Final[Pattern] = r"\[(https?://[^\s\]\[]{1,300}+)\]\(\1\)|<(https?://[^\s<>]{1,300}+)>"
_MOJIBAKE: Final[Pattern] = "â€[\u009d\u0093\u0094™˜œžš\u02dc\u0153\u201d]?|Â(?=[\\s\u00a0«»])"
_HTML: Final[Pattern] = r"(?i)<(?:!doctype|html|head|body|center)\b"
_TAG: Final[Pattern] = r"(?is)<(?:style|script)\b.*?(?:</(?:style|script)>|\Z)|<[^<>]{0,500}>"


def normalise(text: str) -> str:
    """Unify quotes, whitespace, Markdown escapes and links; whitespace that contains a line break becomes one break."""
    if text.isascii() and text.isprintable() and not _is_odd(text):
        if '"' in text:
            text = text.replace('"', "'")
        return _single_blanks(text) if "  " in text else text
    if may_be_page(text) and re.search(_HTML, text):
        text = re.sub(_TAG, "\n", text)
    if "â" in text or "Â" in text:
        text = re.sub(_MOJIBAKE, lambda found: "'" if len(found[0]) > 1 else "", text)
    if "](" in text or "<http" in text:
        text = re.sub(_MARKDOWN_LINK, lambda found: found[1] or found[2], text)
    if "\\" in text:
        text = re.sub(_MARKDOWN_ESCAPE, r"\1", text)
    if text.isascii():
        for odd, plain in _ASCII_TABLE:  # str.replace is ten times as fast as str.translate here
            if odd in text:
                text = text.replace(odd, plain)
    else:
        text = text.translate(_TABLE)
    if "\n" in text or "\r" in text:
        text = _one_break(text)
    return _single_blanks(text)


def may_be_page(text: str) -> bool:
    """Tell whether a text may be a page of HTML, whose tags count as blanks."""
    return "</" in text or "<title" in text or "<!" in text


def _is_odd(text: str) -> bool:
    """Tell whether printable ASCII text needs more than quotes and spaces replaced; a pattern would be slower."""
    return "\\" in text or "`" in text or "](" in text or "<" in text


def _single_blanks(text: str) -> str:
    while "  " in text:  # each pass halves the runs
        text = text.replace("  ", " ")
    return text


def _one_break(text: str) -> str:
    """Reduce whitespace that contains a line break to one break; working by lines is ten times as fast as a pattern."""
    lines = text.replace("\r", "\n").split("\n")
    joined = "\n".join(filter(None, map(str.strip, lines)))
    # A template's literal may begin or end with whitespace.
    before = "" if not lines[0] or not lines[0][:1].isspace() else " "
    before = before if lines[0].strip() else "\n"
    after = "" if not lines[-1] or not lines[-1][-1:].isspace() else " "
    return before + joined + (after if lines[-1].strip() else "\n")


def fold(normal: str) -> str:
    """Return a normalised text in lower case and on one line, with the same length."""
    folded = normal.lower() if normal.isascii() else normal.translate(_ASCII_LOWER)
    return folded.replace("\n", " ")
