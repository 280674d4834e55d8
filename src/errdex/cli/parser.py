"""The commands; their options are in `options`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, Final, NoReturn

from errdex.model.printable import printable

_EPILOG = """\
examples:
  errdex classify "too many tokens: multi-hop prompt is too long even after truncation"
  python app.py 2>&1 | tail -n 40 | errdex classify
  errdex classify --why "invalid api token"
  errdex annotate app.log | less
  tail -f app.log | errdex annotate --only
  errdex explain cohere/model-not-found
  errdex list --provider cohere --retryable yes

exit status: 0 found, 1 nothing found, 2 trouble;
  of a command that checks or compares, 0 in order, 1 findings or changes
"""


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Parse arguments; the result's `run` is the command's function."""
    parser = _Parser(
        prog="errdex",
        description="Explain errors of LLM APIs: what went wrong, whether to retry, and what to change.",
        epilog=_EPILOG,
        formatter_class=_formatter,
    )
    parser.add_argument("--version", action=_Version, nargs=0, help="print the version and exit")
    words = sys.argv[1:] if argv is None else argv
    asked = words[0] if words and words[0] in _COMMANDS else None  # creating the other parsers would take 3 ms
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, (help_, home, options) in _COMMANDS.items():
        if asked in (None, name):
            _imported(f"options.{options}")(_command(commands, name, help_, home))
    return parser.parse_args(words)


class _Parser(argparse.ArgumentParser):
    """A parser whose complaints about an argument do not control a terminal."""

    def error(self, message: str) -> NoReturn:
        """Print a complaint and exit."""
        super().error("\n".join(map(printable, message.split("\n"))))


def _formatter(prog: str) -> argparse.HelpFormatter:
    """Return a formatter as wide as the terminal; by default it would import `shutil`, 2 ms at every start."""
    try:
        columns = int(os.environ.get("COLUMNS") or os.get_terminal_size().columns)
    except (ValueError, OSError):
        columns = 0
    return argparse.RawDescriptionHelpFormatter(prog, width=(columns if columns > 0 else 80) - 2)


def _command(commands: Any, name: str, help_: str, home: str) -> argparse.ArgumentParser:
    """Add a command; `home` is its module and function, which is imported when it runs."""
    parser: argparse.ArgumentParser = commands.add_parser(
        name,
        help=help_,
        description=help_[0].upper() + help_[1:] + ".",
        formatter_class=_formatter,
    )
    parser.set_defaults(run=lambda arguments: _imported(home)(arguments))
    parser.add_argument(
        "--color",
        choices=("auto", "always", "never"),
        default="auto",
        help="when to use colour (default: auto, which respects NO_COLOR)",
    )
    return parser


def _imported(home: str) -> Any:
    """Return a function by its module and name; only what a command needs is imported."""
    module, _, function = home.rpartition(".")
    return getattr(import_module(f"errdex.cli.{module}"), function)


_COMMANDS: Final = {
    "classify": ("explain one raw error", "verdict.run", "verdict.classify"),
    "annotate": ("copy a log, adding a note to each line that reports an API error", "annotate.run", "logs.annotate"),
    "report": ("write a report on a log: what failed and when, and what to do first", "report.run", "logs.report"),
    "mine": ("turn the errors in a log that no entry covers into YAML entries", "mine.run", "logs.mine"),
    "explain": ("print an entry's page, or list the entries for a status or code", "browse.explain", "verdict.explain"),
    "list": ("list entries", "browse.list_entries", "verdict.list_entries"),
    "serve": (
        "run a fake provider that fails as it is told, to test error handling",
        "serve.run",
        "verdict.serve",
    ),
    "lint": ("check a catalog and report every mistake with its location", "author.lint", "author.lint"),
    "build": ("compile a catalog", "author.build", "author.build"),
    "train": ("fit the wording model to a catalog and to texts seen in public", "author.train", "author.train"),
    "docs": ("write the pages and data of the docs site for a catalog", "docs.run", "author.docs"),
    "diff": ("print what changed between two states of a catalog", "diff.run", "author.diff"),
    "history": ("print what changed in a catalog since its last release", "diff.history", "author.history"),
    "export": ("print the catalog as data for other engines", "export.run", "author.export"),
    "schema": ("print or write the JSON Schema of catalog files", "author.schema", "author.schema"),
}
"""Command name → its description, its function, and the one in `options` that adds its options."""


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from errdex import __version__

        print(f"errdex {__version__}")
        parser.exit()
