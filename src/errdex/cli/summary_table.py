"""Output about a filtered log: the table and chart of `--summary`, and the progress of a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn, TransferSpeedColumn
from rich.table import Table
from rich.text import Text

from errdex.cli import output
from errdex.logfilter.summary import Summary

_WIDTH = 40  # columns of the longest bar
_PIPED = 110


def print_summary(summary: Summary, color: str) -> None:
    """Print what was found to standard error: a table, and a chart if the lines have timestamps."""
    console = output.console(color, _PIPED, stderr=True)
    rows = summary.table()
    if summary.is_partial:
        console.print("errdex: interrupted; some noted lines are missing from these counts (--jobs 1 counts them all)")
    elif not rows:
        console.print("errdex: no API error in this log")
    if not rows:
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("lines", justify="right")
    table.add_column("entry", overflow="fold")
    table.add_column("category")
    table.add_column("worth a retry")
    for row in rows:
        retry = Text("yes", style="green") if row.retryable else Text("no", style="red")
        table.add_row(f"{row.lines:,}", row.entry, row.category, retry)
    console.print(table)
    lines = f"{summary.total:,} line{'s' * (summary.total != 1)}"
    console.print(f"errdex: {lines} with an API error, of {len(rows)} kind{'s' * (len(rows) != 1)}")
    bars = summary.chart()
    if not bars:
        return
    most = max(bar.lines for bar in bars)
    days = bars[0].start.date() != bars[-1].start.date()
    console.print()
    for bar in bars:
        when = bar.start.strftime("%Y-%m-%d %H:%M" if days else "%H:%M")
        filled = "█" * round(_WIDTH * bar.lines / most) or ("▏" if bar.lines else "")
        console.print(Text.assemble((f"{when}  ", "dim"), (filled, "cyan"), f" {bar.lines:,}" if bar.lines else ""))
    if summary.untimed:
        console.print(f"{summary.untimed:,} more without a time, before the first line that has one", style="dim")


@contextmanager
def progress(name: str, size: int) -> Iterator[Callable[[int], object]]:
    """Show how much of a file has been read; the yielded function takes the number of bytes read since."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=size)
        yield lambda count: bar.advance(task, count)
