"""The standard streams, which a caller may have closed."""

from __future__ import annotations

import errno
import os
import sys
from typing import TextIO


def complete() -> bool:
    """Put /dev/null in place of each closed stream, or the first file opened would take its number and be written to.

    Returns:
        Whether there is a standard output.
    """
    given = (sys.stdin, sys.stdout, sys.stderr)
    if None not in given:
        return True
    for number, stream in enumerate(given):
        if stream is None:
            null = os.open(os.devnull, os.O_RDWR)
            if null != number:
                os.dup2(null, number)
                os.close(null)
    if sys.stderr is None:
        sys.stderr = _writer(2)
    if sys.stdout is None:
        sys.stdout = _writer(1)
        return False
    return True


def _writer(number: int) -> TextIO:
    return os.fdopen(number, "w", encoding="utf-8", errors="replace", closefd=False)


def given() -> TextIO:
    """Return standard input.

    Raises:
        OSError: It is closed.
    """
    if sys.stdin is None:
        raise OSError(errno.EBADF, "is closed; give a file as an argument, or pipe something in")
    return sys.stdin
