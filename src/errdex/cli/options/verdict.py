"""Options of the commands about single errors and entries."""

from __future__ import annotations

import argparse

from errdex.cli.options.shared import add_catalog, path, port, size, status
from errdex.model.category import Category


def classify(parser: argparse.ArgumentParser) -> None:
    """Add the options of `errdex classify`."""
    parser.epilog = (
        "The text may be a message, a JSON body, a log line, a traceback or a header dump.\n"
        "exit status: 0 it is an API error, 1 it is not, 2 trouble"
    )
    parser.add_argument(
        "text",
        nargs="*",
        metavar="TEXT",
        help="the error, best in quotes; read from standard input if - or missing, unless a hint takes its place",
    )
    parser.add_argument(
        "--provider", metavar="NAME", help="where the error came from, such as cohere; overrides what the text suggests"
    )
    parser.add_argument("--status", type=status, metavar="N", help="the HTTP status, if known")
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
    add_catalog(parser)


def explain(parser: argparse.ArgumentParser) -> None:
    """Add the options of `errdex explain`."""
    parser.epilog = "categories: " + ", ".join(Category)
    parser.add_argument("what", metavar="ID|STATUS|CODE", help="an entry's id, an HTTP status, or a machine code")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="print the entry as JSON")
    form.add_argument(
        "--regex",
        action="store_true",
        help="print the regular expression for each message, one per line: for Python, with re.IGNORECASE, and for a "
        "text whose quotation marks are ' and whose runs of blanks are one blank",
    )
    add_catalog(parser)


def list_entries(parser: argparse.ArgumentParser) -> None:
    """Add the options of `errdex list`."""
    parser.add_argument("--provider", metavar="NAME", help="only this provider")
    parser.add_argument(
        "--category",
        choices=[*map(str, Category)],
        metavar="CATEGORY",
        help="only this category: " + ", ".join(Category),
    )
    parser.add_argument("--status", type=status, metavar="N", help="only entries documented with this HTTP status")
    parser.add_argument("--retryable", choices=("yes", "no"), help="only entries that are, or are not, worth a retry")
    parser.add_argument("--json", action="store_true", help="print one JSON object per line")
    add_catalog(parser)


def serve(parser: argparse.ArgumentParser) -> None:
    """Add the options of `errdex serve`."""
    parser.epilog = (
        "Point an SDK at the base URL that it prints for OpenAI, Anthropic, Cohere, Gemini, Bedrock, Mistral or Groq.\n"
        "Every request gets a plain answer, unless it is told to fail:\n"
        "  by a request header     x-errdex-fail: cohere/trial-key-per-month\n"
        "  by the model's name     errdex:anthropic/overloaded-error; after=2\n"
        "  by a scenario file      rules: [{sequence: [openai/429; times=3]}]\n"
        "Besides entries' ids, orders are `reset`, `cut` and `refuse`; the settings are after=EVENTS, wait=SECONDS,\n"
        "pace=SECONDS, status=N, lasts=SECONDS and times=N. GET /errdex/requests says what was received.\n\n"
        "examples:\n"
        "  errdex serve\n"
        "  errdex serve --port 0 --scenario outage.yaml --record requests.jsonl\n"
        "  curl -H 'x-errdex-fail: openai/insufficient-quota' -d '{}' http://127.0.0.1:8429/openai/v1/chat/completions\n\n"
        "Ctrl-C stops it. Needs `pip install 'errdex[serve]'`.\n"
        "exit status: 0 stopped, 2 trouble"
    )
    parser.add_argument("--port", type=port, default=8429, metavar="N", help="default: 8429; 0 for any that is free")
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="ADDRESS", help="the address to listen on (default: this machine's own)"
    )
    parser.add_argument("--everywhere", action="store_true", help="allow a --host that other machines can reach")
    parser.add_argument("--scenario", type=path, metavar="FILE", help="which requests fail and how, as YAML")
    parser.add_argument(
        "--record", type=path, metavar="FILE", help="write each request to this file, as a line of JSON"
    )
    parser.add_argument(
        "--max-body", type=size, default=20_000_000, metavar="BYTES", help="largest request body (default: 20000000)"
    )
    add_catalog(parser)
