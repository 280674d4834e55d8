"""Wrapper heads: what clients write before a message."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from errdex.model.type_names import Any, Final
from errdex.read.signals.numbers import BETWEEN
from errdex.rules import Pattern, pattern, units
from errdex.rules.tokens import TELLING

_CLASS_HEAD: Final[Pattern] = r"(?:[A-Za-z_$][\w$]*+\.)*+[A-Z]\w{0,60}(?:Error|Exception|Timeout)(?: \[\w+\])?: "
_DECORATION: Final[Pattern] = r"[\W_]*"
_MAX_HEADS: Final = 6
_HEAD_KEY: Final = 4  # number of first characters by which heads are looked up
_DIGITS: Final = "0123456789"
_MAX_DIGITS: Final = 40  # characters of a number and what follows it

Head = tuple[int, units.Values, bool]
"""Where the message after a wrapper head begins, the head's values, and whether its words report an error."""
_Item = tuple[list[Any], bool]
"""The parts of a head, and whether its words report an error."""


def status_of(values: units.Values) -> int | None:
    """Return the HTTP status of an error among the values of a head, or None."""
    text = values["status"][1] if "status" in values else ""
    return int(text) if text.isdecimal() and 400 <= int(text) <= 599 else None


class WrapperHeads:
    """Finds wrapper heads in texts; each head is given as its parts."""

    def __init__(self, heads: Iterable[list[Any]]) -> None:
        self._status_heads: list[tuple[str, str, list[Any]]] = []
        """Telling heads that begin with a literal and contain a status, each with its first literal and its last part,
        empty for a hole."""
        self._heads: dict[str, list[_Item]] = {}
        self._number_heads: list[tuple[str, _Item]] = []
        """Heads that begin with a number, each with the literal that follows it."""
        self._open_heads: list[tuple[str, _Item]] = []
        """Heads that begin with a hole or a short literal, each with its longest literal."""
        self._code_heads: list[str] = []
        """First literals of the heads that contain a code or an operation."""
        self.before_statuses: set[str] = set()
        """What stands before the status in heads, folded: the last words of a literal."""
        for head in heads:
            self._add(head)
        self._after_numbers = tuple(literal for literal, _ in self._number_heads)

    def _add(self, head: list[Any]) -> None:
        letters = sum(char.isalpha() for part in head if type(part) is str for char in part)
        item = (head, letters >= TELLING)
        if letters >= TELLING and type(head[0]) is str and any(part[0] == "status" for part in head[1:]):
            self._status_heads.append((head[0], head[-1] if type(head[-1]) is str else "", head))
        for part, following in pairwise(head):
            if type(part) is str and type(following) is not str and following[0] == "status":
                self.before_statuses.update(part.rstrip(BETWEEN).split()[-1:])
        if any(type(part) is not str and part[0] in ("code", "operation") for part in head):
            self._code_heads.append(head[0] if type(head[0]) is str else "")
        if type(head[0]) is str and len(head[0]) >= _HEAD_KEY:
            self._heads.setdefault(head[0][:_HEAD_KEY], []).append(item)
        elif type(head[0]) is not str and head[0][1] == "int":
            self._number_heads.append((head[1] if len(head) > 1 and type(head[1]) is str else "", item))
        else:
            literals = (part for part in head if type(part) is str)
            self._open_heads.append((max(literals, key=len), item))

    def may_hold_code(self, low: str) -> bool:
        """Tell whether a folded text may contain a head with a code or an operation."""
        return any(begin in low for begin in self._code_heads)

    def at_start(self, text: str, low: str) -> list[Head]:
        """Return the wrapper heads at the start of a text, in order."""
        places: list[Head] = []
        if not (": " in low or " - " in low or low[:1].isdigit() or low[:_HEAD_KEY] in self._heads):
            return places
        start = 0 if low[0].isalnum() else re.match(_DECORATION, text).end()  # type: ignore[union-attr]
        open_heads = [head for literal, head in self._open_heads if literal in low]
        if low[0].isdigit() and not (open_heads or low[:_HEAD_KEY] in self._heads):
            after = low[:_MAX_DIGITS].lstrip(_DIGITS)
            if not after.startswith(self._after_numbers):
                return places  # a date: most log lines
        has_class = "error" in low or "exception" in low or "timeout" in low
        class_head = pattern(_CLASS_HEAD).match if has_class else None
        last = len(low) - 1
        for _ in range(_MAX_HEADS):
            if start >= last:
                break
            best: Head | None = None
            if class_head and not low[start].isdigit() and (match := class_head(text, start)):
                best = (match.end(), {}, False)
            for head, telling in self._candidates(low, start, open_heads):
                found = units.match_head(head, text, low, start)
                if found and found[0] > start and (best is None or found[0] > best[0]):
                    best = (*found, telling)
            if best is None:
                break
            places.append(best)
            start = best[0]
        return places

    def before(self, text: str, low: str, end: int) -> tuple[int, units.Values] | None:
        """Return where the wrapper head with a status that ends at `end` begins, and its values; None if none does."""
        for first, last, head in self._status_heads:
            if not low.endswith(last, 0, end):
                continue
            start = low.rfind(first, 0, end)
            found = units.match_head(head, text, low, start) if start >= 0 else None
            if found and found[0] == end:
                return start, found[1]
        return None

    def _candidates(self, low: str, start: int, open_heads: list[_Item]) -> list[_Item]:
        """Return the heads that may be at a position; `open_heads` are the possible ones of those without a key."""
        heads = self._heads.get(low[start : start + _HEAD_KEY])
        if heads:
            open_heads = [*(head for head in heads if low.startswith(head[0][0], start)), *open_heads]
        if low[start].isdigit():
            after = low[start : start + _MAX_DIGITS].lstrip(_DIGITS)
            open_heads = [*open_heads, *(head for literal, head in self._number_heads if after.startswith(literal))]
        return open_heads
