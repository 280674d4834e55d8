"""Templates and heads that no text can match, because a hole takes the beginning of the literal after it.

Each is filled with plausible values, and must match one of the resulting texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any, Final

from errdex.authoring.provider_tables import compile_head, letters, plain
from errdex.authoring.source import Source
from errdex.authoring.template import Hole, Part, compile_parts, parse
from errdex.authoring.values import ANY_CLASS
from errdex.lint.template_checks import each, templates
from errdex.model.errors import Issue
from errdex.read.wrappers import WrapperHeads
from errdex.rules import units
from errdex.rules.holes import KINDS, OPEN
from errdex.rules.normal_form import fold, normalise
from errdex.rules.tokens import TELLING

PLAUSIBLE: Final[dict[str, tuple[str, ...]]] = {
    "int": ("503", "2,401"),
    "number": ("12", "0.5"),
    "word": ("orbit", "chat.messages[0]", "E17"),
    "name": ("'my model'", "orbit-2", "''"),
    "url": ("https://example.com/errors",),
    "duration": ("20 seconds", "6ms", "1m30s"),
    "list": ("'a', 'b'",),
    "text": ("something odd",),
    "secret": ("sk-12345", "<key>"),
}
"""Kind of hole → typical values."""
_MESSAGE: Final = "something went wrong"
_MOST: Final = 200  # combinations of values tried in a template


def unmatchable(source: Source) -> Iterator[Issue]:
    """A template cannot match any text."""
    for entry, place in each(source):
        for item, where in templates(entry):
            template = item.message or ""
            written, parts = _written(template), plain(compile_parts(template))
            if not any(_matches(parts, filled) for filled in _filled(written)):
                yield Issue(place.at(*where), "unmatchable", f"no text matches {template!r}: {_reason(written)}")


def unmatchable_head(source: Source) -> Iterator[Issue]:
    """No text can begin with a head."""
    for name, provider in source.providers.items():
        for number, head in enumerate(provider.heads):
            one = head.replace(ANY_CLASS, "OrbitException")
            written, parts = _written(one), plain(compile_head(one))
            if not any(_begins(parts, filled) for filled in _filled(written)):
                place = source.provider_places[name].at("heads", number)
                yield Issue(place, "unmatchable", f"no text begins with the head {head!r}: {_reason(written)}")


def _written(template: str) -> list[Part]:
    """Return the parts of a template as in a text, with trailing punctuation."""
    return [part if isinstance(part, Hole) else normalise(part) for part in parse(template)]


def _filled(parts: list[Part]) -> Iterator[str]:
    """Yield a template filled with combinations of plausible values."""
    choices = [(part,) if isinstance(part, str) else PLAUSIBLE[part.kind] for part in parts]
    for number, chosen in enumerate(product(*choices)):
        if number == _MOST:
            return
        yield "".join(chosen)


def _matches(parts: list[Any], text: str) -> bool:
    text = normalise(text).strip()
    return units.match(parts, text, fold(text), 0, len(text), closed=True) is not None


def _begins(parts: list[Any], head: str) -> bool:
    """Tell whether the reader finds a head before a message."""
    text = normalise(head + _MESSAGE)
    low = fold(text)
    end = len(text) - len(_MESSAGE)
    if any(found[0] == end for found in WrapperHeads([parts]).at_start(text, low)):
        return True
    return len(parts) == 1 and letters(parts) >= TELLING and low.startswith(parts[0])


def _reason(parts: list[Part]) -> str:
    """Say which hole takes more than its value, and what to use instead."""
    for number, part in enumerate(parts[:-1]):
        following = parts[number + 1]
        if not isinstance(part, Hole) or not isinstance(following, str) or _stops(part.kind, parts[number + 1 :]):
            continue
        hole = f"{{{part.name}:{part.kind}}}"
        said = f"{hole} also takes the {_first(following)!r} after it"
        use = [f"{{{part.name}:text}}"] if number else []  # a template must not begin with an open hole
        if part.kind != "int" and _stops("int", parts[number + 1 :]):
            use.append(f"{{{part.name}:int}} for a number")
        return f"{said}; use {', or '.join(use)}" if use else said
    if isinstance(parts[0], str) and not parts[0][:1].isalnum():
        return "it begins with punctuation, which is skipped before a head; begin with a word"
    return "its holes and literals do not fit together"


def _stops(kind: str, rest: list[Part]) -> bool:
    """Tell whether a hole of this kind ends where the rest begins."""
    if kind in OPEN:
        return True
    for after in _filled(rest):
        for value in PLAUSIBLE[kind]:
            found = re.match(KINDS[kind], value + after)
            if found and found.end() == len(value):
                return True
    return False


def _first(literal: str) -> str:
    return re.match(r"\s*\S?\w*", literal)[0] or literal[:1]  # type: ignore[index]
