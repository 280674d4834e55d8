"""The command line: arguments and printing; it makes no decisions.

Exit status: 0 found or clean, 1 nothing found or findings, 2 trouble, 130 interrupted, 141 output closed.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import NoReturn

from errdex.model.errors import CatalogError, ErrdexError
from errdex.model.printable import printable

FOUND, NOTHING, TROUBLE = 0, 1, 2
CLEAN, FINDINGS = FOUND, NOTHING
INTERRUPTED = 130
OUTPUT_CLOSED = 141


def program() -> NoReturn:
    """Run the command line and end the process at once: tearing down a loaded catalog would take 5 ms."""
    status = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # it is full, or its reader is gone
            stream.flush()
    os._exit(status)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    from errdex.cli import streams
    from errdex.cli.parser import parse

    has_output = streams.complete()
    # If a terminal cannot show a character, print a replacement and not a traceback.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        arguments = parse(argv)
        if not has_output:
            raise ErrdexError("standard output is closed; redirect it to /dev/null if only the exit status counts")
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        # `| head` closed the pipe. Redirect stdout, so that the interpreter's last flush is silent.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OUTPUT_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except CatalogError as error:
        count = len(error.issues)
        _complain(f"{error}\nerrdex: the catalog has {count} mistake{'s' * (count != 1)} and was not loaded")
        return TROUBLE
    except (ErrdexError, OSError) as error:
        _complain(f"errdex: {printable(str(error))}")
        return TROUBLE
    except Exception:
        with suppress(OSError, ValueError):
            sys.excepthook(*sys.exc_info())
        return TROUBLE  # 1 would mean that nothing was found
    return status


def _complain(text: str) -> None:
    """Print to standard error; if that is full or gone, only the exit status is left to tell of trouble."""
    with suppress(OSError, ValueError):
        print(text, file=sys.stderr, flush=True)


__all__ = ["main", "program"]
