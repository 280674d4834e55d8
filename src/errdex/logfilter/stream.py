"""Unbuffered copy of a log: available input is read and written at once, and no byte is lost."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterator
from typing import Final

from errdex.logfilter.line_filter import LineFilter, Pieces

_READ: Final = 1 << 18
_MAX_PIECES: Final = 512  # pieces in one write; every system accepts at least 1,024
GZIP: Final = b"\x1f\x8b"
_UNPACKED: Final = 1 << 20  # bytes decompressed at once, whatever the compression ratio


def annotate(source: int, target: int, lines: LineFilter, progress: Callable[[int], object] | None = None) -> None:
    """Copy a log from one file descriptor to another, with notes.

    Args:
        source: Plain text or gzip, recognised by its first bytes.
        target: Gets every line as soon as it is complete.
        lines: Makes the notes. It can continue with the next source, as if the sources were one; call `finish` after
            the last.
        progress: Called with the number of bytes read.

    Raises:
        OSError: Reading or writing failed. Everything read before is written, unless writing failed.
        zlib.error: The gzip data is damaged.
    """
    try:
        for data in _read(source, progress):
            for pieces in lines.feed(data):
                write(target, pieces)
    except BaseException as error:
        if not isinstance(error, WriteError):
            write(target, lines.unjudged())
        raise


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


def _read(source: int, progress: Callable[[int], object] | None) -> Iterator[bytes]:
    data = os.read(source, _READ)
    while data and len(data) < len(GZIP) and GZIP.startswith(data):
        more = os.read(source, _READ)
        if not more:
            break
        data += more
    unpack = _Unpacker() if data.startswith(GZIP) else None
    while data:
        if progress:
            progress(len(data))
        if unpack:
            yield from unpack.feed(data)
        else:
            yield data
        data = os.read(source, _READ)
    if unpack:
        unpack.finish()


class _Unpacker:
    """Decompresses gzip, one member after another, a limited number of bytes at a time."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)
        self._fresh = True

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._stream.eof:
                if not data.strip(b"\0"):
                    return  # padding, as on tapes
                self._stream = zlib.decompressobj(wbits=31)
            yield self._stream.decompress(data, _UNPACKED)
            while self._stream.unconsumed_tail:
                yield self._stream.decompress(self._stream.unconsumed_tail, _UNPACKED)
            data = self._stream.unused_data

    def finish(self) -> None:
        if not self._stream.eof:
            raise zlib.error("the gzip data ends too early")
