"""An entry of the catalog → what its API may have sent: the bodies and messages of its examples, its templates filled.

The best sample stands first: a body as seen, then a message as seen, then a filled template, then the codes and fields
that the entry asks for.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import regex

from errdex.authoring.template import Hole, parse, to_regex
from errdex.rules.normal_form import normalise

Json = Any
_TRAIL: Final = r"[ .,;:!?']*"
_VALUES: Final = {
    "int": "20",
    "number": "0.5",
    "word": "value",
    "name": "'value'",
    "url": "https://example.com/docs",
    "duration": "20s",
    "list": "'first', 'second'",
    "text": "the rest of the message",
    "secret": "sk-********abcd",
}
"""Kind of a hole → a value for it, where no example gives one."""
_BOTO: Final = regex.compile(
    r"An error occurred \((\w+)\) when calling the \w+ operation(?: \([^)]*\))?: ?(.*)", regex.DOTALL
)
"""How botocore writes a code and a message."""


@dataclass(frozen=True)
class Sample:
    """One answer that an entry's API may have sent, in parts.

    Attributes:
        message: The message; empty where only codes and fields are known.
        body: The whole body as seen, or None.
        code: The machine code, or None.
        fields: Dotted path → value, and further fields that the entry asks for.
        headers: Headers that belong to it.
        status: The HTTP status that it was seen with, or None.
    """

    message: str = ""
    body: Json = None
    code: str | None = None
    fields: Mapping[str, Json] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int | None = None


def samples(entry: Mapping[str, Json], provider: Mapping[str, Json]) -> Iterator[Sample]:
    """Yield the samples of an entry, best first.

    Args:
        entry: The entry as on its page, see `Catalog.pages`.
        provider: Its provider, in the same form.
    """
    examples: list[dict[str, Json]] = [
        {"raw": each} if isinstance(each, str) else each for each in entry.get("examples", ())
    ]
    items = [*({"message": message} for message in entry.get("messages", ())), *entry.get("match", ())]
    paths = provider.get("body", {})
    known = (*paths.get("messages", ()), *paths.get("codes", ()))
    for example in examples:
        for body in bodies_in(example["raw"]):
            if any(at(body, path) is not None for path in known):
                yield Sample(body=body, headers=example.get("headers") or {}, status=example.get("status"))
    for example in examples:
        if found := _BOTO.search(example["raw"]):
            message = "" if found[2] == "Unknown" else found[2]
            yield Sample(message=message, code=found[1], status=example.get("status"))
    templates = [item for item in items if item.get("message")]
    for whole in (True, False):
        for example in examples:
            for item in templates:
                if message := _message_in(example["raw"], item["message"], provider, whole=whole):
                    yield _with(item, message, example)
    for item in templates:
        yield _with(item, fill(item["message"], (examples or [{}])[0].get("params") or {}), {})
    for item in items:
        if not item.get("message"):
            yield _with(item, "", {})


def bodies_in(text: str) -> Iterator[dict[str, Json]]:
    """Yield the objects that stand in a text as JSON or as a Python repr, the outermost first."""
    for start in (place for place, character in enumerate(text) if character == "{"):
        try:
            value = json.JSONDecoder().raw_decode(text, start)[0]
        except ValueError:
            try:
                value = ast.literal_eval(text[start : text.rindex("}") + 1])
            except (ValueError, SyntaxError, MemoryError):
                continue
        if isinstance(value, dict):
            yield value


def at(body: Json, path: str) -> Json:
    """Return what stands at a dotted path of a body, or None."""
    for key in path.split("."):
        body = body[0] if isinstance(body, list) and body else body
        body = body.get(key) if isinstance(body, dict) else None
    return body


def fill(template: str, params: Mapping[str, Json]) -> str:
    """Return a template with its holes filled: with params of their names, otherwise with a value of their kinds."""
    filled = []
    for part in parse(template):
        if isinstance(part, Hole):
            value = params.get(part.name, _VALUES[part.kind]) if part.name != "_" else _VALUES[part.kind]
            if isinstance(value, list):
                value = ", ".join(value)
            elif isinstance(value, int | float) and part.kind == "duration":
                value = f"{value}s"
            filled.append(f"'{value}'" if part.kind == "name" and "'" not in str(value) else str(value))
        else:
            filled.append(part)
    return "".join(filled)


def _message_in(text: str, template: str, provider: Mapping[str, Json], *, whole: bool) -> str | None:
    """Return the message in a text that a template matches: the whole text, or a part of it."""
    for form in {template, *(template.removeprefix(prefix) for prefix in provider.get("prefixes", ()))}:
        pattern = to_regex(form)
        if whole:
            if regex.fullmatch(pattern + _TRAIL, normalise(text), regex.IGNORECASE):
                return text
        elif found := regex.search(f"{pattern}(?={_TRAIL}$|{_TRAIL}[\n\"'}}])", normalise(text), regex.IGNORECASE):
            said: str = found[0]
            return said
    return None


def _with(item: Mapping[str, Json], message: str, example: Mapping[str, Json]) -> Sample:
    """Return a sample with what an item of `match` asks for."""
    asked = {**(item.get("field") or {})}
    asked |= {name: fill(value, {}) for name, value in (item.get("detail") or {}).items()}
    headers = {
        name: "1" if value == "present" else value
        for name, value in (item.get("header") or {}).items()
        if value != "absent"
    }
    status = item.get("status")
    return Sample(
        message=message,
        code=item.get("code"),
        fields=asked,
        headers={**headers, **(example.get("headers") or {})},
        status=example.get("status") or (status if isinstance(status, int) else None),
    )
