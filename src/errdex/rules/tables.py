"""The tables of the compiled catalog: entries, templates and key words, each row made when it is first asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence, Set

from errdex.model.type_names import Any, Final, Generic, TypeVar

ENTRY_FIELDS: Final = (
    *("id", "kind", "category", "retryable", "retry_after", "statuses", "support", "title", "fix", "source"),
    *("scope", "action", "provider"),
)
"""The columns of an entry's row, and the part of its id that says whose it is."""
TEMPLATE_FIELDS: Final = ("entry", "parts", "literal", "weight", "unique_from", "sentence", "conditions", "generic")
"""The columns of a template's row."""


class Entry:
    """An error in a catalog: what classifying needs of it. Read fields by name: later versions may add some.

    Attributes:
        id: Stable id, `provider/slug`.
        kind: `error`, `family` (wordings that are not listed one by one) or `default` (the meaning of a bare status).
        category: What went wrong: the value of an `errdex.Category`.
        retryable: Whether the same request, sent again after at most a few minutes, has a fair chance of succeeding.
        retry_after: Seconds to wait, if the source says so.
        statuses: HTTP statuses that it comes with, the usual one first.
        support: Whether its messages are so short that other evidence must show that this is an error.
        title: The error in one line.
        fix: What to change; contains names of params in braces.
        source: URL where the vendor, or someone who ran into it, shows the error; None if a user's own entry gives
            none.
        scope: What else fails the same way: the value of an `errdex.Scope`.
        action: What to do next: the value of an `errdex.Action`.
        provider: Part of the id before the slash.
    """

    __slots__ = ENTRY_FIELDS

    id: str
    kind: str
    category: str
    retryable: bool
    retry_after: float | None
    statuses: Sequence[int]
    support: bool
    title: str
    fix: str
    source: str | None
    scope: str
    action: str
    provider: str

    def __init__(self, *values: object) -> None:
        for name, value in zip(ENTRY_FIELDS, values, strict=True):
            object.__setattr__(self, name, value)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"an entry cannot be changed: {name}")

    def __repr__(self) -> str:
        return f"Entry({self.id!r}, category={self.category!r}, retryable={self.retryable})"


class Template:
    """One template: its parts, and how much of it a truncated text must show.

    Attributes:
        entry: Number of its entry.
        parts: Literals, and holes as [name, kind].
        literal: Number of literal characters.
        weight: Number of Latin letters that say as much as these; a Chinese character says more than a letter.
        unique_from: Literal characters that a truncated text must show: enough to say something, and more than it
            shares with any other entry's template: its provider's, a gateway's or one of `http`.
        sentence: Number of literal characters in the first sentence; 0 if the template is a single sentence.
        conditions: Conditions on the rest of the evidence.
        generic: Whether it only says that something failed, so that any words beside it say more.
    """

    __slots__ = TEMPLATE_FIELDS

    def __init__(
        self,
        entry: int,
        parts: list[Any],
        literal: int,
        weight: int,
        unique_from: int,
        sentence: int,
        conditions: dict[str, Any] | None,
        generic: bool,
    ) -> None:
        self.entry = entry
        self.parts = parts
        self.literal = literal
        self.weight = weight
        self.unique_from = unique_from
        self.sentence = sentence
        self.conditions = conditions
        self.generic = generic


Row = TypeVar("Row")


class Seconds(dict[bytes, list[tuple[bytes, int]]]):
    """Second key word → third key word and number of each template that has it.

    Attributes:
        words: The second key words; those of a text are found faster among a set than among keys.
    """

    __slots__ = ("words",)
    words: frozenset[bytes]


BLOCK: Final = 8
"""Number of rows in a line of the compiled catalog: a line for each would make its index as long as the file."""


class Blocks:
    """The rows of a table in the compiled catalog, parsed a line at a time.

    Args:
        text: The compiled catalog.
        begin: Where its lines of rows begin.
        starts: Where each line of this table begins, counted from there.
        count: Number of rows.
    """

    def __init__(self, text: bytes, begin: int, starts: list[int], count: int) -> None:
        self._text = text
        self._begin = begin
        self._starts = starts
        self._count = count
        self._parsed: dict[int, list[Any]] = {}

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, number: int) -> Any:
        block, place = divmod(number, BLOCK)
        rows = self._parsed.get(block)
        if rows is None:
            start = self._begin + self._starts[block]
            self._parsed[block] = rows = json.loads(self._text[start : self._text.index(b"\n", start)])
        return rows[place]


class Rows(dict[int, Row], Generic[Row]):
    """Number → row of a table; each is made when it is first asked for.

    A dict, because a list that makes its items would take six times as long for each access.
    """

    def __init__(self, rows: Blocks | list[Any], make: Callable[[Any], Row]) -> None:
        self._rows = rows
        self._make = make

    def __missing__(self, number: int) -> Row:
        self[number] = made = self._make(self._rows[number])
        return made

    def all(self) -> list[Row]:
        """Return all rows, in order."""
        return [self[number] for number in range(len(self._rows))]


class WordTable(dict[bytes, Seconds]):
    """First key word → the other key words of templates; each row is decoded when it is first asked for.

    Args:
        firsts: All first key words, with a blank between two.
        others: All other key words, likewise.
        rows: For each first key word, the second and third key words of its templates, and their numbers.

    Attributes:
        firsts: All first key words.
        telling: All key words.
    """

    def __init__(self, firsts: str, others: str, rows: Blocks | list[Any]) -> None:
        self._places = {word: place for place, word in enumerate(firsts.encode().split())}
        self._rows = rows
        self.firsts = frozenset(self._places)
        self.telling = self.firsts.union(others.encode().split())

    def __missing__(self, word: bytes) -> Seconds:
        packed, numbers = self._rows[self._places[word]]
        words = packed.encode().split()
        self[word] = made = Seconds()
        for second, third, number in zip(words[::2], words[1::2], numbers, strict=True):
            made.setdefault(second, []).append((third, number))
        made.words = frozenset(made)
        return made

    def numbers_in(self, words: Set[bytes]) -> list[int]:
        """Return the numbers of the templates whose key words are all among some words, in no particular order."""
        found = []
        for word in words & self.firsts:
            row = self[word]
            if words.isdisjoint(row.words):
                continue  # as most words of most lines; a new set for each would take twice as long
            for second in words & row.words:
                for third, number in row[second]:
                    if third in words:
                        found.append(number)
        return found

    def all(self) -> dict[int, frozenset[bytes]]:
        """Return the key words of each template, by its number."""
        return {
            number: frozenset((first, second, third))
            for first in self.firsts
            for second, rest in self[first].items()
            for third, number in rest
        }
