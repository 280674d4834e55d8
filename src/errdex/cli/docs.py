"""`errdex docs`: the site's Markdown and data, for any generator."""

from __future__ import annotations

import argparse
import sys

from errdex.cli import CLEAN
from errdex.model.errors import ErrdexError


def run(arguments: argparse.Namespace) -> int:
    """Write the pages and data of a catalog into a folder; return the exit status."""
    from errdex.site import SiteCatalog, render

    out = arguments.out
    if out.exists() and not out.is_dir():
        raise ErrdexError(f"{out} is not a folder; give one, such as docs/")
    book = SiteCatalog.load(arguments.catalog, arguments.folder, arguments.source, arguments.everything)
    texts = render(book)
    for path, text in texts.items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    pages = sum(path.endswith(".md") for path in texts)
    print(f"wrote {len(texts)} files, {pages} of them pages, to {out}", file=sys.stderr)
    return CLEAN
