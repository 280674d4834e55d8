"""What the entries of a catalog say: their messages with the holes filled, and the facts they match beside messages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from random import Random
from typing import Any, NamedTuple

_PART = re.compile(r"\{\{|\}\}|\{(\w+):(\w+)\}")
_NAME = re.compile(r"\{\w+:")
_OPEN_END = re.compile(r"\{\w+:(?:text|list)\}[ .,;:!?]*$")
_VALUES = {
    "int": ["4096", "17", "100000", "2,401", "0"],
    "number": ["0.75", "12", "1.5", "2,401.25"],
    "word": ["command-r-plus", "gpt-4o", "embed-english-v3.0", "us-east-1", "messages.0.content"],
    "name": ["'command-xl'", "gpt-4o-mini", "`my model`", '"temperature"', "''"],
    "url": ["https://docs.example.com/errors#limits", "https://api.example.com/v1/chat"],
    "duration": ["20s", "1m30s", "6 seconds", "1.337s", "45 minutes"],
    "list": ["a, b, c", "'low', 'high'", "text"],
    "text": ["some detail of it", "the 3rd item, which is odd", "x"],
    "secret": ["sk-abcd1234efgh5678", "sk-***wxyz"],
}
"""Plausible values of each kind of hole."""
_SHOWN = {
    "int": r"-?[\d,_]+",
    "number": r"-?[\d.,_]+",
    "name": r"'[^'\n]*'|\"[^\"\n]*\"|`[^`\n]*`|\S+?",
    "text": r".*?",
    "list": r".*?",
    "duration": r"[\d.]+ ?[a-z]+(?: ?[\d.]+ ?[a-z]+)*",
}
"""What an example shows at a hole, roughly."""
_A_WORD = r"[^\s,;]+?"
UNLISTED = [
    "The hamster is tired of running.",
    "Nothing to see here (17)",
    "Das war wohl nichts",
    "declined by upstream",
]
"""Messages of no entry."""


class Said(NamedTuple):
    """One item of an entry, as an API would say it."""

    name: str
    """Its number in the entry: `m0` of a template, `f0` of an item without one."""
    message: str
    status: int
    code: str | None = None
    exception: str | None = None
    fields: Mapping[str, Any] = {}
    headers: Mapping[str, str] = {}
    is_open: bool = False
    """Whether its template ends with an open hole."""

    @property
    def is_listed(self) -> bool:
        """Whether the message is the entry's own."""
        return self.name.startswith("m")


def texts_of(examples: list[Any]) -> list[str]:
    """Return the texts of examples."""
    return [shown if isinstance(shown, str) else shown["raw"] for shown in examples]


def said_by(entry: Mapping[str, Any], seed: int) -> Iterator[tuple[Said, Random]]:
    """Yield everything that an entry matches, each with what is drawn for it: by its own words, not by its names."""
    examples = texts_of(entry["examples"])
    items = [{"message": message} for message in entry.get("messages", ())] + list(entry.get("match", ()))
    for number, item in enumerate(items):
        pick = Random(f"{seed} {_NAME.sub('{:', json.dumps(item, sort_keys=True))}")
        message = item.get("message")
        text = filled(message, examples, pick) if message else pick.choice(UNLISTED)
        details = {key: filled(value, [], pick) for key, value in item.get("detail", {}).items()}
        headers = {key: "1" if value == "present" else value for key, value in item.get("header", {}).items()}
        yield (
            Said(
                f"{'m' if message else 'f'}{number}",
                text,
                _status(item.get("status") or entry.get("status"), pick),
                item.get("code"),
                item.get("exception"),
                {**item.get("field", {}), **details},
                {key: value for key, value in headers.items() if value != "absent"},
                is_open=_OPEN_END.search(message or "") is not None,
            ),
            pick,
        )


def filled(template: str, examples: list[str], pick: Random) -> str:
    """Return a template with values in its holes: of an example that shows some, or plausible ones."""
    shown = _shown_by(template, examples, pick)
    out, position = "", 0
    for hole in _PART.finditer(template):
        out += template[position : hole.start()]
        position = hole.end()
        if hole[1]:
            plausible = pick.choice(_VALUES.get(hole[2], ["x-1"]))
            out += next(shown) if shown else plausible
        else:
            out += hole[0][0]
    return out + template[position:]


def _shown_by(template: str, examples: list[str], pick: Random) -> Iterator[str] | None:
    """Return what one of the examples shows in the holes, in order; None if none of them shows this template."""
    pattern, position = "", 0
    for hole in _PART.finditer(template):
        pattern += _literal(template[position : hole.start()])
        position = hole.end()
        pattern += f"({_SHOWN.get(hole[2], _A_WORD)})" if hole[1] else re.escape(hole[0][0])
    rest = template[position:].rstrip(" .,;:!?。，、；：！？")
    pattern += _literal(rest) or r"(?=[\s.,;'\"}]*(?:\n|$))"
    found = [match for example in examples if (match := re.search(pattern, example, re.IGNORECASE))]
    return iter(pick.choice(found).groups()) if found else None


def _literal(text: str) -> str:
    return r"\s+".join(map(re.escape, re.split(r"\s+", text)))


def _status(status: Any, pick: Random) -> int:
    """Return a status; of a class or a list of them one."""
    if isinstance(status, str):
        return int(status.replace("x", "0", 2)) + pick.choice([0, 2, 4, 18])
    if isinstance(status, list):
        return int(pick.choice(status))
    return int(status or 400)
