"""What Cohere's API answers, taken from the examples of the catalog.

Which examples are answers of the API is a rule, no list:

- The entry is Cohere's, an error or a family, has a status and the surface `http`, and does not stand in a file about SDKs,
  clients or the clouds (`sdk*`, `client-*`, `platform-*`).
- The example is one of
  a) an object with a text under `message` or `error_type` and nothing but the keys of Cohere's answers, by itself or as the body
     in an SDK's text or a log line (as JSON or Python repr): the object is the body;
  b) a page of HTML, or plain text that begins with its own status ("404 page not found"): sent as it is;
  c) nothing but a message: a template of its entry, with or without the provider's own prefix, matches all of it. It is sent
     as `{"id": …, "message": …}`.

  What is left over is the text of an SDK, a framework or a gateway around an answer, and is tested as text elsewhere.
- It is sent with the example's own status, else with each status of its entry.

A status that belongs to an entry of the kind `default` is sent with an answer that says nothing else.
"""

from __future__ import annotations

import ast
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import regex

from errdex.authoring.schema import Entry, Example
from errdex.authoring.source import Source, load
from errdex.authoring.template import to_regex
from errdex.model.category import Category
from errdex.rules.normal_form import normalise
from tests import ROOT

SOURCE: Source = load(ROOT / "catalog")
_OTHERS = ("sdk", "client-", "platform-")
_KEYS = {"id", "message", "error_type"}
_UUID = "63e33405-a687-4064-bf9e-bfeb608628c8"
_TRACE = {"x-debug-trace-id": "5a2c7b1e9d5a4c0e8f3b6a7d1c2e4f50", "server": "istio-envoy"}


class Sent(NamedTuple):
    """An answer of the API and what it is."""

    entry: str
    category: Category
    retryable: bool
    status: int
    body: dict | str | None
    headers: dict[str, str]

    @property
    def expected(self) -> tuple[str, Category, bool]:
        return self.entry, self.category, self.retryable

    def __str__(self) -> str:
        text = self.body if isinstance(self.body, str) else json.dumps(self.body, ensure_ascii=True)
        return f"{self.entry.partition('/')[2]}-{self.status}-{text[:40]}"


def topic(entry: Entry) -> str:
    """Return the name of the file that an entry stands in."""
    return Path(SOURCE.places[entry.id].path).stem


def verdict(entry: Entry) -> bool:
    """Return whether the entry is worth a retry."""
    return entry.category.retryable if entry.retryable is None else entry.retryable


def body_inside(text: str) -> dict | None:
    """Return the first object in a text that is a body of Cohere's, whole or inside something else."""
    for start in (place for place, character in enumerate(text) if character == "{"):
        try:
            value = json.JSONDecoder().raw_decode(text, start)[0]
        except ValueError:
            try:
                value = ast.literal_eval(text[start : text.rindex("}") + 1])
            except (ValueError, SyntaxError):
                continue
        if isinstance(value, dict) and value.keys() <= _KEYS and {"message", "error_type"} & value.keys():
            return value
    return None


def body_of(entry: Entry, text: str, status: int) -> dict | str | None:
    """Return the body that the API sends, or None where the example is no answer of it."""
    if body := body_inside(text):
        return body
    if text.startswith(("<", f"{status} ")):
        return text
    for template in filter(None, (item.message for item in entry.items)):
        for form in {template, *(template.removeprefix(prefix) for prefix in SOURCE.providers["cohere"].prefixes)}:
            if regex.fullmatch(f"(?:{to_regex(form)})[ .,;:!?']*", normalise(text), regex.IGNORECASE):
                return {"id": _UUID, "message": text}
    return None


def _examples() -> Iterator[tuple[Entry, str, list[int]]]:
    for entry in SOURCE.entries.values():
        if entry.provider != "cohere" or entry.kind not in ("error", "family") or entry.surface != "http":
            continue
        if topic(entry).startswith(_OTHERS):
            continue
        for example in entry.examples:
            if isinstance(example, Example):
                yield entry, example.raw, [example.status] if example.status else entry.statuses
            else:
                yield entry, example, entry.statuses


def _answers() -> Iterator[Sent]:
    seen = set()
    for entry, text, statuses in _examples():
        for status in statuses:
            body = body_of(entry, text, status)
            if body is None or (status, str(body)) in seen:
                continue
            seen.add((status, str(body)))
            kind = "application/json"
            if isinstance(body, str):
                kind = "text/html; charset=utf-8" if body.startswith("<") else "text/plain; charset=utf-8"
            yield Sent(entry.id, entry.category, verdict(entry), status, body, {"content-type": kind, **_TRACE})


def _defaults() -> Iterator[Sent]:
    for entry in SOURCE.entries.values():
        if entry.provider == "cohere" and entry.kind == "default":
            for status in entry.statuses:
                for body in ({"id": _UUID}, {"id": _UUID, "message": "a wording that nobody has listed"}, None):
                    headers = {"content-type": "application/json", **_TRACE} if body else _TRACE
                    yield Sent(entry.id, entry.category, verdict(entry), status, body, headers)


ANSWERS = list(_answers())
DEFAULTS = list(_defaults())
LEFT_OUT = sorted(
    {entry.id for entry, _, statuses in _examples() if statuses} - {sent.entry for sent in ANSWERS},
)
"""Entries of which no example is an answer of the API."""

_PAIRS: Counter[tuple[int, Category]] = Counter()


def _first(sent: Sent) -> bool:
    _PAIRS[sent.status, sent.category] += 1
    return _PAIRS[sent.status, sent.category] <= 3


SPREAD = list(filter(_first, (*ANSWERS, *DEFAULTS[::3])))
"""At most three answers of each pair of status and category: every status that Cohere documents, every category."""
