"""Whatever comes in, an answer comes out, and nothing of a foreign object is run."""

from __future__ import annotations

import asyncio
import json
import pickle

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from errdex.classifier.catalog import Catalog
from errdex.model.category import Basis, Category
from errdex.model.classification import Classification

FRAGMENTS = st.sampled_from(
    [
        "invalid request: ", "too many tokens: ", "invalid api token", "model 'x' not found", "status_code: ", "400", "429",
        "Error code: ", "{'message': '", "'}", '{"error": {"message": "', '"}}', "\\", "\\\"", "\n", "  at x (y)", "CohereAPIError: ",
        "\xa0", "\x85", "\x0b", " 503 ", "cohere.errors.", "litellm.BadRequestError: ", "CohereException - ", "…", "“", "”", "\x1b[31m", "<html><title>", "map[code:x ",
    ]
)  # fmt: skip


KEYS = st.sampled_from(
    ["message", "error", "status", "code", "type", "detail", "headers", "retry_after", "body", "finish_reason"]
)


VALUES = st.sampled_from(
    ["²²²", 10**400, "1e999", "429", 429, "invalid api token", "rate limit exceeded", {"retry-after": "9e999"}]
)


RAW = st.recursive(
    VALUES | st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30) | st.binary(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS | st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


def check(answer: Classification) -> None:
    assert isinstance(answer.category, Category)
    assert isinstance(answer.basis, Basis)
    assert bool(answer) is (answer.basis is not Basis.NONE)
    assert answer.retry_after is None or (answer.retryable and 0 <= answer.retry_after <= 600)
    json.dumps(answer.to_dict(), allow_nan=False)
    pickle.loads(pickle.dumps(answer))


@example("\xa0 404")  # no word before a number, and no blank that usually parts the two
@example("\x0b 503 ")
@given(st.text(max_size=400) | st.lists(FRAGMENTS, max_size=12).map("".join))
def test_text(catalog: Catalog, text: str) -> None:
    """Any text has an answer."""
    check(catalog.classify(text))


@given(st.binary(max_size=300))
def test_bytes(catalog: Catalog, data: bytes) -> None:
    """Any bytes have an answer."""
    check(catalog.classify(data))


@given(RAW)
def test_anything(catalog: Catalog, raw: object) -> None:
    """Any value has an answer."""
    check(catalog.classify(raw))
    catalog.why(raw)


@given(
    st.text(max_size=40),
    st.none() | st.text(max_size=8),
    st.none() | st.integers(0, 999),
    st.none() | st.text(max_size=8),
    st.none() | st.dictionaries(st.text(max_size=12), st.text(max_size=12), max_size=3),
)
def test_hints(catalog: Catalog, text: str, provider: str, status: int, code: str, headers: dict) -> None:
    """Odd hints do no harm."""
    check(catalog.classify(text, provider=provider, status=status, code=code, headers=headers))


class Biter:
    """An object that bites whoever touches it, its class included."""

    def __getattribute__(self, name: str) -> object:
        raise AssertionError("__getattribute__ was run")


class OwnText(str):
    """A text with methods of its own."""

    __slots__ = ()

    def encode(self, *_: object) -> bytes:  # type: ignore[override]
        raise AssertionError("encode() was run")


class Cancelled(asyncio.CancelledError):
    """A cancellation of somebody's own."""


class Touchy(Exception):
    """An exception whose attributes bite."""

    @property
    def status_code(self) -> int:
        raise AssertionError("a property was run")

    @property
    def message(self) -> str:
        raise AssertionError("a property was run")

    def __getattr__(self, name: str) -> object:
        raise AssertionError("__getattr__ was run")

    def __str__(self) -> str:
        raise AssertionError("__str__ was run")


class Liar(dict):
    """A mapping that does not keep its word."""

    def items(self):
        raise RuntimeError("no")

    def __iter__(self):
        raise RuntimeError("no")


@pytest.mark.parametrize(
    "raw",
    [
        None,
        0,
        4.5,
        True,
        object(),
        object,
        b"",
        "",
        [],
        {},
        [[[]]],
        Liar(a=1),
        Touchy("x"),
        Exception(),
        ValueError(3),
        "\ud800",
        b"\xff\xfe",
    ],
    ids=lambda raw: type(raw).__name__,
)
def test_odd_values(raw: object, catalog: Catalog) -> None:
    """Nothing raises, and nothing of a foreign object is run."""
    check(catalog.classify(raw))
    catalog.classify_all(raw)
    catalog.why(raw)


@pytest.mark.parametrize(
    "error",
    [
        KeyboardInterrupt("429"),
        SystemExit("invalid api token"),
        GeneratorExit(),
        asyncio.CancelledError("request cancelled"),
    ],
)
def test_no_api_errors(error: BaseException, catalog: Catalog) -> None:
    """Exceptions that end a program or a task are no API errors, whatever they say."""
    assert not catalog.classify(error)


@pytest.mark.parametrize(
    "hints",
    [{"status": "400"}, {"status": object()}, {"status": 99999}, {"provider": ["cohere"]}, {"code": b"x"}, {"headers": 5},
     {"headers": Liar(a=1)}, {"headers": {5: 5, "retry-after": None}}],
    ids=range(8),
)  # fmt: skip
def test_odd_hints(hints: dict, catalog: Catalog) -> None:
    """A hint of the wrong type is no hint."""
    for raw in ("invalid api token", "no words of ours", ValueError("x")):
        answer = catalog.classify(raw, **hints)
        check(answer)
        json.dumps(answer.to_dict())
