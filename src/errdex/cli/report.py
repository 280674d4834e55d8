"""`errdex report`: what failed in a log, when, and what to do first."""

from __future__ import annotations

import argparse
import errno
import json
import os
import sys
from pathlib import Path

from errdex.cli import FOUND, NOTHING, TROUBLE
from errdex.cli import catalog_option as chosen
from errdex.cli.logs import each_log, opened
from errdex.logfilter.incident import Incident
from errdex.logfilter.line_filter import LineFilter
from errdex.logfilter.parallel import annotate_blocks, jobs_for
from errdex.logfilter.report_annotations import for_github
from errdex.logfilter.report_markdown import markdown
from errdex.logfilter.report_page import page
from errdex.logfilter.scanner import scanner_for
from errdex.logfilter.stream import annotate

_FORMATS = {".html": "html", ".htm": "html", ".json": "json", ".md": "markdown", ".markdown": "markdown"}


def run(arguments: argparse.Namespace) -> int:
    """Write the report; return the exit status."""
    incident, logs = Incident(), []
    catalog = chosen.catalog(arguments)
    lines = LineFilter(catalog, scanner_for(catalog), only=True, seen=incident.add)
    target = os.open(os.devnull, os.O_WRONLY)

    out: Path | None = None if arguments.out is None or str(arguments.out) == "-" else arguments.out
    own: list[str] = []

    def read(name: str) -> None:
        with opened(name) as source:
            if out and out.exists() and os.path.samestat(os.fstat(source), out.stat()):
                own.append(name)
                raise OSError(errno.EINVAL, "is the file that the report would be written to; nothing was written")
            logs.append("standard input" if name == "-" else name)
            jobs = 1 if lines.waits else jobs_for(source, arguments.jobs)
            if jobs > 1:
                annotate_blocks(source, target, lines, incident, jobs)
            annotate(source, target, lines)

    complete = each_log(arguments.files or ["-"], arguments.recursive, read)
    for _ in lines.finish():
        pass
    if own or not logs:
        return TROUBLE  # a report about nothing must not take the place of anything
    incident.is_partial |= not complete
    form = arguments.format or (_FORMATS.get(out.suffix.lower(), "html") if out else "html")
    if form == "json":
        said = json.dumps({"logs": logs, **incident.to_dict()}, indent=2) + "\n"
    elif form == "github":
        said = for_github(incident)
    else:
        said = (page if form == "html" else markdown)(incident, logs)
    if out:
        out.write_text(said, "utf-8")
        print(f"errdex: {incident.total:,} errors of {len(incident.groups):,} kinds; see {out}", file=sys.stderr)
    else:
        sys.stdout.write(said)
    if not complete:
        return TROUBLE
    return FOUND if incident.total else NOTHING
