"""The regex that a template is equivalent to, as the reference for the unit matcher.

Lint and the tests match both against the same texts; the results must be equal.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import regex

from errdex.authoring.source import Source
from errdex.authoring.template import compile_parts, to_regex
from errdex.lint.example_checks import raw
from errdex.model.errors import Issue
from errdex.rules import units
from errdex.rules.normal_form import fold, normalise

_CLOSING: Final = r"[\s.,;:!?'…)\]}>|*\\。，、；：！？）】」》]{0,40}"
_TIMEOUT: Final = 5.0  # seconds; a crafted text may make a naive regex run forever


def unit_match(template: str, text: str) -> dict[str, str] | None:
    """Match a template against a whole text with the unit matcher; return the values of its holes, or None."""
    parts: list[Any] = [part if isinstance(part, str) else list(part) for part in compile_parts(template)]
    normal = normalise(text).strip()
    found = units.match(parts, normal, fold(normal), 0, len(normal), closed=True)
    return None if found is None else {name: value for name, (_, value) in found[1].items()}


def regex_match(template: str, text: str) -> dict[str, str] | None:
    """Match a template against a whole text with its regex; return the values of its holes, or None.

    Raises:
        TimeoutError: The regex took too long.
    """
    normal = normalise(text).strip().replace("\n", " ")
    found = regex.fullmatch(to_regex(template) + _CLOSING, normal, flags=regex.IGNORECASE, timeout=_TIMEOUT)
    return None if found is None else found.groupdict()


def disagreement(source: Source) -> Iterator[Issue]:
    """A template's regex matches an example of its entry, but the unit matcher does not."""
    for name, entry in source.entries.items():
        for number, template in enumerate(entry.messages):
            for example in entry.examples:
                text = raw(example)
                meant, run = regex_match(template, text), unit_match(template, text)
                if meant is not None and run is None:
                    place = source.places[name].at("messages", number)
                    yield Issue(place, "reference", f"its regex matches {text[:80]!r}, but the unit matcher does not")
