"""`errdex annotate`: the log filter. It imports as little as possible, because it is used in pipes and loops."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from errdex.classifier.catalog import Catalog
from errdex.cli import FOUND, NOTHING, TROUBLE
from errdex.cli import catalog_option as chosen
from errdex.cli.logs import check_is_not, each_log, opened
from errdex.logfilter.line_filter import LineFilter
from errdex.logfilter.parallel import annotate_blocks, jobs_for
from errdex.logfilter.rendering import Style
from errdex.logfilter.scanner import Scanner, scanner_for
from errdex.logfilter.stream import annotate, write
from errdex.logfilter.summary import Summary
from errdex.model.errors import ErrdexError


def run(arguments: argparse.Namespace) -> int:
    """Copy the logs to standard output with notes; return the exit status."""
    if arguments.below and arguments.format == "json":
        raise ErrdexError("--below and --format json exclude each other: a JSON object has its note inside")
    if arguments.context is not None and not arguments.only:
        raise ErrdexError("--context needs --only: without it, every line is printed")
    style = Style.JSON if arguments.format == "json" else Style.BELOW if arguments.below else Style.BEHIND
    gc.disable()
    try:
        catalog = chosen.catalog(arguments)
        scanner = _scanner(catalog, arguments.engine)
    finally:
        gc.freeze()  # never collect what lasts until the end: that would also copy it into each forked process
        gc.enable()
    summary = Summary(over_time=arguments.summary)
    lines = LineFilter(catalog, scanner, style, arguments.only, arguments.context or 0, summary.add)
    complete = False
    try:
        complete = each_log(
            arguments.files or ["-"],
            arguments.recursive,
            lambda name: _annotate(name, lines, summary, arguments.jobs),
        )
        for pieces in lines.finish():
            write(sys.stdout.fileno(), pieces)
    finally:
        if arguments.summary:
            from errdex.cli.summary_table import print_summary

            print_summary(summary, arguments.color)
    if not complete:
        return TROUBLE
    return FOUND if summary.total or arguments.exit_zero else NOTHING


def _scanner(catalog: Catalog, engine: str) -> Scanner:
    try:
        return scanner_for(catalog, engine)
    except ImportError as error:
        raise ErrdexError('--engine hyperscan needs hyperscan: pip install "errdex[fast]"') from error


def _annotate(name: str, lines: LineFilter, summary: Summary, jobs: int) -> None:
    """Copy one log."""
    target = sys.stdout.fileno()
    with opened(name) as source, _progress(name, source) as progress:
        check_is_not(source, target)
        jobs = 1 if lines.waits or lines.has_context else jobs_for(source, jobs)
        if jobs > 1:
            annotate_blocks(source, target, lines, summary, jobs, progress)
        annotate(source, target, lines, progress)


@contextmanager
def _progress(name: str, source: int) -> Iterator[Callable[[int], object] | None]:
    """Show the progress of a large file on a terminal, unless the lines are printed there too."""
    size = os.fstat(source).st_size
    if name == "-" or not sys.stderr.isatty() or sys.stdout.isatty() or size < 1 << 24:
        yield None
        return
    from errdex.cli.summary_table import progress

    with progress(name, size) as advance:
        yield advance
