"""The unit matcher: matches one template at one position of a text, in time proportional to text × units.

The parts of a template are matched from left to right: literals by string comparison, typed holes by the pattern of
their kind. After an open hole the next literal is searched for; its earliest occurrence leaves the most room for what
follows, so there is no need to backtrack.
"""

from __future__ import annotations

import re

from errdex.model.type_names import Any, Final
from errdex.rules import Pattern, pattern
from errdex.rules.holes import KINDS, OPEN


class _Patterns(dict[str, Any]):
    """Kind → match method of its pattern, compiled on first use."""

    def __missing__(self, kind: str) -> Any:
        self[kind] = matcher = re.compile(KINDS[kind]).match
        return matcher


_PATTERNS: Final = _Patterns()

# What may follow a message: closing punctuation and then the end of the text (in free text also of the line), …
_CLOSING: Final = r" .,;:!?'…)\]}>|*\\。，、；：！？）】」》"
_END: Final[Pattern] = rf"[\n{_CLOSING}]{{0,40}}\Z"
_LINE_END: Final[Pattern] = rf"[{_CLOSING}]{{0,40}}(?:\Z|\n)"
_GOES_ON: Final = (":", "|")
_MAX_TRIES: Final = 64  # places of the literal after an open hole; after more, the message is not there
_SHORT: Final = 40  # literal characters of a sentence that others continue in ways of their own
_REST_OF_NUMBER: Final[Pattern] = r"[.,]?[0-9]"
_QUOTED_END: Final[Pattern] = r"[.,;:!?…)\]。，；：！？）】」]{0,5}\\?'"
# … or something that clients append.
_APPENDED: Final[Pattern] = (
    rf"(?i)[\n{_CLOSING}]{{0,40}}+[·–—-]?[ ]?(?:"
    r"[\[(（【]?(?:x-)?(?:request|req|trace|correlation|debug|请求|追踪)[ \n_-]?(?:trace[ _-]?)?id\b"
    r"|\(?(?:http )?(?:status|code)?(?:[ _]?code)?[ =:]*[1-5][0-9][0-9]\)"
    r"|\(service: |received model group=|available model group|litellm retried"
    r"|\(?(?:attempt|retry|retries|retrying|try|tries) ?[\d#(]|\(?retry(?:ing)? (?:in|after)\b"
    r"|at [\w.<>$#/]+ ?[(\[]|traceback \(most recent)"
)


def ends(text: str, position: int, end: int, closed: bool) -> bool:
    """Tell whether a message may end at a position."""
    if position == end or pattern(_END if closed else _LINE_END).match(text, position, end):
        return True
    return is_appended(text[:end], position)


def splits_number(text: str, position: int) -> bool:
    """Tell whether a position is inside a number: `limit: 0` is not in `limit: 0.5`."""
    return text[position - 1 : position].isdigit() and pattern(_REST_OF_NUMBER).match(text, position) is not None


Values = dict[str, tuple[str, str]]
"""Hole name → (kind, matched text)."""


def match(
    parts: list[Any], text: str, low: str, start: int, end: int, closed: bool, quoted: bool = False
) -> tuple[int, Values] | None:
    """Match a template at one position of a text.

    Args:
        parts: Literals, and holes as [name, kind].
        text: Normalised text.
        low: The same text, folded.
        start: Where the message begins.
        end: Where the text that may belong to the message ends.
        closed: Whether the message is known to extend to `end`; otherwise it may end with its line.
        quoted: Whether the message is in quotes, so that it may end with the closing quote.

    Returns:
        Where the message ends, and the values of its holes; None if the template does not match.
    """
    values: Values = {}
    position = start
    number, size = 0, len(parts)
    while number < size:
        part = parts[number]
        if type(part) is str:
            if not low.startswith(part, position, end):
                return None
            position += len(part)
        elif part[1] in OPEN:
            upto = _next_open(parts, number + 1)
            position = _search(parts, number, upto, text, low, position, end, values, closed)
            if position < 0:
                return None
            number = upto
            continue
        else:
            found = _PATTERNS[part[1]](text, position, end)
            if found is None:
                return None
            position = found.end()
            if part[0] != "_":
                values[part[0]] = (part[1], found[0])
        number += 1
    if not ends(text, position, end, closed) and not (quoted and pattern(_QUOTED_END).match(text, position, end)):
        return None
    return position, values


def is_appended(text: str, position: int) -> bool:
    """Tell whether a message is followed by something that clients append, such as a request id."""
    return re.match(_APPENDED, text[position : position + 120]) is not None


