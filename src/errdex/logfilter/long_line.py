"""A line too long to keep: its two ends stay in memory, the rest passes through or goes to a temporary file."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import IO, Final

from errdex.read.raw_text import MAX_TEXT

LONGEST: Final = 4 * MAX_TEXT
"""The longest line in bytes that is kept whole: a longer one also has more characters than `classify` reads."""
_END: Final = LONGEST // 2  # bytes that contain everything `classify` reads at one end
_PIECE: Final = 1 << 20


class LongLine:
    """One line of any length.

    Args:
        waits: The line must not be written before it has been judged; its bytes go to a temporary file.
    """

    def __init__(self, waits: bool) -> None:
        self._first = b""
        self._last = bytearray()
        self._return = b""  # a carriage return that may belong to the line break
        self._file: IO[bytes] | None = None
        if waits:
            import tempfile  # adds 4 ms to every start

            self._file = tempfile.TemporaryFile()  # noqa: SIM115

    def feed(self, data: bytes) -> bytes:
        """Take the next bytes, without a line break among them; return what can be written at once."""
        data = self._return + data
        self._return = b"\r" if data.endswith(b"\r") else b""
        data = data.removesuffix(b"\r")
        if len(self._first) < _END:
            self._first += data[: _END - len(self._first)]
        self._last += data
        if len(self._last) > 2 * _END:
            del self._last[:-_END]
        if self._file is None:
            return data
        self._file.write(data)
        return b""

    @property
    def last(self) -> bytes:
        """Its last bytes."""
        return bytes(self._last[-_END:])

    def text(self) -> str:
        """Return the part of it that `classify` reads."""
        half = MAX_TEXT // 2
        first, last = (end.decode("utf-8", "replace") for end in (self._first, self.last))
        return f"{first[:half]}\n{last[-half:]}"

    def rest(self, note: bytes, line_break: bytes) -> Iterator[bytes]:
        """Yield what is left to write: the line, if it was held back, its note and its line break."""
        yield from self._waiting()
        yield self._return + note + line_break if note.startswith(b"\n") else note + self._return + line_break

    def as_object(self, note: bytes, line_break: bytes) -> Iterator[bytes]:
        """Yield the line as a string in a JSON object, whatever it contains."""
        decode = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode
        yield b'{"line":"'
        for piece in self._waiting():
            yield json.dumps(decode(piece))[1:-1].encode("ascii")
        yield json.dumps(decode(b"", final=True))[1:-1].encode("ascii") + b'"'
        yield (b',"errdex":' + note if note else b"") + b"}" + self._return + line_break

    def drop(self) -> None:
        """Discard the line; nothing of it is written."""
        if self._file:
            self._file.close()

    def _waiting(self) -> Iterator[bytes]:
        if self._file is None:
            return
        with self._file as file:
            file.seek(0)
            while piece := file.read(_PIECE):
                yield piece
