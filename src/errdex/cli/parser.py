"""Commands and their options."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from errdex.model.category import Category

if TYPE_CHECKING:
    from pathlib import Path

_EPILOG = """\
examples:
  errdex classify "too many tokens: multi-hop prompt is too long even after truncation"
  python app.py 2>&1 | tail -n 40 | errdex classify
  errdex classify --why "invalid api token"
  errdex annotate app.log | less
  tail -f app.log | errdex annotate --only
  errdex explain cohere/model-not-found
  errdex list --provider cohere --retryable yes

exit status: 0 found, 1 nothing found, 2 trouble
"""


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Parse arguments; `run` of the result is the command's function."""
    parser = argparse.ArgumentParser(
        prog="errdex",
        description="Say what an LLM API error is, whether to retry, and what to change.",
        epilog=_EPILOG,
        formatter_class=_formatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and leave")
    words = sys.argv[1:] if argv is None else argv
    asked = words[0] if words and words[0] in _COMMANDS else None  # the others need not be made: they take 3 ms
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, (help_, home, add) in _COMMANDS.items():
        if asked in (None, name):
            add(_command(commands, name, help_, home))
    return parser.parse_args(words)


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Return a formatter as wide as the terminal; left alone it imports 2 ms of `shutil` to ask, at every start."""
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size().columns)
    except (ValueError, OSError):
        columns = 0
    return argparse.RawDescriptionHelpFormatter(prog, width=(columns if columns > 0 else 80) - 2)


def _path(text: str) -> Path:
    from pathlib import Path  # costs 3 ms of every start

    return Path(text)


def _count(text: str) -> int:
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes; it is 1 or more")
    return int(text)


def _status(text: str) -> int:
    if not (text.isdecimal() and 100 <= int(text) <= 599):
        raise argparse.ArgumentTypeError(f"{text!r} is no HTTP status; it is a number from 100 to 599")
    return int(text)


def _command(commands: Any, name: str, help_: str, home: str) -> argparse.ArgumentParser:
    """Add a command; `home` is the module of its function and the function, imported when it runs."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=help_,
        description=help_[0].upper() + help_[1:] + ".",
        formatter_class=_formatter,
    )
    module, _, function = home.partition(".")
    parser.set_defaults(run=lambda arguments: getattr(import_module(f"errdex.cli.{module}"), function)(arguments))
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="colours (default: auto; NO_COLOR is obeyed)",
    )
    return parser


def _add_catalog(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--catalog", type=_path, metavar="DIR", help="put the entries of this folder over the built-in ones"
    )


def _classify(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "The text may be a message, a JSON body, a log line, a traceback or a header dump.\n"
        "exit status: 0 it is an API error, 1 it is none, 2 trouble"
    )
    parser.add_argument("text", nargs="?", metavar="TEXT", help="the error; - or nothing reads standard input")
    parser.add_argument(
        "--provider", metavar="NAME", help="whose error it is, such as cohere; wins over what the text suggests"
    )
    parser.add_argument("--status", type=_status, metavar="N", help="the HTTP status, if you know it")
    parser.add_argument("--code", help="the machine code, if you know it")
    parser.add_argument(
        "--header",
        action="append",
        default=[],
        metavar="'NAME: VALUE'",
        help="a response header; may be given several times",
    )
    parser.add_argument("--all", action="store_true", help="print every answer the text allows, best first")
    parser.add_argument("--why", action="store_true", help="show the evidence and the ranked candidates")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    _add_catalog(parser)


