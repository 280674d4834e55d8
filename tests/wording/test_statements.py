"""The lines of a text that may say what failed."""

from __future__ import annotations

import pytest

from errdex.classifier.catalog import Catalog
from errdex.wording.statements import statements_of

LOG = """2025-03-11 04:48:17.633 | INFO | app.agent:run:137 - Executing step 1/30
2025-03-11 04:48:20.207 | ERROR | app.llm:ask:258 - Rate limit exceeded. Consider more attempts.
Traceback (most recent call last):
line 69, in ask
raise ValueError(reply)
}
  104 |   throw new Error(text);
      |         ^
at Object.f (app.ts:104:8)"""


def test_lines_that_state_something() -> None:
    assert statements_of(LOG) == [LOG.split("\n")[1], "Traceback (most recent call last):"]


def test_one_line_is_no_block() -> None:
    assert statements_of("Rate limit exceeded") == []


def test_quiet_lines_count_where_there_are_no_others() -> None:
    lines = "[info] call failed: slow down\n[info] waiting"
    assert statements_of(lines) == lines.split("\n")


def test_of_a_long_text_both_ends() -> None:
    lines = [f"step {number} went on" for number in range(1000)]
    assert statements_of("\n".join(lines)) == lines[:20] + lines[-20:]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_the_line_that_says_most_decides(place: int, catalog: Catalog) -> None:
    """Where the words of the whole block identify nothing."""
    lines = ["Step 3 of 12: fetch the page and split it", "Result failed 1/3 times:", "INFO next step follows soon"]
    lines[place] += "\nERROR we are sending too many requests, slow down please"
    answer = catalog.classify("\n".join(lines))
    assert (answer.category, answer.retryable) == ("rate_limit", True)


def test_a_block_without_such_a_line_is_no_error(catalog: Catalog) -> None:
    assert not catalog.classify("line 69, in eot_token_id\n    raise NotImplementedError()")
    assert not catalog.classify(
        "ls: cannot access 'x': No such file or directory\nmake: *** [all] Error 2\nnpm ERR! missing script: build"
    )
