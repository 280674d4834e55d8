"""Machine codes in free text: behind a word that announces one, behind the label of an error, or anywhere."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from itertools import islice

from errdex.model.type_names import Final
from errdex.read.body_keys import CODE_MARKS
from errdex.read.lines import Lines
from errdex.read.signals.reports import opens, tells_of_trouble
from errdex.rules import Pattern

_MAX_FOUND: Final = 64  # in one text
_BESIDE: Final = 200  # characters around a code that are searched for words of trouble
_CODE: Final[Pattern] = (
    rf"(?i)\b(?:{'|'.join(CODE_MARKS)}|error_type)'?[:=] ?'?([A-Za-z][A-Za-z0-9_.-]{{2,60}})(?![\w.-])"
)
# A code of several words where a message begins: behind the label of an error and perhaps its status, or behind a log's
# level.
_LABELLED_CODE: Final[Pattern] = (
    r"(?im)\b(?:(?:error|exception|failure|failed)'?[:=] ?(?:[45][0-9]{2}(?: -|:)? )?"
    r"|(?:error|warn|warning|critical|fatal)\]? {1,3})([a-z]+(?:_[a-z]+)+)(?=[:,;)']? |[:.,;)']{0,2}$)"
)
# A code alone before its words. Other programs have codes too, so that it is one of which only APIs of models speak.
_OPENING_CODE: Final[Pattern] = r"(?<![\w.'/-])([a-z]+(?:_[a-z]+)+): (?=[A-Z])"
_OWN: Final[Pattern] = (
    r"overloaded|insufficient_(?:user_)?quota|rate_limit_error|context_(?:length|size)|^model_|credit_balance"
    r"|content_policy|spend_limit|^billing_|tokens|^prompt_"
)
_ECHO: Final[Pattern] = r"([A-Z][a-z]{4,})[.!]?\s*(?:\n|$)"
# Words that only machines write; in the text of an error they are its code, wherever they stand outside quotes.
_NAMED_CODE: Final[Pattern] = r"(?<![\w.'-])[a-z]+(?:_[a-z]+)+(?![\w.'-])"
_TROUBLE: Final[Pattern] = r"(?i)error|exception|fail|(?<!\w)[45]\d\d(?!\w)"


def stated_in(lines: Lines, codes: Collection[str]) -> Iterator[str]:
    """Yield the codes in a text that something beside them says to be one; not those in source code.

    Args:
        lines: The text.
        codes: The codes of the catalog.
    """
    text = lines.text
    for found in islice(re.finditer(_CODE, text), _MAX_FOUND):
        if found[1] not in codes or lines.is_code(found.start()):
            continue
        if _speaks_of_error(text, found.start(), found.end()):
            yield found[1]
    for found in islice(re.finditer(_LABELLED_CODE, text), _MAX_FOUND):
        if found[1] in codes and not (lines.is_code(found.start()) or lines.is_item(found.start())):
            yield found[1]
    for found in islice(re.finditer(_OPENING_CODE, text), _MAX_FOUND):
        code = found[1]
        if code in codes and re.search(_OWN, code) and _is_explained(lines, code, found.start(), found.end()):
            yield code


def named_in(text: str, codes: Collection[str]) -> list[str]:
    """Return the codes that the text of an error has anywhere outside quotes."""
    named = islice(re.finditer(_NAMED_CODE, text), _MAX_FOUND)
    return list(dict.fromkeys(found[0] for found in named if found[0] in codes))


def _is_explained(lines: Lines, code: str, start: int, end: int) -> bool:
    """Tell whether a line begins with a code and then says what went wrong, if only in the code's own word."""
    if lines.is_code_or_markup(start) or not opens(lines, start):
        return False
    echo = re.match(_ECHO, lines.text[end : end + _BESIDE])
    if echo:
        return echo[1].lower() in code
    return tells_of_trouble(lines.text[end : end + _BESIDE])


def _speaks_of_error(text: str, start: int, end: int) -> bool:
    """Tell whether the line of a code says, apart from the code, that something went wrong."""
    before = text[max(0, start - _BESIDE) : start].rpartition("\n")[2]
    after = text[end : end + _BESIDE].partition("\n")[0]
    return re.search(_TROUBLE, before + " " + after) is not None
