"""The literals by which a scanner finds a template."""

from __future__ import annotations

from collections import Counter

import pytest

from errdex.authoring.key_words import key_literals, line_key
from errdex.authoring.template import compile_parts


@pytest.mark.parametrize(
    ("message", "shown", "literal"),
    [
        ("too many tokens: multi-hop prompt is too long", 24, "too many tokens: multi-h"),
        ("model '{m:name}' not found, make sure the id is right", 24, "not found, make"),
        ("see https://x.test/a for 'more' information", 40, "see https:\ninformat"),
        ("connector '{a:name}' not found", 24, "connector\nnot found"),
        ("'{a:name}' '{b:name}' was removed", 24, "was removed"),
        ("`{a:name}`: '{b:name}' is gone for good and all", 2, "is gone for good and all"),
    ],
)
def test_key_literals_are_shown_and_plain(message: str, shown: int, literal: str) -> None:
    """The scanner's key is what even a cut text shows, without characters that texts write in several ways."""
    assert line_key(key_literals(compile_parts(message), shown), Counter()) == literal


def test_a_key_literal_tells_templates_apart() -> None:
    """Where many templates have the longest literal, another is better; but no common word, nor a mere scrap."""
    runs = ["): max retries exceeded with url:", "unable to connect to proxy", "server", "in the f"]
    assert line_key(runs, Counter({runs[0]: 2})) == runs[0]
    assert line_key(runs, Counter({runs[0]: 28, runs[1]: 6})) == runs[1]
    assert line_key(runs[:1] + runs[2:], Counter({runs[0]: 28})) == runs[0]
    assert line_key(["the request:", "response"], Counter({"the request:": 9})) == "the request:\nresponse"
