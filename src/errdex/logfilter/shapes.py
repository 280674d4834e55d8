"""Judges each shape of a line once: the lines of an incident differ in times, ids and numbers only.

A shape is a line without its time and its id (a UUID), and with its numbers masked, digit by digit. What a number does
to the note is found out by changing it: nothing, as with a time; it stands in the note, as a limit does; or anything
else, as with a wait, and then its value belongs to the shape.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

from errdex.model.classification import Classification

_START: Final = 200  # lines judged before shapes are looked at: a short log is done by then
_MOST: Final = 4_000  # shapes kept, and sets of values of each …
_MOST_SEEN: Final = 50_000  # … and hashes of shapes that are not learned yet
_MEETINGS: Final = 6  # lines of a shape before it is learned
_LONGEST: Final = 1_500  # bytes of a line
_MOST_RUNS: Final = 40
_STATUS: Final = 3  # digits of a status, which are part of the shape
_PATIENCE: Final = 4_000  # lines without success after which shapes are given up
_DIGITS: Final = re.compile(rb"[0-9]+(?:\.[0-9]+)?")
_TIME: Final = re.compile(
    rb"[0-9]{2}(?:[0-9]{2}-[0-9]{2}-[0-9]{2}[T ][0-9]{2})?:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?(?![0-9])"
)
_ID: Final = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![0-9A-Za-z-])")
_HEAD: Final = 64  # bytes in which the time of a line is looked for
_THE_TIME, _THE_ID = b"\x02", b"\x03"  # stand for them between the numbers
_MASK: Final = bytes.maketrans(b"123456789", b"000000000")
# Stays in the ranges of hours, minutes and months, and keeps what is no 0 at the beginning from becoming one.
_CHANGE: Final = bytes.maketrans(b"0123456789abcdef", b"1212343676bcdefa")
_TRIES: Final = 6
_FIRST: Final = 2  # the number of the first run that is neither the time nor the id
_HYPHENS: Final = 4  # in an id
_FREE, _STANDS, _COUNTS = range(3)

Judged = tuple[Classification, bytes]
"""The answer for a line, and its note."""


class _Shape:
    """What is known of a shape.

    Attributes:
        counts: Numbers of the runs whose values matter.
        stands: Numbers of the runs that stand in the note.
        known: Values of the former → the answer, and the note in parts, with the number of a run for its value; None if
            lines with these values must be judged by themselves.
    """

    __slots__ = ("counts", "known", "stands")

    def __init__(self, counts: list[int], stands: list[int]) -> None:
        self.counts = counts
        self.stands = stands
        self.known: dict[tuple[bytes, ...], tuple[Classification, list[bytes | int]] | None] = {}


class Shapes:
    """Judges lines by their shapes.

    Args:
        judge: Judges a line by itself.
        literals: Returns the texts with which lines are compared; the numbers in them are part of a shape.
    """

    def __init__(self, judge: Callable[[bytes], Judged], literals: Callable[[], Iterable[str]]) -> None:
        self._judge = judge
        self._literals = literals
        self._kept: frozenset[bytes] = frozenset()
        self._shapes: dict[bytes, _Shape] = {}
        self._seen: dict[int, int] = {}
        self._lines = 0
        self._luck = _PATIENCE

    def judge(self, line: bytes) -> Judged | None:
        """Return the answer for a line and its note; None if it must be judged by itself."""
        if self._lines < _START:
            self._lines += 1
            if self._lines == _START:
                self._kept = frozenset(run for text in self._literals() for run in _DIGITS.findall(text.encode()))
            return None
        if self._luck <= 0 or len(line) > _LONGEST or _THE_TIME in line or _THE_ID in line:
            return None
        time = _TIME.search(line, 0, _HEAD)
        runs = [time[0] if time else b"", b""]
        body = line if time is None else line[: time.start()] + _THE_TIME + line[time.end() :]
        if line.count(b"-") >= _HYPHENS and (id_ := _ID.search(body)):
            runs[1] = id_[0]
            body = body[: id_.start()] + _THE_ID + body[id_.end() :]
        runs += _DIGITS.findall(body)
        kept = self._kept
        masks = [run if len(run) == _STATUS or run in kept else run.translate(_MASK) for run in runs[_FIRST:]]
        pieces = _DIGITS.split(body)
        key = b"\0".join(pieces + masks)
        shape = self._shapes.get(key)
        if shape is None:
            self._luck -= 1
            if len(runs) > _MOST_RUNS or not self._is_met(key):
                return None
            if len(self._shapes) >= _MOST:
                self._shapes.clear()
            shape = self._shapes[key] = self._learned(pieces, runs)
        values = tuple([runs[number] for number in shape.counts])
        if values in shape.known:
            known = shape.known[values]
        else:
            if len(shape.known) >= _MOST:
                shape.known.clear()
            known = shape.known[values] = self._with_values(pieces, runs, shape)
        if known is None:
            self._luck -= 1
            return None
        self._luck = min(_PATIENCE, self._luck + 1)
        answer, parts = known
        if not shape.stands or not answer:
            return answer, parts[0] if parts else b""  # type: ignore[return-value]  # one part, and no run
        if any(runs[number][:1] == b"0" for number in shape.stands):
            return None  # it would stand in the note without its zeros
        return answer, b"".join([runs[part] if isinstance(part, int) else part for part in parts])

    def _is_met(self, key: bytes) -> bool:
        """Tell whether a shape comes often enough for learning it, which costs a dozen judgements, to pay off."""
        seen = hash(key)
        times = self._seen.get(seen, 0)
        if times >= _MEETINGS:
            return True
        if len(self._seen) >= _MOST_SEEN:
            self._seen.clear()
        self._seen[seen] = times + 1
        return False

    def _learned(self, pieces: list[bytes], runs: list[bytes]) -> _Shape:
        """Return what is known of a shape after changing each number in it."""
        answer, note = self._judge(_line(pieces, runs))
        counts, stands = [], []
        for number, run in enumerate(runs):
            if not run or self._is_part(number, run):
                continue
            kinds = set()
            changed = run
            for _ in range(2):
                changed = self._changed(changed)
                kinds.add(self._kind(pieces, runs, number, changed, answer, note))
            if kinds == {_STANDS}:
                stands.append(number)
            elif kinds != {_FREE}:
                counts.append(number)
        return _Shape(counts, stands)

    def _is_part(self, number: int, run: bytes) -> bool:
        """Tell whether a number is part of the shape."""
        return number >= _FIRST and (len(run) == _STATUS or run in self._kept)

    def _changed(self, run: bytes) -> bytes:
        """Return another number of the same length that means nothing by itself either."""
        changed = run.translate(_CHANGE)
        for _ in range(_TRIES):
            if changed != run and changed not in self._kept:
                break
            changed = changed.translate(_CHANGE)
        return changed

    def _kind(
        self, pieces: list[bytes], runs: list[bytes], number: int, changed: bytes, answer: Classification, note: bytes
    ) -> int:
        """Return what a number does to the note, judged by one change of it."""
        run = runs[number]
        if changed == run or changed in self._kept:
            return _COUNTS
        other, other_note = self._judge(_line(pieces, [*runs[:number], changed, *runs[number + 1 :]]))
        if not _same(other, answer):
            return _COUNTS
        if other_note == note:
            return _FREE
        if number < _FIRST or run[:1] == b"0" or b"." in run or pieces[number - _FIRST].endswith(b"."):
            return _COUNTS  # a time, or a number that would lose zeros in the note
        return _STANDS if _replaced(note, run, changed) == other_note else _COUNTS

    def _with_values(
        self, pieces: list[bytes], runs: list[bytes], shape: _Shape
    ) -> tuple[Classification, list[bytes | int]] | None:
        """Return the answer of a shape with the values that matter, and the parts of its note."""
        answer, note = self._judge(_line(pieces, runs))
        changed = [
            self._changed(run) if run and number not in shape.counts and not self._is_part(number, run) else run
            for number, run in enumerate(runs)
        ]
        other, other_note = self._judge(_line(pieces, changed))
        parts: list[bytes | int] = [note]
        for number in shape.stands:
            parts = [piece for part in parts for piece in _parted(part, runs[number], number)]
        expected = b"".join([changed[part] if isinstance(part, int) else part for part in parts])
        # A wait until a moment depends on the clock, and so differs between the two judgements.
        return (answer, parts) if _same(answer, other) and expected == other_note else None


def _line(pieces: list[bytes], runs: list[bytes]) -> bytes:
    """Return the line with these numbers; the first two of them are its time and its id."""
    body = b"".join([part for pair in zip(pieces, [*runs[_FIRST:], b""], strict=True) for part in pair])
    return body.replace(_THE_TIME, runs[0]).replace(_THE_ID, runs[1])


def _same(answer: Classification, other: Classification) -> bool:
    """Tell whether two answers differ in params alone, and in what is made of them."""
    return (
        (answer.entry, answer.category, answer.retryable, answer.retry_after, answer.resets_in)
        == (other.entry, other.category, other.retryable, other.retry_after, other.resets_in)
    )  # fmt: skip


def _standing(run: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"(?<![0-9.])" + run + rb"(?![0-9])")


def _replaced(note: bytes, run: bytes, changed: bytes) -> bytes:
    return _standing(run).sub(changed, note)


def _parted(part: bytes | int, run: bytes, number: int) -> list[bytes | int]:
    """Part a piece of a note at each place where a number stands."""
    if isinstance(part, int):
        return [part]
    pieces: list[bytes | int] = []
    for piece in _standing(run).split(part):
        pieces += [piece, number]
    return pieces[:-1]
