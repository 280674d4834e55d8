"""Masks what differs between the lines of an incident: numbers, durations, times and ids.

A line consists of texts and runs. A run begins with a digit: it is a number, a duration, a time, or an id from its
first digit on. Lines that are equal once their runs are masked have the same shape. A run keeps its value in its mask
wherever that value could be recognised by itself: a status, or a number in a name or code of the catalog.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

MARK: Final = b"\x02"
END: Final = b"\x03"
"""Begin and end each mask; a line must not contain them."""
RUNS: Final = re.compile(
    rb"([0-9](?:"
    rb"[0-9]{3}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?(?![0-9])"  # a time
    rb"|[0-9]:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?(?![0-9])"
    rb"|[0-9a-f]{0,7}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9A-Za-z-])"  # a UUID
    rb"|[0-9]{0,2}(?:,[0-9]{3})+(?![0-9A-Za-z])"
    rb"|[0-9A-Za-z]*(?:\.[0-9]+[A-Za-z]*)?))"
)
"""Splits a text so that each second piece is a run."""
_ID: Final = MARK + b"x" + END
_UUID: Final = MARK + b"x-" + END
_MIXED_ID: Final = b"X"
_MASKS: Final = re.compile(b"(" + MARK + rb"[^" + END + rb"]*" + END + b")")
_TELLING: Final = (b"code", b"status", b"error", b"errno", b"http", b"reason", b"type")
"""Endings of words before statuses and codes."""
_HEX: Final = b"abcdef"
MEASURE: Final = re.compile(rb"([0-9]+)((?:\.[0-9]+)?)([A-Za-z]{0,12})")
LEAST_ID, _MOST_ID = 5, 64  # characters
_STATUS: Final = re.compile(rb"[45][0-9][0-9]")
_WORD: Final = re.compile(rb"[A-Za-z0-9_]+")
_GLUED: Final = re.compile(rb"[A-Za-z_]+\Z")
SMALL: Final = 2  # digits; the numbers of the catalog with no more count only between the words of the catalog
LARGE: Final = 9
_MOST: Final = 20_000  # masks kept
_ANY, _NUMBER = b"*", b"0"  # stand for words beside a number
_ZERO: Final = bytes.maketrans(b"123456789", b"000000000")


class Masks(dict[bytes, bytes]):
    """Run → its mask, for one catalog.

    Args:
        literals: The texts with which lines are compared. A small number in one counts only between the same words.
        words: Words that are recognised wherever they stand.
    """

    def __init__(self, literals: Iterable[str], words: Iterable[bytes]) -> None:
        names = {word for word in words if not word.isdigit()}
        self._kept = {word for word in names if word[:1].isdigit()}
        self._begins = {found[0] for word in names if (found := re.match(rb"[a-z_]+(?=[0-9])", word))}
        self._around: set[tuple[bytes, bytes]] = set()
        self._cut: set[tuple[bytes, bytes]] = set()  # the same, if the text ends with the number
        for literal in literals:
            pieces = RUNS.split(literal.encode().lower())
            for place in range(1, len(pieces), 2):
                before = _last(pieces[place - 1]) or (_ANY if place == 1 else _NUMBER)
                after = _first(pieces[place + 1]) or (_ANY if place + 2 == len(pieces) else _NUMBER)
                if before == after == _ANY or not (pieces[place].isdigit() and len(pieces[place]) <= SMALL):
                    self._kept.add(pieces[place])
                else:
                    self._around.add((before, after))
                    self._cut.add((before, _ANY))

    def __missing__(self, run: bytes) -> bytes:
        if b":" in run:
            return MARK + run.translate(_ZERO) + END
        if b"-" in run:
            return _UUID
        measure = MEASURE.fullmatch(run)
        if measure is None and run.islower() and run.isalnum() and len(run) >= LEAST_ID and run not in self._kept:
            return _ID if len(run) <= _MOST_ID else MARK + run + END  # as seldom seen again as a time, and so not kept
        if len(self) >= _MOST:
            self.clear()
        self[run] = mask = MARK + self._masked(run, measure) + END
        return mask

    def _masked(self, run: bytes, measure: re.Match[bytes] | None) -> bytes:
        if run.lower() in self._kept:
            return run
        if b"," in run:
            return b"#,###"
        if measure:
            whole, decimals, unit = measure.groups()
            zero = b"0" if is_padded(run) else b""  # no number of JSON, so that a record with it is none
            if not decimals:
                return zero + _size(whole) + unit
            return zero + (whole if _STATUS.fullmatch(whole) else _class_of(len(whole))) + b".#" + unit
        return run if b"." in run or not LEAST_ID <= len(run) <= _MOST_ID else _MIXED_ID

    def masked(self, lines: bytes) -> tuple[list[bytes], list[bytes]]:
        """Return lines with all runs masked, and the runs."""
        pieces = RUNS.split(lines)
        runs = pieces[1::2]
        pieces[1::2] = masks = [self[run] for run in runs]
        for id_ in (_ID, _UUID):  # the letters before its first digit belong to it, too
            place = -1
            for _ in range(masks.count(id_)):
                place = masks.index(id_, place + 1)
                before = pieces[2 * place]
                if before[-1:] in _HEX:
                    rest = before.rstrip(_HEX)
                    if not rest[-1:].isalnum():
                        pieces[2 * place] = rest
        return b"".join(pieces).split(b"\n"), runs

    def family(self, key: bytes) -> bytes:
        """Return what masked lines have in common that differ in their masks alone."""
        return _MASKS.sub(MARK, key)

    def opened(self, key: bytes, numbers: Iterable[int]) -> bytes:
        """Return masked lines with some of their masks, given by number, as if their values were no statuses.

        Those that stand in a text of the catalog keep their values.
        """
        pieces = _MASKS.split(key)
        for number in numbers:
            value = pieces[2 * number + 1][1:-1]
            if value.isdigit() and value.strip(b"0") and value not in self._kept:
                pieces[2 * number + 1] = MARK + _class_of(len(value)) + END
        return b"".join(pieces)

    def may_be_any(self, run: bytes, before: bytes) -> bool:
        """Tell whether a run is a number before which no word says that it is a status or a code."""
        word = _last(before.lower())
        return run.isdigit() and len(run) <= LARGE and bool(word) and not word.endswith(_TELLING)

    def is_open(self, run: bytes) -> bool:
        """Tell whether a run may differ between lines of one shape."""
        return self[run] != MARK + run + END

    def may_be_literal(self, run: bytes, before: bytes, after: bytes, is_first: bool, is_last: bool) -> bool:
        """Tell whether some run with the same mask may belong to a text or name of the catalog at this place.

        Args:
            run: The run.
            before: The text before it.
            after: The text behind it.
            is_first: Whether there is no run before it.
            is_last: Whether there is none behind it.
        """
        measure = MEASURE.fullmatch(run)
        glued = _GLUED.search(before)
        if glued and measure and glued[0].lower() in self._begins:
            return True
        if not measure or measure[2] or len(measure[1]) > SMALL:
            return False  # larger ones keep their values if the catalog has them
        if b"\\" in before.replace(b'\\"', b""):
            return True  # the word may begin behind an escape
        word = _last(before.lower()) or (_ANY if is_first else _NUMBER)
        follows = _first(after.lower()) or (_ANY if is_last else _NUMBER)
        if (word, follows) in self._around or (_ANY, follows) in self._around:
            return True
        return (word, _ANY) in (self._cut if is_last else self._around)


def is_padded(run: bytes) -> bool:
    """Tell whether a number begins with a needless zero."""
    return run[:1] == b"0" and run[1:2].isdigit()


def _size(number: bytes) -> bytes:
    """Return the mask of a whole number: its value if that may be a status or is nothing, else a class of lengths."""
    return number if not number.strip(b"0") or _STATUS.fullmatch(number) else _class_of(len(number))


def _class_of(size: int) -> bytes:
    """Return the mask of numbers with so many digits."""
    return b"#" * (1 if size <= SMALL else 3 if size == 3 else 4 if size <= LARGE else size)


def _last(text: bytes) -> bytes:
    words = _WORD.findall(text)
    return words[-1] if words else b""


def _first(text: bytes) -> bytes:
    found = _WORD.search(text)
    return found[0] if found else b""
