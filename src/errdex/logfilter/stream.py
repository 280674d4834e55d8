"""Reading and writing: what is there is read, and written at once; no byte is lost on the way."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable, Iterator
from typing import Final

from errdex.logfilter.line_filter import LineFilter, Pieces

_READ: Final = 1 << 18
_MAX_PIECES: Final = 512  # of one write; systems take 1,024 at least
GZIP: Final = b"\x1f\x8b"
_UNPACKED: Final = 1 << 20  # bytes unpacked at once, however well they were packed


def annotate(source: int, target: int, lines: LineFilter, progress: Callable[[int], object] | None = None) -> None:
    """Copy a log from one file descriptor to another, with notes.

    Args:
        source: Plain text, or packed by gzip; the first bytes tell.
        target: Gets every line as soon as it is complete.
        lines: Makes the notes. It goes on with the next source, as if the sources were one; `finish` ends the last.
        progress: Is called with the number of bytes read.

    Raises:
        OSError: Reading or writing failed. What was read before is written, unless writing failed.
        zlib.error: The packed data is damaged.
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
    """Writing failed: what was read may be lost."""


def write(target: int, pieces: Pieces) -> None:
    """Write all pieces, however few bytes the system takes at once.

    Raises:
        WriteError: The disk is full, or the like.
        BrokenPipeError: Nobody reads any more.
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
    """Return what is left of pieces after some bytes of them were written."""
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
    """Unpacks gzip, one member after another, some bytes at a time."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)
        self._fresh = True

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._stream.eof:
                if not data.strip(b"\0"):
                    return  # padding of a tape
                self._stream = zlib.decompressobj(wbits=31)
            yield self._stream.decompress(data, _UNPACKED)
            while self._stream.unconsumed_tail:
                yield self._stream.decompress(self._stream.unconsumed_tail, _UNPACKED)
            data = self._stream.unused_data

    def finish(self) -> None:
        if not self._stream.eof:
            raise zlib.error("the gzip data ends too early")
