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
        "--json",
        type=path,
        metavar="FILE",
        help="write the catalog as one JSON file, with its schema beside it, and do not compile it",
    )
    parser.add_argument(
        "--npm", type=path, metavar="DIR", help="write errdex-js with the catalog, a package for npm (needs a checkout)"
    )
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 if the compiled files are out of date"
    )


def train(parser: argparse.ArgumentParser) -> None:
    """Add the options of `errdex train`."""
    parser.epilog = (
        "The model learns from every example and message of the catalog, and from the texts in its folder `training`:\n"
        '*.jsonl files with one object per line, {"raw": …, "category": …, "retryable": …}, perhaps with `status`\n'
        "and `provider`. A text without a category is not an error of an LLM API. Run it after changes, then\n"
        "`errdex build`. Needs `pip install 'errdex[train]'`."
    )
    parser.add_argument(
        "catalog", nargs="?", type=path, metavar="DIR", default="catalog", help="the catalog (default: catalog)"
    )
    parser.add_argument("--out", type=path, metavar="FILE", help="where to write (default: into the installed package)")


def diff(parser: argparse.ArgumentParser) -> None:
    """Add the options of `errdex diff`."""
    parser.epilog = (
        "A state is a folder of YAML, a release of the catalog as JSON, a history.jsonl (its last release), or a\n"
        "git revision, in which the catalog's folder is NEW or `catalog`.\n\n"
        "examples:\n"
        "  errdex diff v0.1.0 catalog\n"
        "  errdex diff --markdown catalog-0.1.0.json\n\n"
        "exit status: 0 nothing changed, 1 something did, 2 trouble"
    )
    parser.add_argument("old", metavar="OLD", help="the state before")
    parser.add_argument("new", nargs="?", metavar="NEW", help="the state after (default: the built-in catalog)")
    _add_form(parser)


def history(parser: argparse.ArgumentParser) -> None:
    """Add the options of `errdex history`."""
    parser.epilog = (
        "The catalog's history.jsonl records what each release changed; pages show it. An entry that was released\n"
        "must not vanish: mark it as withdrawn.\n"
        "exit status: 0 nothing changed since the last release, or done; 1 something did, or a check failed; 2 trouble"
    )
    parser.add_argument(
        "catalog", nargs="?", type=path, metavar="DIR", default="catalog", help="the catalog (default: catalog)"
    )
    parser.add_argument("--release", metavar="VERSION", help="add a release: the catalog as it is now")
    parser.add_argument("--date", metavar="YYYY-MM-DD", help="the date of that release (default: today, in UTC)")
    parser.add_argument("--next", metavar="VERSION", help="name the version that comes next")
    parser.add_argument(
        "--changelog", type=path, metavar="FILE", help="write the changes since the last release into a changelog"
    )
    parser.add_argument(
        "--check",
        action="store_true",
        help="write nothing; exit with 1 if an entry that was released is gone, or the changelog is out of date",
    )
    _add_form(parser)


def _add_form(parser: argparse.ArgumentParser) -> None:
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print one JSON object per change")
    form.add_argument("--markdown", action="store_true", help="print a list in Markdown")


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


def export(parser: argparse.ArgumentParser) -> None:
    """Add the options of `errdex export`."""
    parser.epilog = (
        "tables:\n"
        "  messages  one row per message: its entry's verdict and fix, its longest literal, regular expressions\n"
        "  keys      one row per key: a text that reports an error of the catalog contains at least one\n\n"
        "examples:\n"
        "  errdex export --format duckdb | duckdb logs.db\n"
        "  errdex export --table keys --format jsonl --out keys.jsonl"
    )
    parser.add_argument(
        "--format", choices=("duckdb", "clickhouse", "jsonl", "csv"), required=True, help="an SQL script, or plain data"
    )
    parser.add_argument(
        "--table", choices=("messages", "keys"), default="messages", help="what to export (default: messages)"
    )
    parser.add_argument("--out", type=path, metavar="FILE", help="write it to this file instead of printing it")
    add_catalog(parser)
