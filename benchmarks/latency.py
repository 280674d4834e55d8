"""Latency: one `classify` of an error, or one `detect` of a text of which nobody says that it is one; warm."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from itertools import islice
from typing import NamedTuple

import errdex
from benchmarks.corpus import Sample, page_messages, sdk_errors
from benchmarks.exceptions import exceptions
from benchmarks.litellm_yardstick import Yardstick
from benchmarks.log_lines import api_tracebacks, log_lines, tracebacks
from benchmarks.sdk_lines import sdk_lines
from benchmarks.timing import Row, per_call, row

ROUNDS = 60
_LINES = 2_000  # per pass
_TRACEBACKS = 60
_GROUP = "classify"
_LOGGED = 500
_WORDINGS = 100  # of each, per pass
_UNKNOWN = (
    "The wallet of this tenant has run dry, top it up to go on",
    "Tokens per minute ceiling was hit, too many of them were processed",
    "Model capacity is exhausted in region eu-west; the queue is full",
)


class Work(NamedTuple):
    """One kind of input: its name, its target in µs, a function for the next pass's inputs, and one for its note."""

    name: str
    target: float
    next_pass: Callable[[], Sequence[object]]
    right: Callable[[Sequence[object]], str]
    compared: bool = False
    """Whether the yardstick gets the same errors as input."""
    ask: Callable[..., errdex.Classification] = errdex.classify


def works() -> list[Work]:
    """Return the kinds of input; log lines and tracebacks are new in every pass."""
    samples = page_messages()
    logged = sdk_lines()
    lines, quiet, loud = log_lines(), tracebacks(), api_tracebacks(samples)
    texts = [sample.text for sample in samples]
    wordings = [f"{wording}, account {number}" for number in range(_WORDINGS) for wording in _UNKNOWN]
    return [
        Work("bare message", 15, lambda: texts, lambda some: _own(some, samples), compared=True),
        Work("SDK exception", 25, lambda: sdk_errors(samples), lambda some: _own(some, samples), compared=True),
        Work("200-byte log line, no error", 5, lambda: list(islice(lines, _LINES)), _alarms, ask=errdex.detect),
        Work("5 kB traceback, no API error", 60, lambda: list(islice(quiet, _TRACEBACKS)), _alarms, ask=errdex.detect),
        Work(
            "5 kB traceback, ends in an API error",
            60,
            lambda: list(islice(loud, len(samples))),
            lambda some: _own(some, samples),
        ),
        Work("an unknown wording", 80, lambda: wordings, _by_wording),
        Work("a log line of an SDK's error", 100, lambda: list(islice(logged, _LOGGED)), _noted, ask=errdex.detect),
        *(Work(f"exception of {name}", 50, make, _known) for name, make in exceptions().items()),
    ]


def measure(rounds: int = ROUNDS, yardstick: Yardstick | None = None) -> list[Row]:
    """Return the rows of this group; each round runs one pass of every kind, and one of the yardstick."""
    kinds = works()
    notes = {work.name: work.right(work.next_pass()) for work in kinds}  # also the warm-up
    times: dict[str, list[float]] = {work.name: [] for work in kinds}
    theirs: list[float] = []
    for _ in range(rounds):
        for work in kinds:
            inputs = work.next_pass()
            gc.collect()
            times[work.name].append(per_call(work.ask, inputs))
        if yardstick:
            theirs.append(yardstick.mapping_us())
    other = sorted(theirs)[len(theirs) // 2] if theirs else None
    return [
        row(
            _GROUP,
            work.name,
            "µs",
            times[work.name],
            work.target,
            notes[work.name],
            other if work.compared else None,
        )
        for work in kinds
    ]


def _own(inputs: Sequence[object], samples: list[Sample]) -> str:
    own = sum(errdex.classify(raw).entry == sample.entry for raw, sample in zip(inputs, samples, strict=True))
    return f"{own} of {len(inputs)} got their own entry"


def _alarms(inputs: Sequence[object]) -> str:
    return f"{sum(bool(errdex.detect(str(text))) for text in inputs)} false alarms in {len(inputs)}"


def _noted(inputs: Sequence[object]) -> str:
    return f"{sum(bool(errdex.detect(str(text)).entry) for text in inputs)} of {len(inputs)} got an entry"


def _known(inputs: Sequence[object]) -> str:
    return f"{sum(bool(errdex.classify(raw).entry) for raw in inputs)} of {len(inputs)} got an entry"


def _by_wording(inputs: Sequence[object]) -> str:
    found = sum(errdex.classify(raw).basis is errdex.Basis.WORDING for raw in inputs)
    return f"{found} of {len(inputs)} were known by their wording"
