"""Compressed logs, recognised by their first bytes and decompressed a limited number of bytes at a time."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from importlib import import_module
from typing import Any, Final, Protocol

from errdex.model.errors import ErrdexError

HEAD: Final = 6
"""Bytes at the start of a log that tell how it is compressed."""

_READABLE: Final = {
    b"\x1f\x8b\x08": "gzip",
    b"BZh": "bzip2",
    b"\xfd7zXZ\0": "xz",
    b"(\xb5/\xfd": "zstd",
    **{bytes((first,)) + b"*M\x18": "zstd" for first in range(0x50, 0x60)},  # a frame to skip, as pzstd writes first
}
_UNREADABLE: Final = {
    b"PK\x03\x04": "zip",
    b'\x04"M\x18': "lz4",
    b"7z\xbc\xaf'\x1c": "7z",
    b"\x1f\x9d": "compress (.Z)",
    b"LZIP\x01": "lzip",
    b"\xff\x06\0\0sN": "snappy",
}
_FORMS: Final = {**_READABLE, **_UNREADABLE}
_PIECE: Final = 1 << 20  # bytes decompressed at once, whatever the compression ratio
_BZIP2_LEVELS: Final = b"123456789"


class UnreadableError(ErrdexError):
    """A log is compressed in a form that cannot be read here, or its compressed data is damaged."""


class _Stream(Protocol):
    """The interface of the standard library's decompressors, for one stream."""

    @property
    def eof(self) -> bool: ...

    @property
    def needs_input(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, max_length: int) -> bytes: ...


def form_of(first: bytes) -> str | None:
    """Return how a log is compressed, by its first bytes; None if it is plain text."""
    for mark, form in _FORMS.items():
        if first.startswith(mark) and (form != "bzip2" or first[3:4] in _BZIP2_LEVELS):
            return form
    return None


def is_undecided(first: bytes) -> bool:
    """Tell whether more bytes are needed to tell how a log is compressed."""
    return bool(first) and any(len(first) < len(mark) and mark.startswith(first) for mark in _FORMS)


def decompressed(form: str, pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield what compressed data contains, one stream after another.

    Args:
        form: How it is compressed, from `form_of`.
        pieces: The data.

    Raises:
        UnreadableError: There is nothing here to decompress it with, or it is damaged or ends too early; everything
            before the damage has been yielded.
    """
    make = _maker(form)
    stream = make()
    for piece in pieces:
        data = piece
        while data:
            if stream.eof:
                if not data.strip(b"\0"):
                    break  # padding, as on tapes
                stream = make()
            yield _next(stream, form, data)
            while not (stream.eof or stream.needs_input):
                yield _next(stream, form, b"")
            data = stream.unused_data if stream.eof else b""
    if not stream.eof:
        raise UnreadableError(f"damaged {form} data (it ends too early); what comes before it was read")


def _next(stream: _Stream, form: str, data: bytes) -> bytes:
    try:
        return stream.decompress(data, _PIECE)
    except Exception as error:  # each library has its own
        raise UnreadableError(f"damaged {form} data ({error}); what comes before it was read") from error


def _maker(form: str) -> Callable[[], _Stream]:
    """Return what makes decompressors for single streams.

    Raises:
        UnreadableError: There is none for this form.
    """
    if form == "gzip":
        return _Gzip
    if form == "bzip2":
        return _imported("bz2", "BZ2Decompressor", form)
    if form == "xz":
        return _imported("lzma", "LZMADecompressor", form)
    if form == "zstd":
        with suppress(ImportError):
            made: Callable[[], _Stream] = import_module("compression.zstd").ZstdDecompressor
            return made
        with suppress(ImportError):
            zstandard = import_module("zstandard")
            return lambda: _Zstandard(zstandard.ZstdDecompressor().decompressobj())
        raise UnreadableError('zstd data, which needs `pip install "errdex[zstd]"`; or pipe it through `zstd -dc`')
    raise UnreadableError(f"{form} data, which errdex does not read; unpack it first, or pipe its text to `errdex`")


def _imported(module: str, name: str, form: str) -> Callable[[], _Stream]:
    try:
        made: Callable[[], _Stream] = getattr(import_module(module), name)
    except ImportError as error:  # a Python built without the library
        raise UnreadableError(f"{form} data, which this Python was built without; unpack it first") from error
    return made


class _Gzip:
    """`zlib`, with the interface of the other decompressors."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=31)

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._stream.decompress(self._stream.unconsumed_tail + data, max_length)

    @property
    def needs_input(self) -> bool:
        return not self._stream.unconsumed_tail

    @property
    def eof(self) -> bool:
        return self._stream.eof

    @property
    def unused_data(self) -> bytes:
        return self._stream.unused_data


class _Zstandard:
    """`zstandard`, with the interface of the other decompressors.

    It has no limit for what it returns, so it is given little at once: no zstd block of 4 bytes is longer than 128 kB.
    """

    _AT_ONCE: Final = 128

    def __init__(self, stream: Any) -> None:
        self._stream = stream
        self._waiting = b""
        self._place = 0

    def decompress(self, data: bytes, max_length: int) -> bytes:
        if data:
            self._waiting, self._place = self._waiting[self._place :] + data, 0
        out: list[bytes] = []
        length = 0
        while length < max_length and self._place < len(self._waiting) and not self._stream.eof:
            piece = self._waiting[self._place : self._place + self._AT_ONCE]
            self._place += len(piece)
            out.append(self._stream.decompress(piece))
            length += len(out[-1])
        return b"".join(out)

    @property
    def needs_input(self) -> bool:
        return self._place >= len(self._waiting)

    @property
    def eof(self) -> bool:
        return bool(self._stream.eof)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._stream.unused_data) + self._waiting[self._place :]
