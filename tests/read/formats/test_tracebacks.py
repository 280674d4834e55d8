"""Stack frames are left out of a text; no word of an error goes with them."""

from __future__ import annotations

import pytest

from errdex.read.formats.tracebacks import without_frames

PYTHON = """Traceback (most recent call last):
  File "/app/main.py", line 4, in <module>
    answer = ask(
             ^^^^
  File "/app/ask.py", line 9, in ask
    raise ValueError("too many tokens")
  [Previous line repeated 4 more times]
"""


JAVA = "\n\tat com.cohere.api.Cohere.chat(Cohere.java:66)"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (PYTHON + "KeyError: 'x'", "KeyError: 'x'"),
        (PYTHON + "ApiError: body: {\n    'message': 'no api key supplied'\n}", None),
        (f"{PYTHON}ValueError: a\n\nDuring handling:\n\n{PYTHON}KeyError: b", None),
        (f"com.cohere.ApiError: too many tokens{JAVA}{JAVA}{JAVA}\n\t... 12 more\nCaused by: x{JAVA}", None),
        ("ApiError: too many tokens\n    at f (a.js:1:2)\n    at g (b.js:3:4)\nNode.js v22", None),
        ('2026-11-21 ERROR\n  File uploads are closed\n  File "a.txt" is missing', None),
        ("Dear all,\n    at noon we met\nBest", "Dear all,\n    at noon we met\nBest"),
    ],
)
def test_frames_go_and_messages_stay(text: str, left: str | None) -> None:
    """No word of an error is lost with the places in source code; of `at` frames the first stays."""
    found = without_frames(text)
    assert found == left if left is not None else found != text
    kept = ["KeyError", "'message': 'no api key supplied'\n}", "During handling", "Caused by: x" + JAVA, "Node.js v22"]
    assert all(words in found for words in kept if words in text)
    assert found.count(JAVA) <= 2
    assert "ask.py" not in found


def test_only_what_looks_like_a_frame_goes() -> None:
    """A list of files, or an indented body after the last frame, is no frame."""
    body = "ApiError: body: {\n    'message': 'no api key supplied'\n}"
    assert without_frames(PYTHON + body) == body
    assert without_frames("one\n    two\n  three") == "one\n    two\n  three"
