"""Finds out what the runs of a line do to its note, by changing them.

A run does nothing, as a time does; it stands in the note, as a limit does; or it does anything else, as a wait does:
then its value belongs to the shape of the line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from errdex.logfilter.run_changes import changes
from errdex.logfilter.run_masks import RUNS, Masks
from errdex.model.classification import Classification

_TELLING: Final = ((b"429", b"503"), (b"404", b"1301"))
"""Statuses and a code, by turns."""
_STATUS: Final = re.compile(rb"[1-9][0-9]{2}")
_NO_STATUS: Final = b"204"
_DIGITS: Final = re.compile(rb"[0-9]+")
_BETWEEN_PARTS: Final = frozenset((b":", b"-", b"/"))  # of a date or a time
_EPOCH: Final = 10  # digits of a number that may be a moment

Judged = tuple[Classification, bytes]
"""The answer for a line, and its note."""
Known = tuple[Classification, list[bytes | int]]
"""An answer and its note in parts, with the number of a run for its value."""


class Shape:
    """What is known of a shape.

    Attributes:
        size: How many runs it has.
        counts: Numbers of the runs whose values matter.
        stands: Numbers of the runs that stand in the note.
        free: Numbers of the runs that do nothing.
        deaf: Numbers of the runs that would do nothing as a status or a number of the catalog either; None until a
            shape that differs in masks alone asks for it.
        fixed: The answer and the note, if no run matters.
        known: Values of the runs that matter → the answer and the parts of the note, or how often they were not found.
    """

    __slots__ = ("counts", "deaf", "fixed", "free", "known", "size", "stands")

    def __init__(self, size: int) -> None:
        self.size = size
        self.counts: list[int] = []
        self.stands: list[int] = []
        self.free: list[int] = []
        self.deaf: list[int] | None = None
        self.fixed: Judged | None = None
        self.known: dict[tuple[bytes, ...], Known | int] = {}


class Learning:
    """Changes the runs of one line.

    Args:
        judge: Judges a line by itself.
        masks: Masks its runs.
        line: The line.

    Attributes:
        runs: Its runs.
    """

    def __init__(self, judge: Callable[[bytes], Judged], masks: Masks, line: bytes) -> None:
        self._judge = judge
        self._masks = masks
        pieces = RUNS.split(line)
        self._texts, self.runs = pieces[::2], pieces[1::2]
        self._answer, self._note = judge(line)
        self._changes = [changes(masks, run) if masks.is_open(run) else [] for run in self.runs]

    def shape(self, alike: Shape | None = None) -> Shape:
        """Return what is found out; `alike` is a shape that differs in its masks alone, so that less is to be tried."""
        shape = Shape(len(self.runs))
        free = []
        for number, run in enumerate(self.runs):
            if not self._masks.is_open(run):
                continue
            before, after = self._texts[number : number + 2]
            last = number + 1 == shape.size
            if (
                not self._changes[number]
                or self._masks.may_be_literal(run, before, after, number == 0, last)
                or (alike and number in alike.counts)
            ):
                shape.counts.append(number)
            elif alike and number in alike.stands:
                shape.stands.append(number)
            else:
                free.append(number)
        told = {number for number in free if self._is_told(number)}
        others = [number for number in free if number not in told]
        if others and not (alike and self._notes({number: self._changes[number][0] for number in others})):
            self._sort(others, shape)
        for number in told:
            self._sort_told(number, shape)
        shape.free = [number for number in free if number not in (*shape.counts, *shape.stands)]
        if alike:
            if alike.deaf is None:
                alike.deaf = self._deaf(alike.free)
            shape.deaf = alike.deaf
        shape.counts.sort()
        if not (shape.counts or shape.stands):
            shape.fixed = self._answer, self._note
        return shape

    def _sort(self, numbers: list[int], shape: Shape) -> None:
        """Find those of some runs that count, trying as many as possible at once; the note shows none of them."""
        if self._are_free(numbers):
            return
        if len(numbers) == 1:
            shape.counts += numbers
            return
        half = len(numbers) // 2
        self._sort(numbers[:half], shape)
        self._sort(numbers[half:], shape)

    def _sort_told(self, number: int, shape: Shape) -> None:
        """Find out whether a run that the note shows stands in it, counts, or is in it by chance."""
        if self._stands(number):
            shape.stands.append(number)
        elif not self._are_free([number]):
            shape.counts.append(number)

    def _is_told(self, number: int) -> bool:
        """Tell whether the note shows the number with which a run begins."""
        digits = _DIGITS.match(shown(self.runs[number]))
        return digits is not None and _standing(digits[0]).search(self._note) is not None

    def _are_free(self, numbers: list[int]) -> bool:
        """Tell whether runs do nothing, changed all at once in each way."""
        ways = max((len(self._changes[number]) for number in numbers), default=0)
        return all(
            self._notes({number: (some := self._changes[number])[min(way, len(some) - 1)] for number in numbers})
            for way in range(ways)
        )

    def _deaf(self, free: list[int]) -> list[int]:
        """Return the numbers that do nothing even as numbers that say something elsewhere.

        They must do nothing either where the line's own status is none, behind which they may only be hidden.
        """
        free = [number for number in free if self._masks.may_be_any(self.runs[number], self._texts[number])]
        own = [number for number, run in enumerate(self.runs) if number not in free and _STATUS.fullmatch(run)]
        contexts: list[tuple[dict[int, bytes], Judged]] = [({}, (self._answer, self._note))]
        if own:
            without = dict.fromkeys(own, _NO_STATUS)
            contexts.append((without, self._judge(self._line(without))))
        for context, (answer, note) in contexts:
            for told in _TELLING:
                changed = {number: told[place % len(told)] for place, number in enumerate(free)}
                other, other_note = self._judge(self._line(context | changed))
                if not _same(other, answer) or other_note != note:
                    return []
        return free

    def _stands(self, number: int) -> bool:
        """Tell whether a run does no more than stand in the note."""
        run = self.runs[number]
        if run[:1] == b"0" or not run.replace(b",", b"").isdigit() or self._texts[number].endswith(b"."):
            return False  # a time, or a number that would lose zeros in the note
        return all(self._notes({number: other}, [number]) for other in self._changes[number])

    def _notes(self, changed: dict[int, bytes], stands: Iterable[int] = ()) -> bool:
        """Tell whether the line with other runs gets the same note, but for those that stand in it."""
        other, note = self._judge(self._line(changed))
        expected = self._note
        for number in stands:
            expected = _standing(self.runs[number]).sub(shown(changed[number]), expected)
        return _same(other, self._answer) and note == expected

    def _line(self, changed: dict[int, bytes]) -> bytes:
        runs = [changed.get(number, run) for number, run in enumerate(self.runs)]
        return b"".join([part for pair in zip(self._texts, [*runs, b""], strict=True) for part in pair])

    def known(self, shape: Shape) -> Known | None:
        """Return the answer with the values that matter, and the parts of its note; None if it is not sure."""
        runs = self.runs
        values = [shown(runs[number]) for number in shape.stands]
        if len({*values}) < len(values):
            return None  # which of them stands where?
        if (self._answer.retry_after or self._answer.resets_in) and any(map(self._is_moment, shape.counts)):
            return None  # how long it is until then depends on the clock
        changed = {
            number: self._changes[number][0]
            for number in range(shape.size)
            if self._changes[number] and number not in shape.counts
        }
        other, other_note = self._judge(self._line(changed))
        parts: list[bytes | int] = [self._note]
        for number in shape.stands:
            parts = [piece for part in parts for piece in _parted(part, runs[number], number)]
        expected = b"".join([shown(changed[part]) if isinstance(part, int) else part for part in parts])
        return (self._answer, parts) if _same(self._answer, other) and expected == other_note else None

    def _is_moment(self, number: int) -> bool:
        """Tell whether a run may be, or belong to, a date or a time of day."""
        run = self.runs[number]
        is_part = not _BETWEEN_PARTS.isdisjoint(self._texts[number : number + 2])
        return is_part or b":" in run or run.endswith((b"am", b"pm")) or len(run.partition(b".")[0]) >= _EPOCH


def _same(answer: Classification, other: Classification) -> bool:
    """Tell whether two answers differ in params alone, and in what is made of them."""
    return (
        (answer.entry, answer.category, answer.retryable, answer.retry_after, answer.resets_in)
        == (other.entry, other.category, other.retryable, other.retry_after, other.resets_in)
    )  # fmt: skip


def shown(run: bytes) -> bytes:
    """Return a number as it stands in a note."""
    return run.replace(b",", b"")


def _standing(run: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"(?<![0-9.])" + re.escape(shown(run)) + rb"(?![0-9])")


def _parted(part: bytes | int, run: bytes, number: int) -> list[bytes | int]:
    """Part a piece of a note at each place where a number stands."""
    if isinstance(part, int):
        return [part]
    pieces: list[bytes | int] = []
    for piece in _standing(run).split(part):
        pieces += [piece, number]
    return pieces[:-1]
