"""Options of the commands that read logs."""

from __future__ import annotations

import argparse

from errdex.cli.options.shared import add_catalog, add_logs, lines, path, processes


def annotate(parser: argparse.ArgumentParser) -> None:
    """Add the options of `errdex annotate`."""
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
    add_logs(parser)
    parser.add_argument(
        "--only",
        action="store_true",
        help="print only the lines that report an API error; for an error over several lines, also its first line",
    )
    parser.add_argument(
        "-C", "--context", type=lines, metavar="N", help="with --only: also print N lines before and after each"
    )
    parser.add_argument(
        "--below", action="store_true", help="print each note on a line of its own, below the line it belongs to"
    )
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
        type=processes,
        metavar="N",
        help="processes that share a large plain file (default: one per processor, up to 4); pipes always have one",
    )
    add_catalog(parser)


def report(parser: argparse.ArgumentParser) -> None:
    """Add the options of `errdex report`."""
    parser.epilog = (
        "The page can be opened from disk, without a network, and printed. Keys, tokens, passwords and e-mail\n"
        "addresses in its sample lines are masked by their shape.\n\n"
        "examples:\n"
        "  errdex report app.log -o report.html\n"
        "  errdex report --recursive /var/log/app -o report.md\n"
        "  kubectl logs deploy/api | errdex report --format json | jq .first_steps\n\n"
        "exit status: 0 an API error was found, 1 none, 2 trouble"
    )
    add_logs(parser)
    parser.add_argument(
        "-o", "--out", type=path, metavar="FILE", help="where to write (default: standard output, or -)"
    )
    parser.add_argument(
        "--format",
        choices=("html", "json", "markdown", "github"),
        help="default: what the ending of FILE says, otherwise html; github prints annotations for GitHub Actions",
    )
    parser.add_argument(
        "--jobs",
        type=processes,
        metavar="N",
        help="processes that share a large file (default: one per processor)",
    )
    add_catalog(parser)


def mine(parser: argparse.ArgumentParser) -> None:
    """Add the options of `errdex mine`."""
    parser.epilog = (
        "Lines that are errors of an LLM API but whose words are in no entry are grouped by wording. Each group\n"
        "becomes an entry with a template, examples and a suggested category, and a TODO for what only you can say.\n"
        "Secrets in examples are masked by their shape. Needs `pip install 'errdex[mine]'`.\n\n"
        "examples:\n"
        "  errdex mine app.log --out my-catalog && errdex lint my-catalog\n"
        "  errdex mine --catalog my-catalog --recursive /var/log/app     # what is still missing\n\n"
        "exit status: 0 there are such errors, 1 none, 2 trouble"
    )
    add_logs(parser)
    parser.add_argument(
        "-o", "--out", type=path, metavar="DIR", help="the folder for PROVIDER/mined.yaml (default: standard output)"
    )
    add_catalog(parser)
