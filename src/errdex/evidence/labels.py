"""Where a message may begin in a free text: behind a label, at the start of a line, behind the head of a log line."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from errdex.evidence.lines import ERROR_CLASS, is_code, is_markup, line_at, quotation_at
from errdex.evidence.providers import Providers
from errdex.matching.places import DECORATION

_LABEL_WORDS: Final = (
    r"[\w.$]*(?:error|errors|exception|failed|failure|fault|fatal|denied|rejected|refused|timeout|overloaded)"
    r"|(?:http|status|code)?(?:[ -]code)?[ :-]{0,2}[45]\d\d(?: [a-z][a-z' -]{2,30})?"
    r"|failed to [\w ]{2,40}|errors? (?:while|in|during|calling|from|occurred)[\w ]{0,60}|failed with status"
    r"|\[[\w -]{2,20}\]"
    r"|operation|message|reason|detail|details|body|response|caused by|cause|msg|said|says|returned|answered|got"
)
_LOG_HEAD: Final = (
    r"(?s)\W*(?:\d{4}-\d\d-\d\d|\d\d?[:/]\d\d|[A-Z][a-z]{2} +\d|[\w.-]{1,30} +\| |\d{10}).{0,120}(?:: |\| |\] |- )"
)
_MAX_CLIENT_WORDS: Final = 160  # characters that a client puts in front of the API's own message
_MAX_LINE_HEAD: Final = 200  # characters of decoration in front of a message


class Labels:
    """Judges what stands before a place in a text."""

    def __init__(self, providers: Providers) -> None:
        self._providers = providers

    @cached_property
    def _label(self) -> re.Pattern[str]:
        """What introduces a message, at the end of what stands before it."""
        names = "|".join(map(re.escape, sorted(self._providers.names, key=len, reverse=True))) or r"(?!)"
        return re.compile(
            rf"(?:(?<![\w/])(?:{_LABEL_WORDS}|{names})"
            r"['\])]?(?: \([^()]{0,80}\))?(?: \[[^\[\]]{0,40}\])?(?:(?: ?:){1,2} ?| - | -> |: - | for url: )"
            r"|(?-i:ERROR|CRITICAL|FATAL|SEVERE|WARN|WARNING)\b[^\n:]{0,60}(?::\d+)?: "
            r"|：|(?-i:ERROR|CRITICAL|FATAL|SEVERE|WARN|WARNING)[\])|]*(?: -)? "
            r"|\b(?:get|post|put|patch|delete) '?https?://[^\s']+'?: "
            r"|(?:error|warning|critical):[\w.-]{1,60}:"
            r"|(?:http|status|code)[ :/-]{0,3}[45]\d\d[ :]+(?=')"
            r"|(?<![\w.])(?:err|error|msg|message|reason|exception)="
            rf"|\[(?:{names})\] ?"
            # Python's and Java's reprs: BadRequestError('…'), ValidationException(message=…, data=None message='…'
            r"|\b\w+(?:error|exception)\((?:\w+=[^\s,]+, ?){0,4}(?:message=)?|=\S+ message=)['\[(<]*$",
            re.IGNORECASE,
        )

    def names_before(self, text: str, position: int) -> bool:
        """Tell whether a client's own words stand before a place in a message field.

        They name a provider or a class, and quote nothing.
        """
        before = text[:position]
        if position > _MAX_CLIENT_WORDS or "'" in before:
            return False
        return self._providers.mentioned(before.lower()) or re.search(ERROR_CLASS, before) is not None

    def opens_line(self, text: str, position: int) -> bool:
        """Tell whether nothing stands before a place in its line but decoration; lines of code and Markdown do not."""
        line, _ = line_at(text, position)
        if position - line > _MAX_LINE_HEAD or re.fullmatch(DECORATION, text[line:position]) is None:
            return False
        return not is_code(text, position) and not is_markup(text, position)

    def follows_log_head(self, text: str, position: int) -> bool:
        """Tell whether a place follows what a logger writes in front of a message: a time first, a separator last."""
        line, _ = line_at(text, position)
        if position - line > _MAX_LINE_HEAD or quotation_at(text, position - 1) >= 0:
            return False
        return re.fullmatch(_LOG_HEAD, text[line:position]) is not None

    def introduces(self, text: str, position: int) -> bool:
        """Tell whether a message may begin at a place: behind a label, outside of code, Markdown and quotations."""
        if is_code(text, position) or is_markup(text, position) or not self.precedes(text, position):
            return False
        quotation = quotation_at(text, position - 1)
        return quotation < 0 or self.precedes(text, quotation)

    def precedes(self, text: str, position: int) -> bool:
        """Tell whether what stands before a place introduces a message: an error label, class, provider or status."""
        line = text.rfind("\n", 0, position) + 1
        before = text[max(line, position - 200) : position]
        last = before.rstrip(" '[(<")[-1:]
        if not (last in ":-：>=|])" or last.isupper() or last.isdigit() or before.endswith("(")):
            return False
        return self._label.search(before) is not None
