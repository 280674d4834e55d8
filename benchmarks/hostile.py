"""Hostile texts: the longest time that any text of 100 kB takes, and whether the time grows faster than the text."""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections.abc import Iterable
from functools import partial
from typing import Any

import errdex
from benchmarks.hostile_texts import Hostile, aimed, of_templates
from benchmarks.timing import LINEAR, NEVER, Row, milliseconds

SIZE = 100_000
TARGET = 50.0
_GROUP = "hostile"
_LIMIT = 2.0  # seconds for one call
NAIVE_LIMIT = 8.0  # seconds for one naive regex
_NAIVE_TRIED = 20
_BUDGET = 60.0  # seconds for one shape over all templates
_REPEATS = 3
_WORTH = 5.0  # milliseconds below which growth is noise


def measure(step: int = 1, naive: bool = True) -> list[Row]:
    """Return one row per shape, for its worst text; `step` takes only every n-th template."""
    errdex.classify("HTTP 404 {'message': 'x'}")
    shapes: dict[str, list[Hostile]] = {}
    for texts in [*of_templates(step), aimed()]:
        for text in texts:
            shapes.setdefault(text.shape, []).append(text)
    return [_worst(shape, texts, naive) for shape, texts in shapes.items()]


def _worst(shape: str, texts: list[Hostile], naive: bool) -> Row:
    """Time every text of a shape once, and the worst one again."""
    if sys.stderr.isatty():
        print(f"{shape} …", file=sys.stderr)  # a few minutes without any output would be too long
    worst, longest, seen, slow = texts[0], -1.0, 0, 0
    steepest: tuple[float, Hostile] | None = None
    stop = time.monotonic() + _BUDGET
    for text in texts:
        taken = _classify(text, SIZE)
        seen += 1
        slow += taken > TARGET
        if taken > longest:
            worst, longest = text, taken
        # A text that is fast enough at 100 kB may still take hours at 1 MB.
        if _WORTH < taken < NEVER:
            growth = taken / _classify(text, SIZE // 2)
            if steepest is None or growth > steepest[0]:
                steepest = growth, text
        if time.monotonic() > stop:
            break
    samples = [NEVER] if longest == NEVER else [_classify(worst, SIZE) for _ in range(_REPEATS)]
    growths = [_growth(worst, samples)]
    if steepest and steepest[1] is not worst:
        growths.append(_growth(steepest[1]))
    known = [growth for growth in growths if growth is not None]
    note = f"{slow} of {seen} texts over {TARGET:.0f} ms; worst: {worst.what}"
    if known and max(known) != growths[0] and steepest:
        note += f"; steepest: {steepest[1].what}"
    return Row(
        _GROUP,
        shape,
        "ms",
        statistics.median(samples),
        min(samples),
        TARGET,
        note if seen == len(texts) else f"{note}; {len(texts) - seen} texts skipped",
        yardstick=_naive(texts) if naive and worst.parts else None,
        growth=max(known, default=None),
    )


def _classify(text: Hostile, size: int) -> float:
    made = text.make(size)
    return milliseconds(lambda: errdex.classify(made), _LIMIT)


def _growth(text: Hostile, whole: Iterable[float] = ()) -> float | None:
    """Return how many times as long as its half the whole text takes, at best; None if it is too fast to tell."""
    longest = min(whole, default=NEVER)
    if longest == NEVER:
        longest = min(_classify(text, SIZE) for _ in range(_REPEATS))
    if longest < _WORTH:
        return None
    half = min(_classify(text, SIZE // 2) for _ in range(_REPEATS if longest < NEVER else 1))
    if longest == NEVER:
        return NEVER
    growth = longest / half
    # Where a text is cut off may change what it is; it counts as growth only if the next doubling grows as well.
    return growth if growth <= LINEAR else min(growth, _classify(text, SIZE * 2) / longest)


def _naive(texts: list[Hostile]) -> float:
    """Return the longest time that `re` takes with the regex most people would write for a template, on its own text.

    Tries the templates with the most holes, until one has to be stopped.
    """
    longest = 0.0
    holes = sorted(texts, key=lambda text: len(text.parts or []), reverse=True)
    for text in holes[:_NAIVE_TRIED]:
        pattern = re.compile(naive_regex(text.parts or []), re.IGNORECASE | re.DOTALL)
        longest = max(longest, milliseconds(partial(pattern.search, text.make(SIZE)), NAIVE_LIMIT))
        if longest == NEVER:
            break
    return longest


def naive_regex(parts: list[Any]) -> str:
    """Return a template as a regex with a group that matches anything for each hole."""
    return "".join(re.escape(part) if isinstance(part, str) else "(.+?)" for part in parts) + r"\s*$"