def _annotate(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "Every line comes out as it went in; one that holds an API error has a note behind it:\n"
        '  …  # errdex: id=cohere/trial-key-per-minute category=rate_limit retryable=true retry_after=60 fix="…"\n'
        "To take the notes out again: sed 's/  # errdex: [^\\r\\n]*//'\n\n"
        "examples:\n"
        "  errdex annotate app.log.gz other.log | less\n"
        "  kubectl logs -f deploy/api | errdex annotate --only\n"
        "  errdex annotate --summary app.log > /dev/null\n\n"
        "exit status: 0 an API error was found, 1 none, 2 trouble"
    )
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="logs, plain or gzip; - or nothing reads standard input"
    )
    parser.add_argument("--only", action="store_true", help="print only the lines that hold an API error")
    parser.add_argument("--below", action="store_true", help="print a note on a line of its own, below its line")
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help='json prints an object a line: a line that is one gains a key `errdex`, any other becomes {"line": …}',
    )
    parser.add_argument(
        "--summary", action="store_true", help="print counts, and a chart over time, to standard error at the end"
    )
    parser.add_argument("--exit-zero", action="store_true", help="exit 0 also when there is no API error")
    parser.add_argument(
        "--engine",
        choices=("auto", "words", "hyperscan"),
        default="auto",
        help="what looks for lines: hyperscan (errdex[fast]) if it is installed, else words; the notes are the same",
    )
    parser.add_argument(
        "--jobs",
        type=_count,
        metavar="N",
        help="processes that take turns at a large plain file (default: one a processor, up to 4); pipes have one",
    )
    _add_catalog(parser)


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "categories: " + ", ".join(Category)
    parser.add_argument("what", metavar="ID|STATUS|CODE", help="an entry's id, an HTTP status, or a machine code")
    parser.add_argument("--json", action="store_true", help="print the entry as JSON")
    _add_catalog(parser)


def _list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--provider", metavar="NAME", help="only this provider")
    parser.add_argument(
        "--category",
        choices=[*map(str, Category)],
        metavar="CATEGORY",
        help="only this category: " + ", ".join(Category),
    )
    parser.add_argument("--status", type=_status, metavar="N", help="only entries documented with this HTTP status")
    parser.add_argument("--retryable", choices=("yes", "no"), help="only entries that are, or are not, worth a retry")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")
    _add_catalog(parser)


def _lint(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "exit status: 0 clean, warnings aside; 1 findings; 2 mistakes, with which nothing is loaded"
    parser.add_argument(
        "paths", nargs="*", metavar="DIR", type=_path, help="the catalog, or files in it (default: catalog)"
    )
    parser.add_argument("--strict", action="store_true", help="count warnings, which are about style, as findings")
    parser.add_argument("--json", action="store_true", help="print one JSON object a line")


def _build(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "catalog", nargs="?", type=_path, metavar="DIR", default="catalog", help="the catalog (default: catalog)"
    )
    parser.add_argument("--out", type=_path, metavar="DIR", help="where to write (default: into the installed package)")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit 1 if the compiled files are not current"
    )


def _schema(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=_path, metavar="FILE", help="write it to this file instead of printing it")
    parser.add_argument(
        "--check", action="store_true", help="with --out: write nothing; exit 1 if the file is not current"
    )


def _docs(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "For mkdocs there is a plugin instead: `plugins: [errdex]`. Other generators take the files; their pages load\n"
        "assets/errdex/errdex.css and assets/errdex/errdex.js."
    )
    parser.add_argument("--out", type=_path, metavar="DIR", required=True, help="the folder of the site's Markdown")
    parser.add_argument("--folder", default="errors", metavar="NAME", help="where in it the pages go (default: errors)")
    parser.add_argument(
        "--source", metavar="URL", help="address of an entry's YAML, with {path} and {line}, for the edit links"
    )
    parser.add_argument(
        "--everything", action="store_true", help="with --catalog: pages for the built-in entries as well"
    )
    _add_catalog(parser)


_COMMANDS: Final = {
    "classify": ("say what one raw error is", "verdict.run", _classify),
    "annotate": ("copy a log and note the lines that hold an API error", "annotate.run", _annotate),
    "explain": ("print an entry's page, or list what a status or code can be", "browse.explain", _explain),
    "list": ("list entries", "browse.list_entries", _list),
    "lint": ("check a catalog and report every mistake with its place", "author.lint", _lint),
    "build": ("compile a catalog", "author.build", _build),
    "docs": ("write the Markdown and data of the catalog's site", "docs.run", _docs),
    "schema": ("print or write the JSON Schema of catalog files", "author.schema", _schema),
}
"""Name to what it does, its function, and what adds its options."""


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from errdex import __version__

        print(f"errdex {__version__}")
        parser.exit()
