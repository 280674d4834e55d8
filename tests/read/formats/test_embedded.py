"""Objects in a text, whole or cut off, as JSON and as the reprs of several languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errdex.classifier.catalog import Catalog
from errdex.read.formats.embedded import find_bodies


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('{"message": "a"}', [{"message": "a"}]),
        ("{'message': \"it's\"}", [{"message": "it's"}]),
        ("x {message=not found, code=3} y", [{"message": "not found", "code": "3"}]),
        (
            "{\n  statusCode: 400,\n  body: {\n    message: 'no'\n  }\n}",
            [{"statusCode": 400, "body": {"message": "no"}}],
        ),
        ('{\\"message\\": \\"a \\\\\\"b\\\\\\"\\"}', [{"message": 'a "b"'}]),
        ('{"message": "cut off in the mid', [{"message": "cut off in the mid"}]),
        ('{"a": [1, {"b": None, "c": True}], ...', [{"a": [1, {"b": None, "c": True}]}]),
        (
            "map[code:gone message:The model `x` is gone. param:<nil>]",
            [{"code": "gone", "message": "The model `x` is gone.", "param": "<nil>"}],
        ),
        ('b\'{\\n  "message": "a"\\n}\'', [{"message": "a"}]),
        ("{'a': 'one ' +\n  'two'}", [{"a": "one two"}]),
        ('"message":"begin was cut", "code": 1}', [{"message": "begin was cut", "code": 1}]),
        ("f(x) { return {y} } and {}", []),
        ("set {1, 2, 3} of {", []),
    ],
)
def test_bodies(text: str, values: list, catalog: Catalog) -> None:
    """Objects are found as JSON, reprs of Python, Java, Go and JavaScript, escaped and cut off."""
    assert [body.value for body in find_bodies(text)] == values


@given(st.text(alphabet="{}[]\"':,=\\ab1 \n", max_size=200))
def test_bodies_never_fail(text: str) -> None:
    """Whatever the text, the reader ends, and its bodies lie in order inside the text."""
    position = 0
    for body in find_bodies(text):
        assert position <= body.start <= body.end <= len(text)
        position = body.end
