"""Where a message may begin in free text: after a label, at the start of a line, or after the head of a log line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from errdex.model.type_names import Final
from errdex.read.lines import DECORATION, ERROR_CLASS, Lines
from errdex.read.signals.providers import Providers
from errdex.rules import Pattern, pattern

_ENDINGS: Final = (
    "error", "errors", "exception", "failed", "failure", "fault", "fatal", "denied", "rejected", "refused", "timeout",
    "overloaded",
)  # fmt: skip
_ALONE: Final = (
    "operation", "message", "reason", "detail", "details", "body", "response", "cause", "msg", "said", "says",
    "returned", "answered", "got",
)  # fmt: skip
_KEYS: Final = ("err", "error", "msg", "message", "reason", "exception")
"""Keys with which loggers that write `key=value` introduce a message."""
_CJK_ENDINGS: Final = (
    "错误", "报错", "失败", "异常", "原因", "提示", "信息", "消息", "返回", "响应", "详情", "錯誤", "失敗", "異常",
    "訊息", "エラー", "例外", "メッセージ", "오류", "에러", "실패", "메시지",
)  # fmt: skip
"""Endings of the same labels in Chinese, Japanese and Korean; the blank behind them is often missing."""
_LEVELS: Final = ("ERROR", "CRITICAL", "FATAL", "SEVERE", "WARN", "WARNING")
_NO_MARKS: Final = str.maketrans("", "", "._$")
_LOG_HEAD: Final[Pattern] = (
    r"(?s)\W*(?:\d{4}-\d\d-\d\d|\d\d?[:/]\d\d|[A-Z][a-z]{2} +\d|[\w.-]{1,30} +\| |\d{10}).{0,120}(?:: |\| |\] |- )"
)
_CLASS_ENDINGS: Final = ("Error: ", "Exception: ")
_LETTER: Final[Pattern] = r"[^\W\d_]"
_MAX_CLIENT_WORDS: Final = 160  # characters that a client puts before the API's own message
_MAX_LINE_HEAD: Final = 200  # characters of decoration before a message


class Labels:
    """Judges what precedes a position in a text."""

    def __init__(self, providers: Providers) -> None:
        self._providers = providers

    @cached_property
    def _label(self) -> re.Pattern[str]:
        """Pattern of a label in a text that is reversed: so it is tried at one place, and not at each before the end.

        All words in it are reversed, too.
        """
        names = _reversed(self._providers.names) or r"(?!)"
        levels = rf"(?-i:{_reversed(_LEVELS)})"
        words = (
            rf"(?:{_reversed(_ENDINGS)})[\w.$]*"
            r"|(?:[a-z' -]{2,30}[a-z] )?\d\d[45][ :-]{0,2}(?:edoc[ -])?(?:ptth|sutats|edoc)?"
            r"|[\w ]{2,40} ot deliaf|[\w ]{0,60}(?:elihw|ni|gnirud|gnillac|morf|derrucco) s?rorre|sutats htiw deliaf"
            r"|\][\w -]{2,20}\["
            rf"|{_reversed(_ALONE)}|yb desuac"
        )
        return re.compile(
            r"['\[(<]*"
            r"(?:(?: ?(?:: ?){1,2}| - | >- | - :| :lru rof )(?:\][^\[\]]{0,40}\[ )?(?:\)[^()]{0,80}\( )?['\])]?"
            rf"(?:{words}|{names})(?![\w/])"
            rf"| :(?:\d+:)?[^\n:]{{0,60}}\b{levels}"
            rf"|：| ?:(?:{_reversed(_CJK_ENDINGS)})"
            rf"| (?:- )?[\])|]*{levels}"
            r"| :'?[^\s']+//:s?ptth'? (?:teg|tsop|tup|hctap|eteled)\b"
            r"|:[\w.-]{1,60}:(?:rorre|gninraw|lacitirc)"
            r"|(?<=')[ :]+\d\d[45][ :/-]{0,3}(?:ptth|sutats|edoc)"
            rf"|=(?:{_reversed(_KEYS)})(?![\w.])"
            rf"| ?\](?:{names})\["
            # Python and Java reprs: BadRequestError('…'), ValidationException(message=…, data=None message='…'
            r"|(?:=egassem)?(?: ?,[^\s,]+=\w+){0,4}\((?:rorre|noitpecxe)\w+\b|=egassem \S+=)",
            re.IGNORECASE,
        )

    def names_before(self, text: str, position: int) -> bool:
        """Tell whether a position in a message field is preceded by a client's own words.

        Those words name a provider or a class, and contain no quotes.
        """
        before = text[:position]
        if position > _MAX_CLIENT_WORDS or "'" in before:
            return False
        return self._providers.mentioned(before.lower()) or re.search(ERROR_CLASS, before) is not None

    def opens_line(self, lines: Lines, position: int) -> bool:
        """Tell whether only decoration precedes a position on its line; False in lines of code and Markdown."""
        line, _ = lines.at(position)
        if position - line > _MAX_LINE_HEAD:
            return False
        letter = pattern(_LETTER).search(lines.text, line, position)
        if letter and (letter[0] not in "TZ" or re.fullmatch(DECORATION, lines.text[line:position]) is None):
            return False
        return not lines.is_code_or_markup(position)

    def follows_log_head(self, lines: Lines, position: int) -> bool:
        """Tell whether a position follows what a logger writes before a message: a time first, a separator last."""
        line, _ = lines.at(position)
        if position - line > _MAX_LINE_HEAD or lines.quotation_at(position - 1) >= 0:
            return False
        return re.fullmatch(_LOG_HEAD, lines.text[line:position]) is not None

    def introduces(self, lines: Lines, position: int) -> bool:
        """Tell whether a message may begin at a position: after a label, outside code, Markdown and quotations."""
        found = lines.introduced.get(position)
        if found is None:
            found = lines.introduced[position] = self._introduces(lines, position)
        return found

    def _introduces(self, lines: Lines, position: int) -> bool:
        if not self.precedes(lines, position) or lines.is_code_or_markup(position):
            return False
        quotation = lines.quotation_at(position - 1)
        return quotation < 0 or self.precedes(lines, quotation)

    def precedes(self, lines: Lines, position: int) -> bool:
        """Tell whether a position is preceded by a label: an error word, a class, a provider or a status."""
        line, _ = lines.at(position)
        before = _without_status(lines.text[max(line, position - 200) : position])
        last = before.rstrip(" '[(<")[-1:]
        if not (last in ":-：>=|])" or last.isupper() or last.isdigit() or before.endswith("(")):
            return False
        return self._is_label(before) or self._label.match(before[::-1]) is not None

    def _is_label(self, before: str) -> bool:
        """Tell whether a text ends in a simple label such as `failed: `; faster than `_label`, which covers it too."""
        head = before.rstrip("'[(<")
        if head.endswith("="):
            return head[:-1].rpartition(" ")[2].lower() in _KEYS
        if not head.endswith(": "):
            return False
        word = head[:-2].rpartition(" ")[2].lower()
        if word.endswith(_ENDINGS):
            return word.translate(_NO_MARKS).isalnum()
        return word in _ALONE or word in self._providers.names


def _without_status(before: str) -> str:
    """Return a text without the status at its end that an SDK's class puts before a message."""
    has_status = before[-4:-3] in ("4", "5") and before[-3:-1].isdigit() and before[-1:] == " "
    return before[:-4] if has_status and before.endswith(_CLASS_ENDINGS, 0, -4) else before


def _reversed(words: Iterable[str]) -> str:
    """Return a pattern of these words, each reversed; of two of which one begins with the other, the longer first."""
    return "|".join(re.escape(word[::-1]) for word in sorted(words, key=len, reverse=True))
