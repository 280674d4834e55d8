"""The types of values in a catalog's YAML."""

from __future__ import annotations

import re
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field, StringConstraints

from errdex.authoring.template import TemplateError, compile_parts, parse

ANY_CLASS: Final = "{class}"
"""In a head: any provider's name that ends in `Exception`, as gateways write it before a message."""
MAX_TITLE: Final = 90
"""Characters above which lint calls a title too long."""
MAX_FIX: Final = 200
"""The same for a fix, which is part of the notes on log lines."""

has_word: Final = re.compile(r"\w").search
"""Finds a character that the word indexes use: any letter or digit, whatever its script."""


def _check_template(template: str) -> str:
    if not compile_parts(template):
        raise TemplateError(f"{template!r} is only punctuation, which templates ignore")
    return template


def _check_head(head: str) -> str:
    literals = [part for part in parse(head.replace(ANY_CLASS, "Exception")) if isinstance(part, str)]
    if not any(map(str.isprintable, literals)):
        raise TemplateError(f"the head {head!r} consists only of holes")
    return head


def _one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("must be a single line")
    return text


def _check_cue(text: str) -> str:
    if not has_word(text):
        raise ValueError(f"{text!r} needs a letter or a digit, or no text can be searched for it")
    return text


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_]+/[a-z0-9]+(-[a-z0-9]+)*$")]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>\"`{}|\\^\x00-\x20\x7f-\x9f]+$")]
Template = Annotated[str, StringConstraints(min_length=1), AfterValidator(_check_template)]
Head = Annotated[str, StringConstraints(min_length=1), AfterValidator(_check_head)]
Line = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(_one_line)]
Cue = Annotated[Line, AfterValidator(_check_cue)]
"""One or more words that texts are searched for."""
Status = Annotated[int, Field(ge=100, le=599)]
StatusClass = Literal["4xx", "5xx"]
Scalar = str | int | float | bool
