"""The kinds of values in a catalog's YAML."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints

from errdex.authoring.template import TemplateError, compile_parts, parse

ANY_CLASS: Final = "{class}"
"""In a head: each provider's names that end in `Exception`, as gateways write them before a message."""
MAX_TITLE: Final = 90
"""Characters from which on lint says that a title is long."""
MAX_FIX: Final = 200
"""The same of a fix, which goes into notes on lines of logs."""

has_word: Final = re.compile(r"[A-Za-z0-9_]").search
"""Finds what the indexes of words go by."""


def _check_template(template: str) -> str:
    if not compile_parts(template):
        raise TemplateError(f"{template!r} is nothing but punctuation, which templates do not compare")
    return template


def _check_head(head: str) -> str:
    literals = [part for part in parse(head.replace(ANY_CLASS, "Exception")) if isinstance(part, str)]
    if not any(map(str.isprintable, literals)):
        raise TemplateError(f"the head {head!r} is nothing but holes")
    return head


def _one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("must be one line")
    return text


def _check_cue(text: str) -> str:
    if not has_word(text):
        raise ValueError(f"{text!r} needs a letter from a to z, or a digit, to be noticed by in a text")
    return text


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+/[a-z0-9]+(-[a-z0-9]+)*$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s]+$")]
Template = Annotated[str, StringConstraints(min_length=1), AfterValidator(_check_template)]
Head = Annotated[str, StringConstraints(min_length=1), AfterValidator(_check_head)]
Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(_one_line)]
Cue = Annotated[Line, AfterValidator(_check_cue)]
"""A word or a few that texts are searched for."""
Status = Annotated[int, Field(ge=100, le=599)]
StatusClass = Literal["4xx", "5xx"]
Scalar = str | int | float | bool
