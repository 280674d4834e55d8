"""Tells which kind of line a position is in: source code, Markdown or a quotation, none of which reports an error."""

from __future__ import annotations

from errdex.model.type_names import Final
from errdex.rules import Pattern, pattern

_CODE: Final = (
    r"\s*(?:-+>\s*)?(?:\d{1,5}\s+)?(?:"
    r"@\w|//|#\s|/\*|\*/|<!--"
    r"|import\b|from\s+\S+\s+import\b|#include"
    r"|(?:raise|throw|return|assert|await|yield|def|class|except|catch|const|let|var|elif|export|public|private)\b.*[({=:;]"
    r"|(?:if|for|while|with|else|try|case|new|expect|it|test|describe)\b(?:.*(?:[{;,(]\s*$|==|=>|\)\s*[;,{:]?\s*$)|\s*\()"
    r"|(?:console|logger|logging|log|self|this|print|raise|err|res|response|app|router)\w*(?:\(|\.(?![\w.]*: )).*[)({]"
    r"|[\w.]++(?: = |(?<!Error)(?<!Exception)\((?:[^()]*$|.*\)[;,:]?\s*$))"
    r"|['\"\w.]++ ?(?:=>|:) ?['\"(][^'\"]*['\"],\s*$"  # 503: 'Service Unavailable',
    r"|'[^']*',\s*$"
    r"|(?:[\w.'\"]+: )?[0-9]{3},\s*(?:#.*|//.*)?$"  # RateLimitError: 429,
    r")"
)
_MARKUP: Final = r"\s*(?:\|.*\||#{1,6}\s|<(?:title|h[1-6]|li|td|p)\b)"
_CODE_OR_MARKUP: Final[Pattern] = f"({_CODE})|{_MARKUP}"
_NEITHER, _IS_CODE, _IS_MARKUP = range(3)
_OPENING: Final[Pattern] = r"(?<![\w'])'(?=[^\s'])"
_INDENTED: Final[Pattern] = r"[ \t]|[\d:.,/TZ+\[\]-]{8,40}(?: [\d:.,/TZ+\[\]-]{5,30})? {3}"
_MAX_LINE: Final = 400
BULLET: Final[Pattern] = r"\s*(?:[-*+•#|>]|\d{1,2}[.)])\s"
"""The beginning of a list item."""
DECORATION: Final[Pattern] = r"(?:[\W\d_]|(?<=\d)[TZ])*"
"""Anything but words: no letters except those of a timestamp."""
ERROR_CLASS: Final[Pattern] = r"[A-Z]\w{1,60}(?:Error|Exception)(?![\w/\\])"
"""An error class, recognised by its name."""


class Lines:
    """A text by lines; the kind of each line is determined only once.

    Args:
        text: The text, normalised.
        written: The text as it was written, with all its blanks.

    Attributes:
        text: The text.
        introduced: Position → whether a message may begin there, as far as `Labels.introduces` has judged it.
    """

    __slots__ = ("_end", "_kinds", "_start", "_written", "introduced", "text")

    def __init__(self, text: str, written: str = "") -> None:
        self.text = text
        self._written = written
        self._start, self._end = 0, -1  # the line last asked for
        self.introduced: dict[int, bool] = {}
        self._kinds: dict[int, int] = {}

    def is_indented(self) -> bool:
        """Tell whether the text was written with an indent, at its beginning or behind a time."""
        return pattern(_INDENTED).match(self._written) is not None

    def at(self, position: int) -> tuple[int, int]:
        """Return where the line around a position begins and ends."""
        if not self._start <= position <= self._end:
            end = self.text.find("\n", position)
            self._start = self.text.rfind("\n", 0, position) + 1
            self._end = len(self.text) if end < 0 else end
        return self._start, self._end

    def is_code(self, position: int) -> bool:
        """Tell whether a position is in a line of source code."""
        return self._kind(position) == _IS_CODE

    def is_code_or_markup(self, position: int) -> bool:
        """Tell whether a position is in source code, a table row, a heading or an HTML element."""
        return self._kind(position) != _NEITHER

    def _kind(self, position: int) -> int:
        start, end = self.at(position)
        kind = self._kinds.get(start)
        if kind is None:
            self._kinds[start] = kind = self._read_kind(start, end)
        return kind

    def _read_kind(self, start: int, end: int) -> int:
        if self.text.startswith("-", start + 4) and self.text[start : start + 4].isdigit():
            return _NEITHER  # a date: most log lines
        found = pattern(_CODE_OR_MARKUP).match(self.text, start, min(end, start + _MAX_LINE))
        return _NEITHER if found is None else _IS_CODE if found.lastindex else _IS_MARKUP

    def is_item(self, position: int) -> bool:
        """Tell whether a position is in a list item."""
        start, end = self.at(position)
        return pattern(BULLET).match(self.text, start, end) is not None

    def quotation_at(self, position: int) -> int:
        """Return where the quotation around a position begins, on its line; -1 if it is not in a quotation."""
        text = self.text
        start = max(self.at(position)[0], position - _MAX_LINE)
        begin = -1
        if text.find("'", start, position) < 0:
            return begin
        for found in pattern(_OPENING).finditer(text, start, position):
            closing = text.find("'", found.end(), position)
            begin = found.start() if closing < 0 else -1
        return begin