def match_head(parts: list[Any], text: str, low: str, start: int) -> tuple[int, Values] | None:
    """Match a wrapper head; return where the message after it begins and the head's values, or None."""
    values: Values = {}
    first = parts[0]
    if type(first) is str and not low.startswith(first, start):
        return None
    upto = _next_open(parts, 0)
    position = _unit(parts, 0, upto, text, low, start, len(text), values)
    if position < 0:
        return None
    if upto < len(parts):
        line = _line_end(text, position, min(len(text), position + 200))
        position = _search(parts, upto, len(parts), text, low, position, line, values, closed=True, tail=False)
        if position < 0:
            return None
    return position, values


def _next_open(parts: list[Any], number: int) -> int:
    size = len(parts)
    while number < size and (type(parts[number]) is str or parts[number][1] not in OPEN):
        number += 1
    return number


def _unit(
    parts: list[Any], number: int, upto: int, text: str, low: str, position: int, end: int, values: Values
) -> int:
    """Match the consecutive parts of one unit; return where it ends, or -1."""
    for index in range(number, upto):
        part = parts[index]
        if type(part) is str:
            if not low.startswith(part, position, end):
                return -1
            position += len(part)
        else:
            found = _PATTERNS[part[1]](text, position, end)
            if found is None:
                return -1
            position = found.end()
            if part[0] != "_":
                values[part[0]] = (part[1], found[0])
    return position


def _search(
    parts: list[Any],
    number: int,
    upto: int,
    text: str,
    low: str,
    position: int,
    end: int,
    values: Values,
    closed: bool,
    tail: bool = True,
) -> int:
    """Match an open hole and the unit after it; return where the unit ends, or -1."""
    name, kind = parts[number]
    if number + 1 == upto:
        stop = end if closed else _line_end(text, position, end)
        if name != "_":
            values[name] = (kind, text[position:stop].strip(" \n").rstrip(" .,;:。，、；："))
        return stop
    literal = parts[number + 1]
    last = tail and upto == len(parts)
    place = low.find(literal, position, end)
    for _ in range(_MAX_TRIES):
        if place < 0:
            break
        after = _unit(parts, number + 1, upto, text, low, place, end, values)
        if after >= 0 and not (last and not ends(text, after, end, closed)):
            if name != "_":
                values[name] = (kind, text[position:place].strip(" \n"))
            return after
        place = low.find(literal, place + 1, end)
    return -1


def _line_end(text: str, position: int, end: int) -> int:
    line = text.find("\n", position, end)
    return end if line < 0 else line


def match_cut(
    parts: list[Any], text: str, low: str, start: int, end: int, sentence: int, quoted: bool = False
) -> tuple[int, int, Values] | None:
    """Match a template against a text that is truncated, or that agrees with it for the whole first sentence.

    Returns:
        Number of literal characters that match, where the match ends, and the values so far; None if the match
        neither reaches the end of its line nor covers `sentence` literal characters.
    """
    values: Values = {}
    position, covered = start, 0
    for number, part in enumerate(parts):
        if type(part) is str:
            common = _common(part, low, position, end)
            position += common
            covered += common
            if common < len(part):
                break
        elif part[1] in OPEN:
            following = parts[number + 1] if number + 1 < len(parts) else None
            place = low.find(following, position, end) if following else -1
            if place < 0:
                break
            if part[0] != "_":
                values[part[0]] = (part[1], text[position:place])
            position = place
        else:
            found = _PATTERNS[part[1]](text, position, end)
            if found is None:
                break
            position = found.end()
            if part[0] != "_":
                values[part[0]] = (part[1], found[0])
    # `Invalid key: sk-1`, or a cell of a table, is not the sentence `Invalid key. You can …`.
    goes_on = covered == sentence < _SHORT and low[position : position + 2].lstrip()[:1] in _GOES_ON
    if sentence and covered >= sentence and not goes_on and not splits_number(text, position):
        return covered, position, values
    ends = pattern(_LINE_END).match(text, position, end) or (quoted and pattern(_QUOTED_END).match(text, position, end))
    return (covered, position, values) if ends else None


def _common(literal: str, low: str, position: int, end: int) -> int:
    size = min(len(literal), end - position)
    if low.startswith(literal[:size], position):
        return size
    least = 0
    while least < size:
        middle = (least + size + 1) // 2
        if low.startswith(literal[:middle], position):
            least = middle
        else:
            size = middle - 1
    return least
