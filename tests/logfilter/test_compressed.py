"""Compressed logs: every form that is read gives the bytes that went in; the others are refused."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
from collections.abc import Callable

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from errdex.logfilter.compressed import UnreadableError, decompressed, form_of, is_undecided

PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "bzip2": bz2.compress,
    "xz": lzma.compress,
    "zstd": zstandard.ZstdCompressor(write_checksum=True).compress,  # as the command line does
}
every_form = pytest.mark.parametrize("form", PACK)


def parts(data: bytes, size: int) -> list[bytes]:
    return [data[place : place + size] for place in range(0, len(data), size)]


@every_form
@given(streams=st.lists(st.binary(max_size=2_000), min_size=1, max_size=3), size=st.integers(1, 5_000))
def test_the_bytes_that_went_in_come_out(form: str, streams: list[bytes], size: int) -> None:
    """Of one stream or several, read in parts of any size, with padding behind them."""
    data = b"".join(map(PACK[form], streams))
    assert form_of(data) == form
    assert b"".join(decompressed(form, parts(data, size))) == b"".join(streams)
    assert b"".join(decompressed(form, parts(data + bytes(512), size))) == b"".join(streams)


@every_form
def test_damaged_data_gives_what_comes_before_the_damage(form: str) -> None:
    """Cut off, overwritten in the middle or followed by something else, it is an error, and never silence."""
    text = b"".join(os.urandom(60).hex().encode() + b"\n" for _ in range(30_000))
    data = PACK[form](text)
    half = len(data) // 2
    overwritten = data[:half] + os.urandom(200) + data[half + 200 :]  # of which gzip may also yield some garbage
    for damaged in (data[:half], overwritten, data + b"something else"):
        read = b""
        with pytest.raises(UnreadableError, match=f"damaged {form} data"):  # noqa: PT012
            for piece in decompressed(form, parts(damaged, 1 << 18)):
                read += piece
        assert text.startswith(read) or (damaged is overwritten and text.startswith(read[: len(text) // 4]))
        assert len(read) > len(text) // 5


@every_form
def test_a_bomb_is_unpacked_piece_by_piece(form: str) -> None:
    """What compresses a thousand times is never in memory at once."""
    pieces = decompressed(form, parts(PACK[form](bytes(100_000_000)), 1 << 18))
    sizes = [len(piece) for piece in pieces]
    assert sum(sizes) == 100_000_000
    assert max(sizes) < 8_000_000


@pytest.mark.parametrize(
    ("first", "form"),
    [
        (b"PK\x03\x04\x14\0", "zip"),
        (b'\x04"M\x18d@', "lz4"),
        (b"7z\xbc\xaf'\x1c", "7z"),
        (b"\x1f\x9d\x90", "compress"),
    ],
)
def test_what_is_not_read_is_refused(first: bytes, form: str) -> None:
    """It is named, and nothing of it passes as text."""
    found = form_of(first)
    assert found is not None
    with pytest.raises(UnreadableError, match=form):
        list(decompressed(found, [first]))


def test_zstd_without_its_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what to install."""
    monkeypatch.setitem(__import__("sys").modules, "zstandard", None)
    monkeypatch.setitem(__import__("sys").modules, "compression.zstd", None)
    with pytest.raises(UnreadableError, match=r"errdex\[zstd\]"):
        list(decompressed("zstd", [b""]))


@pytest.mark.parametrize(
    "text", [b"BZh, 2026", b"PK is short", b"LZIP started", b"\x1f\x8b, but no gzip", b"(parens)", b""]
)
def test_plain_text_is_plain(text: bytes) -> None:
    assert form_of(text) is None
    assert not is_undecided(text)
