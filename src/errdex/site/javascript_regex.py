r"""A Python regular expression → an equivalent one for JavaScript.

It walks the tree made by Python's own parser. JavaScript has no possessive quantifiers and no flags for parts of a
pattern, and its `\w`, `\s`, `\b`, `$` and case-insensitive matching cover other characters; all of this is spelled out.
The flag is always `u`.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Sequence
from typing import Any, Final

from errdex.site.javascript_characters import CATEGORIES, cases, escape, minus

_PARSER: Final[Any] = importlib.import_module("re._parser")
_IN_WORD: Final = f"[{CATEGORIES['CATEGORY_WORD'][0]}]"
_BOUNDARY: Final = f"(?:(?<={_IN_WORD})(?!{_IN_WORD})|(?<!{_IN_WORD})(?={_IN_WORD}))"
_MAX_RANGE: Final = 256  # the longest range whose case variants are looked up
_KNOWN_FLAGS: Final = re.IGNORECASE | re.MULTILINE | re.DOTALL | re.UNICODE

Item = tuple[Any, Any]


class UnsupportedError(ValueError):
    """A pattern contains something that this module cannot express in JavaScript."""


def translate(pattern: str, flags: int = 0) -> dict[str, Any]:
    r"""Return a pattern for JavaScript, JSON-ready.

    `re` is its source; `groups` maps Python's group numbers to JavaScript's, if they differ.

    >>> translate(r"(?i)ab$")
    {'re': '[Aa][Bb](?=\\n?$)'}
    """
    tree = _PARSER.parse(pattern, flags)
    translator = _Translator(tree.state.flags)
    answer: dict[str, Any] = {"re": translator.sequence(tree.data)}
    if len(translator.groups) != translator.last + 1:
        answer["groups"] = [number for _, number in sorted(translator.groups.items())]
    return answer


class _Translator:
    """Translates the tree of one pattern."""

    def __init__(self, flags: int) -> None:
        if flags & ~_KNOWN_FLAGS:
            raise UnsupportedError(f"flags {flags & ~_KNOWN_FLAGS}")
        self._flags = flags
        self._behind = False
        self.groups = {0: 0}
        """Number of each group → its number in JavaScript, where atomic groups are counted too."""
        self.last = 0

    def sequence(self, items: Sequence[Item]) -> str:
        """Translate a sequence; a word boundary is simpler if its neighbours are known to be word characters."""
        out = []
        for place, (op, value) in enumerate(items):
            if str(op) == "AT" and str(value) == "AT_BOUNDARY":
                if _is_word(items[place + 1 : place + 2], 0):
                    out.append(f"(?<!{_IN_WORD})")
                elif place and _is_word(items[place - 1 : place], -1):
                    out.append(f"(?!{_IN_WORD})")
                else:
                    out.append(_BOUNDARY)
            else:
                out.append(self._item(str(op), value))
        return "".join(out)

    def _item(self, op: str, value: Any) -> str:
        translate_it: Callable[[Any], str] | None = getattr(self, f"_{op.lower()}", None)
        if translate_it is None:
            raise UnsupportedError(op)
        return translate_it(value)

    def _has(self, flag: re.RegexFlag) -> bool:
        return bool(self._flags & flag)

    def _literal(self, code: int) -> str:
        found = self._cases(code)
        return escape(code) if len(found) == 1 else f"[{''.join(map(escape, found))}]"

    def _not_literal(self, code: int) -> str:
        return f"[^{''.join(map(escape, self._cases(code)))}]"

    def _any(self, _: None) -> str:
        return "[^]" if self._has(re.DOTALL) else "[^\\n]"

    def _cases(self, code: int) -> list[int]:
        return cases(code) if self._has(re.IGNORECASE) else [code]

    def _in(self, items: list[Item]) -> str:
        """Translate a class; with `u`, a negated category cannot be part of one, so it is rewritten if possible."""
        negated = str(items[0][0]) == "NEGATE"
        inside = ""
        odd = []
        for op, value in items[negated:]:
            if str(op) == "LITERAL":
                inside += "".join(map(escape, self._cases(value)))
            elif str(op) == "RANGE":
                inside += self._range(*value)
            elif str(op) == "CATEGORY":
                members, is_rest = CATEGORIES[str(value)]
                if is_rest:
                    odd.append(members)
                else:
                    inside += members
            else:
                raise UnsupportedError(f"{op} in a class")
        if not odd:
            return f"[{'^' if negated else ''}{inside}]"
        if len(odd) > 1:
            raise UnsupportedError("two negated categories in a class")
        if not inside:
            return f"[{'' if negated else '^'}{odd[0]}]"
        kept = minus(odd[0], inside)
        if kept is not None:
            return f"[{'' if negated else '^'}{kept}]"
        return f"(?:(?![{inside}])[{odd[0]}])" if negated else f"(?:[^{odd[0]}]|[{inside}])"

    def _range(self, low: int, high: int) -> str:
        out = f"{escape(low)}-{escape(high)}"
        if self._has(re.IGNORECASE):
            if high - low > _MAX_RANGE:
                raise UnsupportedError("a long range with case ignored")
            others = {case for code in range(low, high + 1) for case in cases(code) if not low <= case <= high}
            out += "".join(map(escape, sorted(others)))
        return out

    def _at(self, place: Any) -> str:
        name = str(place)
        if name == "AT_BEGINNING":
            return "(?<![^\\n])" if self._has(re.MULTILINE) else "^"
        if name == "AT_END":
            return "(?![^\\n])" if self._has(re.MULTILINE) else "(?=\\n?$)"
        if name in ("AT_BEGINNING_STRING", "AT_END_STRING"):
            return "^" if name == "AT_BEGINNING_STRING" else "$"
        raise UnsupportedError(name)

    def _branch(self, value: tuple[None, list[Sequence[Item]]]) -> str:
        return f"(?:{'|'.join(map(self.sequence, value[1]))})"

    def _subpattern(self, value: tuple[int | None, int, int, Sequence[Item]]) -> str:
        group, added, taken, inside = value
        if group is not None:
            self.last += 1
            self.groups[group] = self.last
        outer, self._flags = self._flags, (self._flags | added) & ~taken
        text = self.sequence(inside)
        self._flags = outer
        return f"(?:{text})" if group is None else f"({text})"

    def _max_repeat(self, value: tuple[int, int, Sequence[Item]]) -> str:
        low, high, items = value
        inside = self.sequence(items)
        single = len(items) == 1 and str(items[0][0]) in ("LITERAL", "NOT_LITERAL", "ANY", "IN", "SUBPATTERN")
        return (inside if single else f"(?:{inside})") + _times(low, high)

    def _min_repeat(self, value: tuple[int, int, Sequence[Item]]) -> str:
        return self._max_repeat(value) + "?"

    def _possessive_repeat(self, value: tuple[int, int, Sequence[Item]]) -> str:
        return self._atomic(lambda: self._max_repeat(value))

    def _atomic_group(self, items: Sequence[Item]) -> str:
        return self._atomic(lambda: self.sequence(items))

    def _atomic(self, make: Callable[[], str]) -> str:
        """Return an atomic group: a lookahead never backtracks, and a reference to its group consumes what it saw."""
        if self._behind:
            raise UnsupportedError("an atomic group in a lookbehind")
        self.last += 1
        number = self.last
        return f"(?:(?=({make()}))\\{number})"

    def _assert(self, value: tuple[int, Sequence[Item]], sign: str = "=") -> str:
        outer, self._behind = self._behind, self._behind or value[0] < 0
        inside = self.sequence(value[1])
        self._behind = outer
        return f"(?{'<' if value[0] < 0 else ''}{sign}{inside})"

    def _assert_not(self, value: tuple[int, Sequence[Item]]) -> str:
        return self._assert(value, "!")

    def _failure(self, _: None) -> str:
        return "(?!)"

    def _groupref(self, group: int) -> str:
        if self._has(re.IGNORECASE):
            raise UnsupportedError("a reference with case ignored")
        return f"(?:\\{self.groups[group]})"


def _times(low: int, high: int) -> str:
    if high == _PARSER.MAXREPEAT:
        return {0: "*", 1: "+"}.get(low, f"{{{low},}}")
    return "?" if (low, high) == (0, 1) else f"{{{low}}}" if low == high else f"{{{low},{high}}}"


def _is_word(items: Sequence[Item], end: int) -> bool:
    """Tell whether every match of these items begins (0) or ends (-1) with a word character."""
    if not items:
        return False
    op, value = items[end]
    name = str(op)
    if name == "LITERAL":
        return chr(value).isalnum() or value == ord("_")
    if name == "IN":
        return all(
            (str(op) == "LITERAL" and _is_word([(op, one)], 0)) or str(one) in ("CATEGORY_WORD", "CATEGORY_DIGIT")
            for op, one in value
        )
    if name == "BRANCH":
        return all(_is_word(branch, end) for branch in value[1])
    if name == "SUBPATTERN":
        return _is_word(value[3], end)
    return name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and value[0] > 0 and _is_word(value[2], end)
