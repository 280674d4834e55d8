"""Commands and their options."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, NoReturn

from errdex.model.category import Category
from errdex.model.printable import printable

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
    for name, (help_, home, add) in _COMMANDS.items():
        if asked in (None, name):
            add(_command(commands, name, help_, home))
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


def _path(text: str) -> Path:
    from pathlib import Path  # adds 3 ms to every start

    return Path(text)


def _count(text: str) -> int:
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes; give 1 or more")
    return int(text)


def _lines(text: str) -> int:
    if not (text.isdecimal() and int(text) <= 10_000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of lines; give 0 to 10000")
    return int(text)


def _status(text: str) -> int:
    if not (text.isdecimal() and 100 <= int(text) <= 599):
        raise argparse.ArgumentTypeError(f"{text!r} is not an HTTP status; give a number from 100 to 599")
    return int(text)


def _command(commands: Any, name: str, help_: str, home: str) -> argparse.ArgumentParser:
    """Add a command; `home` is its module and function, which is imported when it runs."""
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
        help="when to use colour (default: auto, which respects NO_COLOR)",
    )
    return parser


def _add_catalog(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--catalog", type=_path, metavar="DIR", help="load the entries in this folder on top of the built-in ones"
    )


def _classify(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "The text may be a message, a JSON body, a log line, a traceback or a header dump.\n"
        "exit status: 0 it is an API error, 1 it is not, 2 trouble"
    )
    parser.add_argument("text", nargs="?", metavar="TEXT", help="the error; read from standard input if - or missing")
    parser.add_argument(
        "--provider", metavar="NAME", help="where the error came from, such as cohere; overrides what the text suggests"
    )
    parser.add_argument("--status", type=_status, metavar="N", help="the HTTP status, if known")
    parser.add_argument("--code", help="the machine code, if known")
    parser.add_argument(
        "--header",
        action="append",
        default=[],
        metavar="'NAME: VALUE'",
        help="a response header; may be given more than once",
    )
    parser.add_argument("--all", action="store_true", help="print every possible answer, best first")
    parser.add_argument("--why", action="store_true", help="show the evidence and the ranked candidates")
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")
    _add_catalog(parser)


def _add_logs(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="logs, plain or compressed (gzip, bzip2, xz, zstd); standard input if - or missing",
    )
    parser.add_argument("-r", "--recursive", action="store_true", help="read the files in folders, by name")


def _annotate(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "Every line comes out as it went in; a line that reports an API error gets a note at its end:\n"
        '  …  # errdex: id=cohere/trial-key-per-minute category=rate_limit retryable=true retry_after=60 fix="…"\n'
        "To remove the notes: sed 's/  # errdex: [^\\r\\n]*//'\n\n"
        "examples:\n"
        "  errdex annotate app.log.gz other.log | less\n"
        "  errdex annotate --only --recursive /var/log/app\n"
        "  kubectl logs -f deploy/api | errdex annotate --only\n"
        "  errdex annotate --summary app.log > /dev/null\n\n"
        "exit status: 0 an API error was found, 1 none, 2 trouble"
    )
    _add_logs(parser)
    parser.add_argument(
        "--only",
        action="store_true",
        help="print only the lines that report an API error; of an error over several lines, the first too",
    )
    parser.add_argument(
        "-C", "--context", type=_lines, metavar="N", help="with --only: also print N lines before and after each"
    )
    parser.add_argument("--below", action="store_true", help="print each note on a line of its own, below its line")
    parser.add_argument(
        "--format",
        choices=("text", "json"),
        default="text",
        help='json prints one object per line: an object gets the key `errdex`, any other line becomes {"line": …}',
    )
    parser.add_argument(
        "--summary", action="store_true", help="print counts and a chart over time to standard error at the end"
    )
    parser.add_argument("--exit-zero", action="store_true", help="exit with 0 even if there is no API error")
    parser.add_argument(
        "--engine",
        choices=("auto", "words", "hyperscan"),
        default="auto",
        help="the scanner that finds lines; auto is hyperscan (errdex[fast]) if installed, else words; same notes",
    )
    parser.add_argument(
        "--jobs",
        type=_count,
        metavar="N",
        help="processes that share a large plain file (default: one per processor, up to 4); pipes always have one",
    )
    _add_catalog(parser)


def _report(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "The page opens from disk, without a network, and prints. Keys, tokens, passwords and e-mail addresses in its\n"
        "sample lines are masked by their shape.\n\n"
        "examples:\n"
        "  errdex report app.log -o report.html\n"
        "  errdex report --recursive /var/log/app -o report.md\n"
        "  kubectl logs deploy/api | errdex report --format json | jq .first_steps\n\n"
        "exit status: 0 an API error was found, 1 none, 2 trouble"
    )
    _add_logs(parser)
    parser.add_argument("-o", "--out", type=_path, metavar="FILE", help="where to write (default: standard output)")
    parser.add_argument(
        "--format", choices=("html", "json", "markdown"), help="by default what FILE's ending says, otherwise html"
    )
    parser.add_argument(
        "--jobs", type=_count, metavar="N", help="processes that share a large plain file (default: one per processor)"
    )
    _add_catalog(parser)


def _mine(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "Lines that are errors of an LLM API but whose words no entry has are grouped by their wording. Each group\n"
        "becomes an entry with a template, examples and a suggested category, and a TODO for what only you can say.\n"
        "Secrets in examples are masked by their shape. Needs `pip install 'errdex[mine]'`.\n\n"
        "examples:\n"
        "  errdex mine app.log --out my-catalog && errdex lint my-catalog\n"
        "  errdex mine --catalog my-catalog --recursive /var/log/app     # what is still missing\n\n"
        "exit status: 0 there are such errors, 1 none, 2 trouble"
    )
    _add_logs(parser)
    parser.add_argument(
        "-o", "--out", type=_path, metavar="DIR", help="the folder for PROVIDER/mined.yaml (default: standard output)"
    )
    _add_catalog(parser)


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "categories: " + ", ".join(Category)
    parser.add_argument("what", metavar="ID|STATUS|CODE", help="an entry's id, an HTTP status, or a machine code")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the entry as JSON")
    form.add_argument(
        "--regex",
        action="store_true",
        help="print the regular expression that each message means, one a line: for Python, with re.IGNORECASE, in a "
        "text whose quotation marks are ' and whose runs of blanks are one blank",
    )
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
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")
    _add_catalog(parser)


def _lint(parser: argparse.ArgumentParser) -> None:
    parser.epilog = "exit status: 0 no findings (warnings do not count), 1 findings, 2 mistakes that prevent loading"
    parser.add_argument(
        "paths", nargs="*", metavar="DIR", type=_path, help="the catalog, or files in it (default: catalog)"
    )
    parser.add_argument("--strict", action="store_true", help="count warnings (about style) as findings")
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")


def _build(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "catalog", nargs="?", type=_path, metavar="DIR", default="catalog", help="the catalog (default: catalog)"
    )
    parser.add_argument("--out", type=_path, metavar="DIR", help="where to write (default: into the installed package)")
    parser.add_argument(
        "--check", action="store_true", help="write nothing; exit with 1 if the compiled files are out of date"
    )


def _train(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "The model learns from every example and message of the catalog, and from the texts in its folder `training`:\n"
        'files *.jsonl with one object a line, {"raw": …, "category": …, "retryable": …}, perhaps with `status`\n'
        "and `provider`; a text without a category is no error of an LLM API. Run it after changes, then\n"
        "`errdex build`. Needs `pip install 'errdex[train]'`."
    )
    parser.add_argument(
        "catalog", nargs="?", type=_path, metavar="DIR", default="catalog", help="the catalog (default: catalog)"
    )
    parser.add_argument(
        "--out", type=_path, metavar="FILE", help="where to write (default: into the installed package)"
    )


def _schema(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", type=_path, metavar="FILE", help="write it to this file instead of printing it")
    parser.add_argument(
        "--check", action="store_true", help="with --out: write nothing; exit with 1 if the file is out of date"
    )


def _docs(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "For mkdocs, use the plugin instead: `plugins: [errdex]`. For other generators, use these files; pages need\n"
        "assets/errdex/errdex.css and assets/errdex/errdex.js."
    )
    parser.add_argument("--out", type=_path, metavar="DIR", required=True, help="the folder for the site's Markdown")
    parser.add_argument(
        "--folder", default="errors", metavar="NAME", help="its subfolder for the pages (default: errors)"
    )
    parser.add_argument(
        "--source", metavar="URL", help="URL of an entry's YAML, with {path} and {line}, for the edit links"
    )
    parser.add_argument(
        "--everything", action="store_true", help="with --catalog: write pages for the built-in entries as well"
    )
    _add_catalog(parser)


def _port(text: str) -> int:
    if not (text.isdecimal() and len(text) < 6 and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; give a number from 0 to 65535")
    return int(text)


def _size(text: str) -> int:
    if not (text.isdecimal() and 0 < int(text[:12]) <= 1_000_000_000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of bytes; give 1 to 1000000000")
    return int(text)


def _serve(parser: argparse.ArgumentParser) -> None:
    parser.epilog = (
        "Point an SDK at the base URL that it prints for OpenAI, Anthropic, Cohere, Gemini, Bedrock, Mistral or Groq.\n"
        "Every request gets a plain answer, unless it is told to fail:\n"
        "  by a request header     x-errdex-fail: cohere/trial-key-per-month\n"
        "  by the model's name     errdex:anthropic/overloaded; after=2\n"
        "  by a scenario file      rules: [{sequence: [openai/429; times=3]}]\n"
        "Besides entries' ids there are `reset`, `cut` and `refuse`, and the settings after=EVENTS, wait=SECONDS,\n"
        "pace=SECONDS, status=N, lasts=SECONDS and times=N. GET /errdex/requests says what was received.\n\n"
        "examples:\n"
        "  errdex serve\n"
        "  errdex serve --port 0 --scenario outage.yaml --record requests.jsonl\n"
        "  curl -H 'x-errdex-fail: openai/insufficient-quota' -d '{}' http://127.0.0.1:8429/openai/v1/chat/completions\n\n"
        "Ctrl-C stops it. Needs `pip install 'errdex[serve]'`.\n"
        "exit status: 0 stopped, 2 trouble"
    )
    parser.add_argument("--port", type=_port, default=8429, metavar="N", help="default: 8429; 0 for any that is free")
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="ADDRESS", help="the address to listen on (default: this machine's own)"
    )
    parser.add_argument("--everywhere", action="store_true", help="allow a --host that other machines can reach")
    parser.add_argument("--scenario", type=_path, metavar="FILE", help="which requests fail and how, as YAML")
    parser.add_argument(
        "--record", type=_path, metavar="FILE", help="write each request to this file, a line of JSON each"
    )
    parser.add_argument(
        "--max-body", type=_size, default=20_000_000, metavar="BYTES", help="largest request body (default: 20000000)"
    )
    _add_catalog(parser)


_COMMANDS: Final = {
    "classify": ("explain one raw error", "verdict.run", _classify),
    "annotate": ("copy a log, adding a note to each line that reports an API error", "annotate.run", _annotate),
    "report": ("write a page about a log: what failed when, and what to do first", "report.run", _report),
    "mine": ("write the errors in a log that no entry covers as YAML entries", "mine.run", _mine),
    "explain": ("print an entry's page, or list the entries for a status or code", "browse.explain", _explain),
    "list": ("list entries", "browse.list_entries", _list),
    "serve": ("run a fake provider that answers with any error, to test error handling against", "serve.run", _serve),
    "lint": ("check a catalog and report every mistake with its location", "author.lint", _lint),
    "build": ("compile a catalog", "author.build", _build),
    "train": ("fit the wording model to a catalog and to texts seen in public", "author.train", _train),
    "docs": ("write the pages and data of the docs site for a catalog", "docs.run", _docs),
    "schema": ("print or write the JSON Schema of catalog files", "author.schema", _schema),
}
"""Command name → its description, its function, and the function that adds its options."""


class _Version(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from errdex import __version__

        print(f"errdex {__version__}")
        parser.exit()
