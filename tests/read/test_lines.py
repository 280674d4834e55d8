"""Source code, Markdown, quotations and chat: none of them reports an error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errdex.classifier.catalog import Catalog
from errdex.read.lines import Lines

QUOTING = [
    '{"model":"command-r","message":"internal server error"}',
    "DEBUG request body: {'model': 'command-r', 'message': 'internal server error', 'chat_history': []}",
    '{"commit":{"message":"Internal Server Error"},"sha":"abc"}',
    '{"hits":[{"_source":{"message":"internal server error"}}]}',
    '{"title":"invalid api token","body":"I get this error from cohere","state":"open","number":429}',
    '{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"429 Too Many Requests"}}',
    '[2025-11-21 10:11:12] INFO prompt="Error code: 429 - Rate limit exceeded" tokens=12',
    "User: I get cohere.errors.TooManyRequestsError: status_code: 429\nBot: wait a minute",
    'return Response({"error": "invalid api token"}, status=401)',
    "# Invalid type: should be ignored",
    "| 401 | invalid api token |",
    "## 429 Too Many Requests",
    "from openai import APITimeoutError",
    "KeyError: 429",
    "OpenAI: 500 employees",
]


@pytest.mark.parametrize("text", QUOTING)
def test_quoting(text: str, catalog: Catalog) -> None:
    """Who quotes an error, sends one to a model or writes about one, has none."""
    assert not catalog.detect(text)


@given(text=st.text(alphabet="a'\n :={(", max_size=60), places=st.lists(st.integers(0, 59), min_size=1))
def test_lines_do_not_depend_on_the_order_of_questions(text: str, places: list[int]) -> None:
    """What is known of one line is never told of another."""
    lines = Lines(text)
    for place in (place for place in places if place <= len(text)):
        fresh = Lines(text)
        assert lines.at(place) == fresh.at(place)
        assert lines.is_code(place) == fresh.is_code(place)
        assert lines.is_code_or_markup(place) == fresh.is_code_or_markup(place)
        assert lines.quotation_at(place) == fresh.quotation_at(place)
