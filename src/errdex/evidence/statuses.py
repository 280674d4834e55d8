"""HTTP statuses in a text: only in the forms in which clients write them, never as a mere number."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Final

from errdex.evidence.cues import Cues, is_code_line
from errdex.evidence.evidence import SeenStatus

_NUMBER: Final = re.compile(r"(?<![\w.,#$%-])(?<!\d:)(?<!\w=')[45]\d\d(?![\d%]|[.,:]\d|\w)")
_MAX_NUMBERS: Final = 64  # looked at from each end of a text
_BEFORE: Final = 60
_AFTER: Final = 60
_NEAR: Final = 250  # characters within which a class supports a status

# Before the number, and after it; a client's own phrase counts by itself.
_PHRASES: Final = [
    (re.compile(before, re.IGNORECASE), re.compile(after, re.IGNORECASE))
    for before, after in (
        (r"(?:client|server) error '$", r"[^'\n]*' for url"),
        (r"", r" (?:client|server) error: .*for url"),
        (r"\berror code: $", r""),
        (r"request failed with status code $", r""),
        (r"\bapi (?:request )?error(?: occurred)?[ :(]+(?:status )?(?:code )?$", r""),
        (r"\bhttp error $", r""),
        (r"\berror response $", r" while fetching"),
        (r"\bstatus_?code:? $", r",? (?:body|headers|message)\b"),
        (r"\bstatus code: $", r"[;,]?\s*body:"),
        (r"\bunexpected status(?: code)?:? $", r""),
        (r"\breceived (?:client|server) error \($", r"\) from"),
    )
]
_FORMS: Final = [
    (re.compile(before, re.IGNORECASE), re.compile(after, re.IGNORECASE))
    for before, after in (
        (r"(?:status|http_?status)(?:[_ -]?code)?'?\)? ?[:= ] ?'?$", r""),
        (r"\bhttp/[123](?:\.\d)? $", r"(?! \d)"),
        (r"\bhttp(?: error)?(?: status)?(?: code)?[ :-]*$", r""),
        (
            r"(?:error|exception|failed|failure)s?[\])']?[ :(\[=-]{1,3}(?:response |code[ :=]+)?'?$",
            r"(?:['):\],]|$|\s|\x01)",
        ),
        (r"(?:error|failed|failure) (?:with|code|response|occurred)[^\n]{0,20}[ :(]$", r"(?:['):\],]|$|\s|\x01)"),
        (r"(?:^|\n)[\s\W]*$", r"(?: [A-Z]|[:,)]|$|\n|\x01)"),
        (r"(?:^|\n)[\d/:., TZ-]{8,32} $", r": ?\x01"),
        (r"\($", r" [A-Z][a-z]+(?: [A-Z][a-z]+){0,3}\)"),
    )
]
_REASONS: Final = {status.value: status.phrase.lower() for status in HTTPStatus if status >= 400}
_LOG_HEAD: Final = re.compile(r"[\s\W]*(?:HTTP/[123](?:\.\d)? )?$")


def find_statuses(text: str, cues: Cues) -> list[SeenStatus]:
    """Return the statuses in a normalised text, in order."""
    seen = []
    numbers = list(_NUMBER.finditer(text))
    if len(numbers) > 2 * _MAX_NUMBERS:
        numbers = numbers[:_MAX_NUMBERS] + numbers[-_MAX_NUMBERS:]
    for found in numbers:
        position, end = found.start(), found.end()
        before = text[max(0, position - _BEFORE) : position]
        after = text[end : end + _AFTER]
        phrase = any(left.search(before) and right.match(after) for left, right in _PHRASES)
        if not phrase and not _in_form(before, after, cues):
            continue
        if is_code_line(text, position):
            continue
        strong = phrase or _has_support(text, position, end, cues)
        seen.append(SeenStatus(int(found[0]), position, strong))
    return seen


def _in_form(before: str, after: str, cues: Cues) -> bool:
    if any(left.search(before) and right.match(after) for left, right in _FORMS):
        return True
    line = before.rpartition("\n")[2]
    if not line or line[-1] not in " :([-":
        return False
    line = line.rstrip(" :([-")
    return cues.ends_in_name(line) or cues.ends_in_class(line)


def _has_support(text: str, position: int, end: int, cues: Cues) -> bool:
    """Tell whether a class, a host or the provider's name stands beside a status, or its reason phrase says it all."""
    line_start = text.rfind("\n", 0, position) + 1
    line_end = text.find("\n", end)
    line = text[line_start : len(text) if line_end < 0 else line_end]
    if line.lstrip().startswith("|") and line.count("|") > 2:
        return False  # a row of a table
    if cues.class_near(text, position, _NEAR):
        return True
    if cues.mentioned(line.lower(), hosts_only=True) or cues.ends_in_name(text[line_start:position].rstrip(" :([-")):
        return True
    reason = _REASONS.get(int(text[position:end]))
    rest = text[end : line_end if line_end >= 0 else len(text)].lstrip(" :-").rstrip(" .!").lower()
    return reason is not None and rest == reason and _LOG_HEAD.match(text[line_start:position]) is not None
