"""`errdex export`: the catalog as data for other engines."""

from __future__ import annotations

import argparse
import sys

from errdex.cli import CLEAN
from errdex.cli.catalog_option import catalog


def run(arguments: argparse.Namespace) -> int:
    """Print or write a table of the catalog; return the exit status."""
    from errdex.export.rows import TABLES
    from errdex.export.serialisers import FORMATS

    table = TABLES[arguments.table](catalog(arguments))
    lines = FORMATS[arguments.format](table)
    if arguments.out is None:
        for line in lines:
            sys.stdout.write(line)
        return CLEAN
    with arguments.out.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines)
    print(f"wrote {len(table.rows)} rows to {arguments.out}", file=sys.stderr)
    return CLEAN
