"""Judges each shape of a line once: the lines of an incident differ in times, ids and numbers only.

What a run of a shape (see `run_masks`) does to the note is found out by changing it: nothing, as with a time; it stands
in the note, as a limit does; or anything else, as with a wait, and then its value belongs to the shape.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Final

from errdex.logfilter.learning import Judged, Known, Learning, Shape, shown
from errdex.logfilter.run_masks import MARK, Masks

_START: Final = 200  # lines judged before shapes are looked at: a short log is done by then
_MOST: Final = 4_000  # shapes kept …
_MOST_VALUES: Final = 20_000  # … sets of values of all of them …
_MOST_SEEN: Final = 50_000  # … and hashes of shapes that are not learned yet
_MEETINGS: Final = 3  # lines of a shape before it is learned …
_MANY_MEETINGS: Final = 8  # … and in a log with few errors, in which it seldom comes as often as learning it costs
_LONGEST: Final = 1_500  # bytes of a line
_MOST_RUNS: Final = 60
_PATIENCE: Final = 4_000  # lines without success after which shapes are given up, in a log of one program
_TRIES: Final = 3  # lines with values of which one may stand in the note by chance
# A colour or a character in an escape may begin, end or split a number, and the tags of HTML are no text.
_ODD: Final = (b"\x02", b"\x03", b"\x1b", b"\\u", b"\\x", b"</", b"<!", b"<title")


class Shapes:
    """Judges lines by their shapes.

    Args:
        judge: Judges a line by itself.
        literals: Returns the texts with which lines are compared.
        words: Words that are recognised wherever they stand.
        patience: Lines without success after which shapes are given up; None for what suits a log of one program.
    """

    def __init__(
        self,
        judge: Callable[[bytes], Judged],
        literals: Callable[[], Iterable[str]],
        words: Iterable[bytes],
        patience: int | None = None,
    ) -> None:
        self._judge = judge
        self._literals = literals
        self._words = words
        self._masks: Masks | None = None
        self._is_ready = False
        self._shapes: dict[bytes, Shape] = {}
        self._families: dict[bytes, Shape] = {}
        self._seen: dict[int, int] = {}
        self._values = 0
        self._lines = 0
        self._luck = self._patience = _PATIENCE if patience is None else patience

    def judge(self, lines: Sequence[bytes], among_many: bool = False) -> list[Judged | None]:
        """Return the answer and the note for each line; None for a line that must be judged by itself.

        Args:
            lines: The lines.
            among_many: Whether they are few of the lines of a log.
        """
        self._lines += len(lines)
        if self._lines < _START or self._luck <= 0 or not lines:
            return [None] * len(lines)
        joined = b"\n".join(lines)
        others = _others(lines, joined)
        if not others:
            return self._judged(lines, joined, among_many)
        found: list[Judged | None] = [None] * len(lines)
        plain = [number for number in range(len(lines)) if number not in others]
        if plain:
            some = [lines[number] for number in plain]
            for number, judged in zip(plain, self._judged(some, b"\n".join(some), among_many), strict=True):
                found[number] = judged
        return found

    def _judged(self, lines: Sequence[bytes], joined: bytes, among_many: bool) -> list[Judged | None]:
        if self._masks is None:
            self._masks = Masks((), ())  # until a shape comes again: reading the whole catalog takes its time
        keys, runs = self._masks.masked(joined)
        often = _MANY_MEETINGS if among_many else _MEETINGS
        counts = Counter(keys)
        shapes: dict[bytes, Shape | None] = {}
        found: list[Judged | None] = []
        place = luck = 0  # number of the line's first run
        for key, line in zip(keys, lines, strict=True):
            if key in shapes:
                shape = shapes[key]
            else:
                was_ready = self._is_ready
                shape = shapes[key] = self._shapes.get(key) or self._new(key, line, counts[key], often)
                if self._is_ready and not was_ready:
                    return self._judged(lines, joined, among_many)  # with the catalog, numbers have other masks
            if shape is None:
                place += key.count(MARK)
                luck -= 1
                found.append(None)
            elif shape.fixed is not None:
                place += shape.size
                luck += 1
                found.append(shape.fixed)
            else:
                judged = self._with_values(shape, line, runs[place : place + shape.size])
                place += shape.size
                luck += -1 if judged is None else 1
                found.append(judged)
        self._luck = min(self._patience, self._luck + luck)
        return found

    def _new(self, key: bytes, line: bytes, times: int, often: int) -> Shape | None:
        """Return a shape that is not known yet, if it comes often enough.

        Args:
            key: The shape.
            line: One of its lines.
            times: How many of its lines there are here.
            often: How many lines a family must have for it to be learned.
        """
        assert self._masks is not None
        if key.count(MARK) > _MOST_RUNS:
            return None
        family = self._masks.family(key)
        alike = self._families.get(family)
        if alike is None:
            if not self._is_met(family, times, often):
                return None
        elif alike.deaf is not None:
            other = self._shapes.get(self._masks.opened(key, alike.deaf)) if alike.deaf else None
            if other or not self._is_met(key, times, 1):
                return other
        if not self._is_ready:
            self._get_ready()
            return None
        if len(self._shapes) >= _MOST:
            self._shapes.clear()
            self._families.clear()
        shape = self._shapes[key] = self._learned(line, alike)
        self._families.setdefault(family, shape)
        return shape

    def _get_ready(self) -> None:
        """Read the catalog, and forget the shapes seen so far, whose numbers were masked without it."""
        self._masks = Masks(self._literals(), self._words)
        self._seen.clear()
        self._is_ready = True

    def _is_met(self, key: bytes, times: int, often: int) -> bool:
        """Count lines of a shape or a family; tell whether learning it, which costs some judgements, pays off."""
        seen = hash(key)
        times += self._seen.get(seen, 0)
        if times > often:
            return True
        if len(self._seen) >= _MOST_SEEN:
            self._seen.clear()
        self._seen[seen] = times
        return False

    def _learned(self, line: bytes, alike: Shape | None) -> Shape:
        """Return what is known of a shape after changing the runs in one of its lines.

        Args:
            line: The line.
            alike: A shape that differs in its masks alone.
        """
        assert self._masks is not None
        learning = Learning(self._judge, self._masks, line)
        shape = learning.shape(alike)
        if shape.fixed is None:
            self._keep(shape, tuple([learning.runs[number] for number in shape.counts]), learning)
        return shape

    def _keep(self, shape: Shape, values: tuple[bytes, ...], learning: Learning) -> Known | None:
        """Keep, and return, the answer and the parts of the note with these values, if they are sure."""
        if self._values >= _MOST_VALUES:
            for other in self._shapes.values():
                other.known.clear()
            self._values = 0
        self._values += 1
        tries = shape.known.get(values, 0)
        known = learning.known(shape)
        shape.known[values] = known or (tries if isinstance(tries, int) else 0) + 1
        return known

    def _with_values(self, shape: Shape, line: bytes, runs: list[bytes]) -> Judged | None:
        """Return the answer and the note of a line whose runs matter."""
        assert self._masks is not None
        values = tuple([runs[number] for number in shape.counts])
        known = shape.known.get(values, 0)
        if isinstance(known, int):
            if known >= _TRIES:
                return None
            found = self._keep(shape, values, Learning(self._judge, self._masks, line))
            if found is None:
                return None
            known = found
        answer, parts = known
        if not shape.stands or not answer:
            return answer, parts[0] if parts else b""  # type: ignore[return-value]  # one part, and no run
        if any(runs[number][:1] == b"0" for number in shape.stands):
            return None  # it would stand in the note without its zeros
        return answer, b"".join([shown(runs[part]) if isinstance(part, int) else part for part in parts])


def _others(lines: Sequence[bytes], joined: bytes) -> set[int]:
    """Return the numbers of the lines that are too long for shapes, or odd."""
    sizes = [*map(len, lines)]
    others = {number for number, size in enumerate(sizes) if size > _LONGEST}
    ends: list[int] = []
    for mark in _ODD:
        place = joined.find(mark)
        while place >= 0:
            ends = ends or [*accumulate(size + 1 for size in sizes)]
            number = bisect_right(ends, place)
            others.add(number)
            place = joined.find(mark, ends[number])
    return others
