"""Features of an error for the wording model: its words, the pairs of neighbouring words, and its status."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from http import HTTPStatus
from itertools import pairwise

from errdex.model.type_names import Final
from errdex.read.evidence import BODY, Evidence
from errdex.read.signals.reports import RECORD_HEAD
from errdex.rules import Pattern
from errdex.rules.tokens import CJK

# Runs of letters and digits; Chinese, Japanese and Korean characters, which are written without blanks, one by one.
_TOKEN: Final[Pattern] = rf"[a-z0-9à-ɏЀ-ӿ]+|[{CJK}]"
_HUMP: Final[Pattern] = r"([a-z])([A-Z])"
_STATUS: Final[Pattern] = r"[45][0-9][0-9]$"
_TIME: Final[Pattern] = r"[0-9]+(ms|s|m|min|h|d|k)$"
_DIGIT: Final[Pattern] = r"[0-9]"
_TELLING: Final = ("reason", "type", "status", "state", "code", "action")
"""Endings of the keys whose values name a kind or a state."""
_NAME: Final[Pattern] = r"[A-Za-z_ -]{3,60}"
_LONGEST_WORD: Final = 24
_SMALL: Final = 2  # digits
_STEM: Final = 6
"""Letters of a word that count: `authenticate`, `authentication` and `authenticated` say the same."""
THEME: Final = "~"
"""How a feature begins that says what words are about, and is no word itself."""
_THEMES: Final = {
    word[:_STEM]: THEME + theme
    for theme, words in {
        "money": (
            "credit", "credits", "balance", "payment", "billing", "pay", "recharge", "prepaid", "arrears", "funds",
            "budget", "spend", "spending", "purchase", "afford", "paid", "cost", "overdue", "invoice", "saldo",
        ),
        "period": (
            "daily", "day", "days", "weekly", "week", "weeks", "monthly", "month", "months", "hour", "hours", "hourly",
            "tpd", "rpd", "yearly",
        ),
    }.items()
    for word in words
}  # fmt: skip
"""Word → what it is about: money, or a period so long that no retry can wait for its end."""
_ADDRESS: Final[Pattern] = r"https?://\S+"
_PLAIN_WORD: Final[Pattern] = r"[a-z]{2,}|[^\x00-\x7f]"
_CLASSES: Final = ("error", "exception")
"""Endings of exception classes, which name the status in other words."""
_EMPTY: Final = frozenset(
    {
        "api", "apierror", "apistatuserror", "body", "check", "client", "code", "error", "errors", "exception",
        "exceptions", "exit", "failed", "failure", "for", "from", "get", "http", "httperror", "https",
        "httpstatuserror", "httpx", "information", "message", "more", "no", "none", "null", "openai", "post", "reason",
        "request", "requests", "response", "returned", "see", "server", "status", "the", "unknown", "url", "while",
        "with",
        *"错误码状态返回报失败请求：，。！（）【】",
    }
)  # fmt: skip
"""Words of HTTP clients that say nothing about what happened."""
_REASONS: Final = {status.value: status.phrase.lower() for status in HTTPStatus if status >= 400}
_OTHER_REASONS: Final = (
    "request entity too large", "content too large", "payload too large", "unprocessable content",
)  # fmt: skip
"""Reason phrases of other editions of the HTTP standard than Python's."""
# An object, or four words and more, after a word or a comma; not after a label such as `error: `.
_QUOTATION: Final[Pattern] = (
    r"(?<=[\w,;.] )'(?:[{\[][^\n]*[}\]]"
    r"|(?=\s?[^'\s](?:[^'\s]|(?<=\w)'(?=\w)|(?<=[=(])'[^'\s]*'(?=[,)]))*\s\S+\s\S+\s\S)"
    r"(?:[^']|(?<=\w)'(?=\w)|(?<=[\s(\[=,:])'[^']{1,300}'(?=[\s.,;:)\]>])){1,2000})'(?!\w)"
)
# As Java and JavaScript print them; a message may have a line such as `at most 5 texts`.
_FRAME: Final[Pattern] = (
    r"\n[ \t]{0,8}(?:at (?:\S+\(|[^\n]*(?:\(<|:[0-9]+:[0-9]+))|\.\.\. [0-9]+ (?:more|common))[^\n]*"
)
"""A line of a stack trace: it says where something happened, not what."""
_RECORD: Final[Pattern] = rf"(?m)^ ?{RECORD_HEAD}"
"""What a logger writes before a message."""
_QUERY: Final[Pattern] = r"(://[^\s?]{1,400})\?\S*"
"""The parameters in an address: the caller's words."""
_READ: Final = 2_000  # characters read at each end of a long message
_FIRST: Final = 160
_LAST: Final = 80
"""Numbers of words read at both ends of a long text."""


