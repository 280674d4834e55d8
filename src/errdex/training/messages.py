"""Messages that no example shows: with something in their holes, they are examples, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from errdex.authoring.template import Hole, compile_parts, parse
from errdex.classifier.full import Full
from errdex.read.hints import NO_HINTS
from errdex.rules import units

_PLAIN: Final = {
    "int": "17", "number": "2.5", "word": "name", "name": "name", "url": "https://example.com/page",
    "duration": "20 s", "secret": "xxx", "list": "first, second", "text": "",
}  # fmt: skip
"""By kind of hole: what stands in it where no example shows a value."""


class _Message(NamedTuple):
    """A message of an entry, and whether an example shows it."""

    template: str
    is_shown: bool
    values: dict[str, str]
    """What stands in the holes of the entry's examples."""


class Messages:
    """The messages of a catalog's entries, with in their holes what stands there in examples.

    A hole takes its value from the entry's own examples, if they show it: a limit by the minute and one by the day may
    differ in nothing else. Otherwise it takes it from the first example of another entry with a hole of the same name.

    Args:
        entries: The entries by id, as in the YAML.
        full: The reference, to read the examples.
    """

    def __init__(self, entries: Mapping[str, Any], full: Full) -> None:
        self._full = full
        self._values: dict[str, str] = {}
        self._of = {name: list(self._messages(entry)) for name, entry in entries.items()}

    def filled(self, entry: str) -> Iterator[str]:
        """Yield the messages of an entry that none of its examples shows, with something in their holes."""
        for message in self._of[entry]:
            if not message.is_shown:
                yield "".join(self._value(part, message.values) for part in parse(message.template))

    def _value(self, part: str | Hole, own: Mapping[str, str]) -> str:
        if isinstance(part, str):
            return part
        return own.get(part.name) or self._values.get(part.name) or _PLAIN[part.kind]

    def _messages(self, entry: Mapping[str, Any]) -> Iterator[_Message]:
        alone = [item["message"] for item in entry.get("match", ()) if item.keys() == {"message"}]
        templates = [*entry.get("messages", ()), *alone]
        texts = [message for raw, _ in examples_of(entry) for message in self._read(raw)]
        values: dict[str, str] = {}
        shown = set()
        for template in templates:
            parts = compile_parts(template)
            for message in texts:
                found = units.match(parts, message.text, message.low, 0, len(message.text), closed=True)
                if found:
                    shown.add(template)
                    for name, (_, value) in found[1].items():
                        values.setdefault(name, value)
                        self._values.setdefault(name, value)
        for template in templates:
            yield _Message(template, template in shown, values)

    def _read(self, raw: Any) -> list[Any]:
        evidence = self._full.read(raw, NO_HINTS)
        return evidence.messages if evidence else []


def examples_of(entry: Mapping[str, Any]) -> Iterator[tuple[Any, int | None]]:
    """Yield the examples of an entry, given as in the YAML, each with its status if it has one of its own."""
    for example in entry.get("examples", ()):
        if isinstance(example, str):
            yield example, None
        elif "raw" in example:
            yield example["raw"], example.get("status")
