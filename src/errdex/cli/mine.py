"""`errdex mine`: the errors of a log that no entry covers, as entries to complete."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from errdex.cli import FOUND, NOTHING, TROUBLE
from errdex.cli import catalog_option as chosen
from errdex.cli.logs import each_log, opened
from errdex.logfilter.stream import plain_text
from errdex.mining.entries import BLANK, files
from errdex.mining.mine import Miner
from errdex.model.errors import ErrdexError


def run(arguments: argparse.Namespace) -> int:
    """Write the entries; return the exit status."""
    catalog = chosen.catalog(arguments)
    miner = Miner(catalog)

    def read(name: str) -> None:
        with opened(name) as source:
            for data in plain_text(source):
                miner.feed(data)
        miner.finish()

    complete = each_log(arguments.files or ["-"], arguments.recursive, read)
    found = files(miner.clusters, [entry.id for entry in catalog.entries])
    out: Path | None = arguments.out
    for path, text in found.items():
        if out is None:
            print(f"# {path}\n{text}")
            continue
        target = out / path
        if target.exists():
            raise ErrdexError(f"{target} exists: move its entries to a file of their own, or choose another folder")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
    entries = sum(text.count("\n- id: ") for text in found.values())
    where = f" in {out}" if out else ""
    what = "wording" if entries == 1 else "wordings"
    print(
        f"errdex: {entries} {what} that no entry covers{where}; fill in each {BLANK}, then `errdex lint`",
        file=sys.stderr,
    )
    if not complete:
        return TROUBLE
    return FOUND if entries else NOTHING
