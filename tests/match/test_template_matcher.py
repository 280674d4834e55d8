"""Where in a text a template matches."""

from __future__ import annotations

from errdex.match.template_matcher import TemplateMatcher
from errdex.rules.normal_form import fold, normalise
from errdex.rules.tables import Rows, Template


class _Rules:
    def __init__(self, parts: list) -> None:
        literal = sum(len(part) for part in parts if isinstance(part, str))
        self.templates = Rows([[0, parts, literal, literal, literal + 1, 0, None, False]], lambda row: Template(*row))


def _found(parts: list, text: str) -> list[str]:
    matcher = TemplateMatcher(_Rules(parts))
    text = normalise(text)
    return [text[start:] for start in matcher.occurrences(0, text, fold(text))]


def test_a_template_that_begins_with_a_quote() -> None:
    """Its first literal is that one character."""
    parts = ["'", ["parameter", "word"], "' : for this model"]
    assert _found(parts, 'Error: "top_k" : for this model') == ["'top_k' : for this model", "' : for this model"]


def test_a_template_that_begins_with_a_hole() -> None:
    """The hole's value ends where the first literal begins."""
    assert _found([["model", "word"], " does not exist"], "Error: m-1 does not exist") == ["m-1 does not exist"]
    assert _found([["model", "word"], " does not exist"], "it does not") == []
