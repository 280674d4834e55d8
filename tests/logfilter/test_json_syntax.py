"""JSON is checked without making objects, and the verdict is that of `json.loads`."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errdex.logfilter.json_syntax import is_valid

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


def by_loads(content: bytes) -> bool:
    try:
        return isinstance(json.loads(content), dict)
    except ValueError:
        return False


@given(value=st.dictionaries(st.text(), VALUES), indent=st.sampled_from([None, 1]), ascii_only=st.booleans())
def test_objects(value: dict, indent: int | None, ascii_only: bool) -> None:
    """What `json.dumps` writes is valid."""
    assert is_valid(json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass"))


@given(
    value=st.dictionaries(st.text(), VALUES),
    place=st.integers(0, 200),
    other=st.sampled_from([*b'{}[]",:\\0-.eEtn \n\x01\xff', None]),
)
def test_damaged_objects(value: dict, place: int, other: int | None) -> None:
    """With one byte changed or left out, the verdict is that of `json.loads`."""
    content = json.dumps(value).encode()
    place %= len(content)
    damaged = content[:place] + (b"" if other is None else bytes([other])) + content[place + 1 :]
    assert is_valid(damaged) is by_loads(damaged)


@pytest.mark.parametrize(
    "content",
    [
        b"{}",
        b"{} ",
        b"[]",
        b"1",
        b'{"a":1,}',
        b'{"a":[1,]}',
        b'{"a" 1}',
        b'{"a":01}',
        b'{"a":1.}',
        b'{"a":-}',
        b"{,}",
        b"{}{}",
    ],
)
def test_edges(content: bytes) -> None:
    """Commas, numbers and ends as `json.loads` has them."""
    assert is_valid(content) is by_loads(content)


def test_depth_is_bounded() -> None:
    """Deep nesting is no object, and takes no recursion."""
    assert is_valid(b'{"a":' + b"[" * 500 + b"]" * 500 + b"}")
    assert not is_valid(b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}")
