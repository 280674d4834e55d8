"""Unbuffered copy of a log: available input is read and written at once, and no byte is lost."""

from __future__ import annotations

import os
import select
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Final

from errdex.logfilter.compressed import decompressed, form_of, is_undecided
from errdex.logfilter.line_filter import LineFilter
from errdex.logfilter.rendering import Pieces

_MOMENT: Final = 0.003  # seconds for which a line is held back that the next might belong to
_READ: Final = 1 << 18
_MAX_PIECES: Final = 512  # pieces in one write; every system accepts at least 1,024


def annotate(source: int, target: int, lines: LineFilter, progress: Callable[[int], object] | None = None) -> None:
    """Copy a log from one file descriptor to another, with notes.

    Args:
        source: Plain text or compressed, recognised by its first bytes.
        target: Gets every line as soon as it is complete.
        lines: Makes the notes. It can continue with the next source, as if the sources were one; call `finish` after
            the last.
        progress: Called with the number of bytes read.

    Raises:
        OSError: Reading or writing failed. Everything read before is written, unless writing failed.
        UnreadableError: The log is compressed and cannot be read, or is damaged.
    """
    try:
        for data in plain_text(source, progress):
            for pieces in lines.feed(data):
                write(target, pieces)
            if not _has_more(source):
                for pieces in lines.settle():
                    write(target, pieces)
        for pieces in lines.settle():
            write(target, pieces)
    except BaseException as error:
        if not isinstance(error, WriteError):
            write(target, lines.unjudged())
        raise


def _has_more(source: int) -> bool:
    """Tell whether a source can be read on, or has ended, within a moment."""
    try:
        return bool(select.select([source], [], [], _MOMENT)[0])
    except (OSError, ValueError):
        return os.name != "nt"  # there, only sockets can be waited for


class WriteError(OSError):
    """Writing failed: some of what was read may be lost."""


def write(target: int, pieces: Pieces) -> None:
    """Write all pieces, however few bytes the system accepts at once.

    Raises:
        WriteError: Writing failed, for example because the disk is full.
        BrokenPipeError: The reader of the output is gone.
    """
    for place in range(0, len(pieces), _MAX_PIECES):
        some = [piece for piece in pieces[place : place + _MAX_PIECES] if piece]
        while some:
            try:
                written = os.writev(target, some) if hasattr(os, "writev") else os.write(target, some[0])
            except BrokenPipeError:
                raise
            except OSError as error:
                raise WriteError(f"cannot write: {error.strerror}") from error
            some = _after(some, written)


def _after(pieces: Pieces, written: int) -> Pieces:
    """Return what is left of the pieces after some of their bytes were written."""
    for place, piece in enumerate(pieces):
        if written < len(piece):
            return [memoryview(piece)[written:], *pieces[place + 1 :]]
        written -= len(piece)
    return []


def plain_text(source: int, progress: Callable[[int], object] | None = None) -> Iterator[bytes]:
    """Yield a log piece by piece, decompressed if it is compressed.

    Args:
        source: File descriptor of the log.
        progress: Called with the number of bytes read.

    Raises:
        UnreadableError: It is compressed and cannot be read, or is damaged.
    """
    pieces = _pieces(source, progress)
    first = next(pieces, b"")
    while is_undecided(first):
        more = next(pieces, b"")
        if not more:
            break
        first += more
    form = form_of(first)
    log = chain([first], pieces)
    yield from log if form is None else decompressed(form, log)


def _pieces(source: int, progress: Callable[[int], object] | None) -> Iterator[bytes]:
    while data := os.read(source, _READ):
        if progress:
            progress(len(data))
        yield data
