"""Finds HTTP statuses in text: only in the forms in which clients write them, never as a mere number."""

from __future__ import annotations

import re
from collections.abc import Set
from http import HTTPStatus

from errdex.model.type_names import Final
from errdex.read.evidence import SeenException, SeenStatus
from errdex.read.lines import Lines
from errdex.read.signals.classes import Classes
from errdex.read.signals.numbers import BEFORE, find_numbers, numbers_in
from errdex.read.signals.reports import is_reported, is_tagged
from errdex.rules import Pattern
from errdex.rules.tokens import STATUS_WORDS

_BESIDE: Final = 400  # characters around a status, on its line, in which a host supports it
_AFTER: Final = 60
_GOES_ON: Final[Pattern] = r"\s*(?:$|\n|[:;,{(]|- |\x01|\.(?:\s|$)|')"  # after a number that completes the report

_REASON_END: Final[Pattern] = r"\s*(?:$|\n|[:;,]|- |\x01|\.(?:\s|$))"

# (before the number, after it); a client's own phrase needs no support.
_PHRASES: Final = [
    (re.compile(before, re.IGNORECASE), re.compile(after, re.IGNORECASE))
    for before, after in (
        (r"(?:client|server) error '$", r"[^\n]{0,60}' for url"),
        (r"", r" (?:client|server) error: .*for url"),
        (r"\berror code: $", _GOES_ON),
        (r"(?:^|: |- )request failed with status(?: code)?:? $", r""),
        (r"\b(?:api|sdk|server) (?:returned|responded with|answered with) (?:http )?status(?: code)?:? $", r"(?!\d)"),
        (r"\bapi (?:request )?error(?: occurred)?[ :(]+(?:status )?(?:code )?$", r""),
        (r"\bhttp error $", r":"),
        (r"\berror response $", r" while fetching"),
        (r"\bstatus_?code:? $", r",? (?:body|headers|message)\b"),
        (r"\bstatus code: $", r"[;,]?\s*body:"),
        (r"\bunexpected status(?: code)?:? $", r""),
        (r"\breceived (?:client|server) error \($", r"\) from"),
        (r"status code does not indicate success: $", r" \("),
        (r"service request failed\.\sstatus: $", r" \("),
        (r"kind: status\($", r"\), url:"),
        (r"(?:^|: |- )$", r", message='[^']*', url="),
        (r"", r" status code \(no body\)"),
        (r"\bapi (?:returned|responded with|answered with) (?:an )?error status(?: code)?:? $", r"(?!\d)"),
        (r"(?:^|(?:error|failed)[\w ]{0,20}: )http $", r"(?:$|\n)"),
        (r"server responded with status $", r""),
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
_NEEDED: Final = (
    ("status",),
    ("http/",),
    ("http",),
    ("error", "exception", "fail"),
    ("error", "fail"),
    ("",),
    ("",),
    ("(",),
)
"""For each form, words of which one is in the text before the number, in lower case."""
# What httpx logs of its own requests: HTTP Request: POST https://… "HTTP/1.1 529 Overloaded"
_REQUEST_LOG: Final[Pattern] = r"(?i)/\S* 'HTTP/[12](?:\.[0-9])? $"
_ACCESS: Final[Pattern] = r"HTTP/[0-9](?:\.[0-9])?'? $|[<>]=? $"  # an access log's request, a comparison
_REASONS: Final = {status.value: status.phrase.lower() for status in HTTPStatus if status >= 400}
# What says that a number is a status, where somebody holds an error: a word before it, or one after it.
_SAYING: Final = re.compile(
    r"(?:\b(?:http|https|status|code|error|errors|exception|failed|failure|fails|failing|returned|returns|got|received"
    r"|response|responded|responds|answered|rejected|upstream|api|request)\b|(?:error|exception|status|code|http)"
    r"|错误码?|状态码|报错|失败|返回)[\s:：=()（\[\]{}<>'\",#./|_-]{0,6}"
    r"(?:(?!line|id|after|limit|expect|at most)[a-z_ ]{0,16}(?<!line)(?<! id)(?<!after)[\s:=('\"\[-]{1,3})?$"
    r"|^[\W_]*$",
    re.IGNORECASE,
)
_SAID: Final = re.compile(
    r"[\s:)\]'\",-]{0,4}"
    r"(?:\(?no body\)?|status code|status\b|errors?\b|http\b|response\b|(?:client|server) error|错误)",
    re.IGNORECASE,
)
_MEASURES: Final = re.compile(
    r"\s?(?:ms|s|sec|seconds?|tokens?|bytes|kb|mb|gb|%)\b|\s+of\s+[0-9]"
    r"|\s+(?!errors\b|status\b|is\b|was\b|as\b|this\b|has\b)[a-z]+s\b",
    re.IGNORECASE,
)
# A number with its reason phrase counts at the start of a report, but not after the request of an access log.
_REASON_HEAD: Final = re.compile(
    r"(?:^|\n)[^\w\n|#*-]*(?:HTTP/[123](?:\.\d)? |http )?$"
    r"|(?:error|exception|failed|returned|got)\)?(?: with)?(?: status)?:? (?:http )?$",
    re.IGNORECASE,
)
_CLASS_HEAD: Final = re.compile(
    r"(?:^|[\s:(\[.'])(\w+(?:Error|Exception))[\])']?"
    r"[ :(\[=-]{1,3}(?:(?:http )?(?:status|code)[\w ]{0,8}[:= ]{1,2})?'?$"
)


def find_statuses(
    lines: Lines, seen: Set[bytes], known: Classes, reported: list[SeenException], start: int = 0
) -> list[SeenStatus]:
    """Return the HTTP statuses in a normalised text, in order.

    Args:
        lines: The text.
        seen: Its words.
        known: The classes, labels and providers that the catalog knows.
        reported: The exception classes that the text reports.
        start: Up to where wrappers' heads have been read, their statuses included.
    """
    text = lines.text
    found = []
    named = not seen.isdisjoint(known.providers.words)
    for position in find_numbers(text, seen & STATUS_WORDS, known.providers.names, start):
        end = position + 3
        number = int(text[position:end])
        before = text[max(0, position - BEFORE) : position]
        after = text[end : end + _AFTER]
        phrase = any(right.match(after) and left.search(before) for left, right in _PHRASES)  # the cheaper test first
        phrase = phrase or (named and is_reported(lines, position, known.labels, known.providers.names))
        reason = not phrase and _has_reason(number, before, after)
        if not (phrase or reason or _in_form(before, after, known)):
            continue
        if lines.is_code_or_markup(position):
            continue
        quotation = lines.quotation_at(position)
        quoted = 0 <= quotation < position - 1 and not known.labels.precedes(lines, quotation)
        if quoted and re.search(_REQUEST_LOG, before) is None:
            continue  # what somebody quotes is not what happened
        strong = phrase or _has_support(lines, position, before, after, reason, known, reported)
        found.append(SeenStatus(number, position, strong))
    return found


def find_stated(lines: Lines, seen: Set[bytes]) -> list[SeenStatus]:
    """Return the HTTP statuses in the text of an error, in order: the numbers of which any word says that they are one.

    `find_statuses` asks for the forms in which clients write them, because a log line may hold any number. Of a text
    that is an error, less is asked.

    Args:
        lines: The text.
        seen: Its words.
    """
    text = lines.text
    found = []
    for position in numbers_in(text, seen & STATUS_WORDS):
        end = position + 3
        number = int(text[position:end])
        before, after = text[max(0, position - BEFORE) : position].rpartition("\n")[2], text[end : end + _AFTER]
        if _MEASURES.match(after) or _is_request(before):
            continue
        reason = _REASONS.get(number)
        if not (_SAYING.search(before) or _SAID.match(after) or (reason and reason in after.lower())):
            continue
        if not lines.is_code_or_markup(position):
            # .NET writes `…: 404 (Not Found)` in the language of the system.
            stated = reason is not None and before.endswith((": ", "：")) and after.lower().startswith(f" ({reason})")
            found.append(SeenStatus(number, position, strong=stated))
    return found


def _is_request(before: str) -> bool:
    """Tell whether a number follows the request of an access log, or is compared with something."""
    return re.search(_ACCESS, before) is not None


def _in_form(before: str, after: str, known: Classes) -> bool:
    low = before.lower()
    for needed, (left, right) in zip(_NEEDED, _FORMS, strict=True):
        if any(word in low for word in needed) and right.match(after) and left.search(before):
            return True
    line = before.rpartition("\n")[2]
    if not line or line[-1] not in " :([-":
        return False
    if is_tagged(line, known.providers.names):
        return False  # which may be a count, or the number of an issue
    line = line.rstrip(" :([-")
    return known.providers.ends_in_name(line) or known.ends(line)


def _has_reason(status: int, before: str, after: str) -> bool:
    """Tell whether a number is followed by its reason phrase, as in `503 Service Unavailable`."""
    reason = _REASONS.get(status)
    rest = after[2:] if after.startswith(": ") else after[1:]
    if reason is None or after[:1] not in (" ", ":") or rest[: len(reason)].lower() != reason:
        return False
    return re.match(_REASON_END, rest[len(reason) :]) is not None and _REASON_HEAD.search(before) is not None


def _has_support(
    lines: Lines,
    position: int,
    before: str,
    after: str,
    reason: bool,
    known: Classes,
    reported: list[SeenException],
) -> bool:
    """Tell whether a known class, a provider or the reason phrase is next to a status, or a host is on its line."""
    start, end = lines.at(position)
    line = lines.text[max(start, position - _BESIDE) : min(end, position + _BESIDE)]
    line_before = before.rpartition("\n")[2]
    goes_on = re.match(_GOES_ON, after) is not None
    if goes_on and known.providers.ends_in_name(line_before.rstrip(" :([-")):
        return True
    if known.has_foreign(line):
        return False
    if reason or known.providers.mentioned(line.lower(), hosts_only=True):
        return True
    head = _CLASS_HEAD.search(before) if goes_on else None
    near = (seen for seen in reported if abs(seen.position - position) < BEFORE)
    return head is not None and any(seen.name == head[1] for seen in near)
