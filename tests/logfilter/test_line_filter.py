"""The log filter: every byte comes out, and a line gets a note if and only if `detect` calls it an API error."""

from __future__ import annotations

import json
import re

from hypothesis import example, given
from hypothesis import strategies as st

from errdex.classifier.catalog import Catalog
from errdex.logfilter.rendering import Style
from tests.logfilter.annotated import KNOWN, LIMIT, NOTE, every_scanner, naive, noted, notes_of

PIECES = [
    KNOWN.encode(),
    LIMIT.encode(),
    b"cohere.errors.NotFoundError: status_code: 404, body: {'message': \"model 'x' not found, make sure\"}",
    b'{"level":"error","error":"invalid request: all elements in history must have a message."}',
    b"\xff\xfe", b"\x00", b"\n", b"\r\n", b"\r", b"ERROR app: ", b"  # errdex: id=x", b"HTTP 429 Too Many Requests", b"{", b"}", b"\xe2\x80",
]  # fmt: skip


LOG = st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=14).map(b"".join)


@every_scanner
@given(log=LOG, cuts=st.lists(st.integers(0, 400), max_size=4))
@example(log=b"a\r", cuts=[1])
def test_without_its_notes_a_log_is_what_it_was(engine: str, log: bytes, cuts: list[int], catalog: Catalog) -> None:
    """However the bytes arrive, none is lost or changed."""
    own = b"  # errdex: " in log
    out = noted(catalog, log, engine, cuts=[cut for cut in cuts if cut <= len(log)])
    assert own or NOTE.sub(b"", out) == log
    assert own or notes_of(out) == naive(catalog, log)
    assert out == noted(catalog, log, engine)


def test_notes_in_the_three_styles(catalog: Catalog) -> None:
    """Behind the line and before its line break, below it, or in the object that the line is."""
    log = f"ok\r\nERROR: {KNOWN}\r\n".encode()
    behind = noted(catalog, log)
    assert re.fullmatch(
        rb"ok\r\nERROR: [^#]*  # errdex: id=cohere/[a-z-]+ category=context_length retryable=false fix=\"[^\"]+\"\r\n",
        behind,
    )
    below = noted(catalog, log, style=Style.BELOW)
    assert re.fullmatch(rb"ok\r\nERROR: [^#]*truncation\r\n  # errdex: id=[^\n]*\n", below)
    objects = noted(catalog, log + b'{"a": 1, "error": "' + KNOWN.encode() + b'"}\n{}\n[1]\n\xff', style=Style.JSON)
    first, second, third, empty, array, odd = objects.splitlines()
    assert json.loads(first) == {"line": "ok"}
    assert json.loads(second)["errdex"]["retryable"] is False
    assert third.startswith(b'{"a": 1, "error": "too many')
    assert json.loads(third)["errdex"]["category"] == "context_length"
    assert empty == b"{}"
    assert json.loads(array) == {"line": "[1]"}
    assert json.loads(odd)["line"].encode("utf-8", "surrogateescape") == b"\xff"


def test_a_note_does_not_come_twice(catalog: Catalog) -> None:
    """What has been annotated passes through unchanged."""
    once = noted(catalog, f"ERROR: {KNOWN}\n".encode())
    assert b"errdex" in once
    assert noted(catalog, once) == once
    objects = noted(catalog, f"ERROR: {KNOWN}\n".encode(), style=Style.JSON)
    assert noted(catalog, objects, style=Style.JSON) == objects


def test_a_log_cannot_forge_notes_or_steer_a_terminal(catalog: Catalog) -> None:
    """What is copied out of a line into a note loses its control characters; a secret is never copied."""
    hostile = "ERROR: model '\x1b]0;evil\x07\u202ex\u2028y' not found, make sure the correct model ID was used and that you have access to the model."
    note = noted(catalog, hostile.encode()).partition(b"  # errdex: ")[2].decode()
    assert note
    assert note.isprintable()
    key = noted(
        catalog,
        b"ERROR: Incorrect API key provided: sk-abcdefgh123456789. You can find your API key at https://platform.openai.com/account/api-keys.\n",
    )
    assert b"# errdex: " in key
    assert b"sk-abc" not in key.partition(b"  # errdex: ")[2]
