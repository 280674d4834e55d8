"""Changes runs (see `run_masks`) into others with the same mask, to find out what they do to a line's note."""

from __future__ import annotations

import re
from typing import Final

from errdex.logfilter.run_masks import LARGE, LEAST_ID, MEASURE, SMALL, Masks, is_padded

_TIMES: Final = ((b"2001-11-12", b"12:34:56"), (b"2098-10-21", b"21:10:43"))
"""Moments in the past and the future, as dates and times of day."""
_SHIFTS: Final = tuple(
    bytes.maketrans(
        b"0123456789abcdef",
        bytes([49 + by % 9, *(49 + (digit + by) % 9 for digit in range(9))])
        + b"abcdef"[by % 6 :]
        + b"abcdef"[: by % 6],
    )
    for by in range(1, 9)
)
_DIGITS_ALONE: Final = tuple(bytes.maketrans(b"0123456789", table[48:58]) for table in _SHIFTS)
_LONGER: Final = b"471634859"
_DECIMALS: Final = b"371625"
_LAST_GROUP: Final = re.compile(rb"[0-9]{3}\Z")
_LIKE_STATUS: Final = b"429"


def changes(masks: Masks, run: bytes) -> list[bytes]:
    """Return up to three other runs with the same mask, the first as short as it can be, the second as long.

    The third, if the run has a group of three digits, looks like a status.
    """
    if b":" in run:
        found = [_at(run, date, time) for date, time in _TIMES]
    else:
        measure = MEASURE.fullmatch(run)
        tables = _DIGITS_ALONE if measure and measure[3] else _SHIFTS
        zeros = 1 if is_padded(run) else 0
        found = [run[:zeros] + run[zeros:].translate(table) for table in tables]
    mask = masks[run]
    found = [*dict.fromkeys(other for other in found if other != run and masks[other] == mask)][:2]
    if len(found) < 2:
        return []
    for number, other in enumerate([_shorter(found[0]), _longer(found[1])]):
        if other != run and masks[other] == mask:
            found[number] = other
    if _LAST_GROUP.search(run) and (b"." in run or b"," in run):
        found.append(_LAST_GROUP.sub(_LIKE_STATUS, run))
    return found


def _at(run: bytes, date: bytes, time: bytes) -> bytes:
    """Return another moment in the form of a run."""
    fraction = run.partition(b".")[2] or run.partition(b",")[2]
    head = date + run[10:11] if run[4:5] == b"-" else b""
    end = len(head) + len(time)
    return head + time + run[end : end + 1] + fraction.translate(_SHIFTS[0])


def _shorter(run: bytes) -> bytes:
    """Return a run of the same kind with fewer characters, if there is one."""
    if run.isdigit():
        return run[: 1 if len(run) <= SMALL else 4] if len(run) <= LARGE else run
    measure = MEASURE.fullmatch(run)
    if measure is None:
        return run[:LEAST_ID] if run.isalnum() else run
    return measure[1] + measure[2][:2] + measure[3]


def _longer(run: bytes) -> bytes:
    """Return a run of the same kind with more characters, if there is one."""
    if run.isdigit():
        most = SMALL if len(run) <= SMALL else LARGE if 3 < len(run) <= LARGE else len(run)
        return (run + _LONGER)[:most]
    measure = MEASURE.fullmatch(run)
    if measure is None:
        return run + run[:LEAST_ID] if run.isalnum() else run
    return measure[1] + measure[2] + _DECIMALS + measure[3] if measure[2] else run
