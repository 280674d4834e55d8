"""Options that several commands share, and the kinds of values."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def path(text: str) -> Path:
    """Read a path."""
    from pathlib import Path  # adds 3 ms to every start

    return Path(text)


def processes(text: str) -> int:
    """Read a number of processes."""
    if not (text.isdecimal() and int(text) > 0):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of processes; give 1 or more")
    return int(text)


def lines(text: str) -> int:
    """Read a number of lines."""
    if not (text.isdecimal() and int(text) <= 10_000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of lines; give 0 to 10000")
    return int(text)


def status(text: str) -> int:
    """Read an HTTP status."""
    if not (text.isdecimal() and 100 <= int(text) <= 599):
        raise argparse.ArgumentTypeError(f"{text!r} is not an HTTP status; give a number from 100 to 599")
    return int(text)


def port(text: str) -> int:
    """Read a port."""
    if not (text.isdecimal() and len(text) < 6 and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text!r} is not a port; give a number from 0 to 65535")
    return int(text)


def size(text: str) -> int:
    """Read a number of bytes."""
    if not (text.isdecimal() and 0 < int(text[:12]) <= 1_000_000_000):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of bytes; give 1 to 1000000000")
    return int(text)


def add_catalog(parser: argparse.ArgumentParser) -> None:
    """Add `--catalog`."""
    parser.add_argument(
        "--catalog", type=path, metavar="DIR", help="load the entries in this folder on top of the built-in ones"
    )


def add_logs(parser: argparse.ArgumentParser) -> None:
    """Add the logs to read."""
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="logs, plain or compressed (gzip, bzip2, xz, zstd); standard input if - or missing",
    )
    parser.add_argument(
        "-r", "--recursive", action="store_true", help="read the files in folders, in the order of their names"
    )
