"""Counts by entry, and bars over the time."""

from __future__ import annotations

import json
from itertools import pairwise

from errdex.classifier.catalog import Catalog
from errdex.classifier.default import default_catalog
from errdex.logfilter.summary import Summary
from tests.logfilter.annotated import KNOWN, LIMIT, noted


def test_summary_counts_and_draws(catalog: Catalog) -> None:
    """Counts by entry; bars over the times of the lines."""
    summary = Summary()
    times = [
        "2026-11-21T10:05:00Z",
        "2026-11-21 10:06:10,5",
        "2026-11-21 12:59:59",
        "[21/Nov/2026:13:01:00 +0000]",
        "no time",
    ]
    log = "".join(f"{moment} ERROR x: failed: {KNOWN}\n" for moment in times) + f"2026-99-99 10:00 ERROR: {LIMIT}\n"
    noted(catalog, log.encode(), seen=summary.add)
    assert [(row.lines, row.category, row.retryable) for row in summary.table()] == [
        (5, "context_length", False),
        (1, "rate_limit", True),
    ]
    bars = summary.chart()
    assert sum(bar.lines for bar in bars) == 6  # a line without a time has that of the line before it
    assert len(bars) <= 24
    assert str(bars[0].start) == "2026-11-21 10:00:00"
    assert len({later.start - earlier.start for earlier, later in pairwise(bars)}) == 1


def test_counts_survive_json() -> None:
    """What a process has counted comes to the one that prints it."""
    summary, other = Summary(), Summary()
    answer = default_catalog().classify("invalid api token")
    for minute in range(3):
        line = b"2026-11-21 10:%02d ERROR" % minute
        summary.add(line, (0, len(line)), (0, len(line)), answer)
    other.add_counts(json.loads(json.dumps(summary.counts())))
    other.add_counts(json.loads(json.dumps(summary.counts())))
    assert other.total == 2 * summary.total == 6
    assert [bar.lines for bar in other.chart()] == [2, 2, 2]
