"""Options of the commands for a catalog's authors."""

from __future__ import annotations

import argparse

from errdex.cli.options.shared import add_catalog, path


def lint(parser: argparse.ArgumentParser) -> None:
    """Add the options of `errdex lint`."""
    parser.epilog = "exit status: 0 no findings (warnings do not count), 1 findings, 2 mistakes that prevent loading"
    parser.add_argument(
        "paths", nargs="*", metavar="DIR", type=path, help="the catalog, or files in it (default: catalog)"
    )
    parser.add_argument("--strict", action="store_true", help="count warnings (about style) as findings")
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")


def build(parser: argparse.ArgumentParser) -> None:
    """Add the options of `errdex build`."""
    parser.add_argument(
        "catalog", nargs="?", type=path, metavar="DIR", default="catalog", help="the catalog (default: catalog)"
    )
    parser.add_argument("--out", type=path, metavar="DIR", help="where to write (default: into the installed package)")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 if the compiled files are out of date"
    )


def train(parser: argparse.ArgumentParser) -> None:
    """Add the options of `errdex train`."""
    parser.epilog = (
        "The model learns from every example and message of the catalog, and from the texts in its folder `training`:\n"
        'files *.jsonl with one object a line, {"raw": …, "category": …, "retryable": …}, perhaps with `status`\n'
        "and `provider`; a text without a category is no error of an LLM API. Run it after changes, then\n"
        "`errdex build`. Needs `pip install 'errdex[train]'`."
    )
    parser.add_argument(
        "catalog", nargs="?", type=path, metavar="DIR", default="catalog", help="the catalog (default: catalog)"
    )
    parser.add_argument("--out", type=path, metavar="FILE", help="where to write (default: into the installed package)")


def schema(parser: argparse.ArgumentParser) -> None:
    """Add the options of `errdex schema`."""
    parser.add_argument("--out", type=path, metavar="FILE", help="write it to this file instead of printing it")
    parser.add_argument(
        "--check", action="store_true", help="with --out: write nothing; exit with 1 if the file is out of date"
    )


def docs(parser: argparse.ArgumentParser) -> None:
    """Add the options of `errdex docs`."""
    parser.epilog = (
        "For mkdocs, use the plugin instead: `plugins: [errdex]`. For other generators, use these files; pages need\n"
        "assets/errdex/errdex.css and assets/errdex/errdex.js."
    )
    parser.add_argument("--out", type=path, metavar="DIR", required=True, help="the folder for the site's Markdown")
    parser.add_argument(
        "--folder", default="errors", metavar="NAME", help="its subfolder for the pages (default: errors)"
    )
    parser.add_argument(
        "--source", metavar="URL", help="URL of an entry's YAML, with {path} and {line}, for the edit links"
    )
    parser.add_argument(
        "--everything", action="store_true", help="with --catalog: write pages for the built-in entries as well"
    )
    add_catalog(parser)
