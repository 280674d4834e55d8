"""Templates: what is malformed, and what each kind of hole may take."""

from __future__ import annotations

import pytest
import regex

from errdex.authoring.template import KINDS, TemplateError, parse


@pytest.mark.parametrize(
    "template", ["", "a {b", "a } b", "{x:nothing}", "{X:int} a", "{a:int}{b:int}", "{a:int} {a:int}"]
)
def test_malformed_templates(template: str) -> None:
    """A mistake in a template is named."""
    with pytest.raises(TemplateError):
        parse(template)


def test_every_kind_is_bounded() -> None:
    """A hole takes a bounded piece of text: that is what keeps a search through a long text linear."""
    for kind, pattern in KINDS.items():
        found = regex.match(pattern, "1" * 10_000) or regex.match(pattern, "https://" + "a" * 10_000)
        assert found is None or found.end() < 700, kind