def features(texts: Iterable[str], status: int | None) -> set[str]:
    """Return the features of the texts of one error and its HTTP status."""
    found: set[str] = set()
    for text in texts:
        words = words_of(text)
        found.update(words)
        found.update(map(" ".join, pairwise(words)))
        found.update(filter(None, map(_THEMES.get, words)))
    if status:
        found.add(f"={status}")
        found.add(f"={status // 100}xx")
    return found


def words_of(text: str) -> list[str]:
    """Return the words of a text in order; numbers are replaced by what kind of number they are."""
    words = re.findall(_TOKEN, re.sub(_HUMP, r"\1 \2", text).lower())
    if len(words) > _FIRST + _LAST:
        words = words[:_FIRST] + words[-_LAST:]
    return [word[:_STEM] if word.isalpha() and len(word) <= _LONGEST_WORD else _kind(word) for word in words]


def _kind(word: str) -> str:
    """Return what stands for a number, a duration, an id or an overlong word."""
    if re.match(_STATUS, word):
        return word
    time = re.match(_TIME, word)
    if time:
        return f"#{time[1]}"
    if not re.match(_DIGIT, word) or not word.isdecimal():
        return "#x"
    return "#1" if len(word) <= _SMALL else "#9"


def texts_of(evidence: Evidence) -> list[str]:
    """Return the messages of an error, without what they quote and without the frames of stack traces."""
    return [words_alone(_without_frames(message.text)) for message in evidence.messages]


def _without_frames(text: str) -> str:
    return re.sub(_FRAME, "", text) if "\n" in text else text


def words_alone(text: str) -> str:
    """Return a message, or a part of one, without what it quotes and what a logger writes before each line."""
    text = re.sub(_RECORD, "", ends_of(text))
    if "://" in text:
        text = re.sub(_QUERY, r"\1", text)
    return without_quotations(text).replace(BODY, " ")


def ends_of(text: str) -> str:
    """Return a text, or of a long one both ends."""
    return f"{text[:_READ]} {text[-_READ:]}" if len(text) > 2 * _READ else text


def is_bare(texts: Iterable[str], status: int | None, names: Collection[str]) -> bool:
    """Tell whether texts say no more than that a request failed with a status, as HTTP clients do on their own.

    Args:
        texts: The messages of an error.
        status: Its HTTP status.
        names: Names of providers, in lower case; they say nothing either.
    """
    reasons = [*filter(None, [_REASONS.get(status or 0)]), *_OTHER_REASONS]
    for text in texts:
        low = re.sub(_ADDRESS, " ", text.lower())
        for reason in reasons:
            low = low.replace(reason, " ")
        words = re.findall(_PLAIN_WORD, low)
        if not all(word in _EMPTY or word in names or word.endswith(_CLASSES) for word in words):
            return False
    return True


def without_quotations(text: str) -> str:
    """Remove what a normalised text quotes after words of its own: the caller's words say nothing about the error.

    Of a long text only both ends are returned.
    """
    text = ends_of(text)
    return re.sub(_QUOTATION, " ", text) if "'" in text else text


def names_of(evidence: Evidence) -> list[str]:
    """Return the machine codes and exception classes of an error, and the states that fields of its body give."""
    named = (seen.name for seen in evidence.exceptions)
    told = (
        value
        for path, value in evidence.fields
        if type(value) is str and path.lower().endswith(_TELLING) and re.fullmatch(_NAME, value)
    )
    return [*dict.fromkeys([*evidence.codes, *named, *told])]
