"""Where a message may stand in a text: the rules that keep quoted and mentioned texts from deciding.

In a known message field a message starts where the field starts, or after a wrapper's head. In free text it starts
at the start of the text or of a line, after a label, or as a quotation after one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple, Protocol

from errdex.catalog.compiled import Rules, Template
from errdex.catalog.template import KINDS, OPEN
from errdex.matching import units
from errdex.matching.lines import BULLET, Lines

_MAX_PLACES: Final = 32  # places of one literal in one text that are looked at
_LONG: Final = 32  # literal characters from which on no other words need to introduce a message in a log
_MAX_QUOTES: Final = 3  # in front of a message
_MAX_PREFIXES: Final = 4  # in front of a message inside a text
_MANY: Final = 64  # templates; no honest text has the key words of so many
_PIECE: Final = 10  # characters of a literal
_AT_ONCE: Final = [0]
_FAR: Final = 2_000  # characters around a message after which nobody looks whether they hold a word
_MIN_CUT: Final = 24  # literal characters that a cut text must show
DECORATION: Final = r"(?:[\W\d_]|(?<=\d)[TZ])*"
"""What is no word: anything but letters, and the letters of a time."""
_NO_WORDS: Final = re.compile(DECORATION + "$").match
_BULLET: Final = re.compile(BULLET).match  # an item of a list is no whole text
_MAX_LOOK_BACK: Final = 260


class Place(NamedTuple):
    """A place where a message may begin."""

    before: int
    """Where the provider's own prefix begins, if there is one; else `start`."""
    start: int
    quoted: bool
    """It begins behind a quote, and so may end with one."""


class Found(NamedTuple):
    """A template found in a text."""

    template: int
    before: int
    """Where it begins, the provider's own prefix included."""
    start: int
    end: int
    literal: int
    """Literal characters that agreed."""
    values: units.Values
    cut: bool
    """The text shows only the beginning of the message."""


class Surroundings(Protocol):
    """What the places of messages depend on; the catalog's names and labels decide it."""

    def introduces(self, lines: Lines, position: int) -> bool:
        """Tell whether a message may begin at a place inside a free text."""

    def opens_line(self, lines: Lines, position: int) -> bool:
        """Tell whether nothing stands before a place in its line but decoration."""

    def follows_log_head(self, lines: Lines, position: int) -> bool:
        """Tell whether a place follows what a logger writes in front of a message."""

    def names_before(self, text: str, position: int) -> bool:
        """Tell whether a client's own words stand before a place in a message field."""


class Finder:
    """Finds templates in texts.

    Args:
        rules: The compiled catalog.
        prefixes: Providers' own prefixes of messages, folded.
        surroundings: Tells what stands before a place.
    """

    def __init__(self, rules: Rules, prefixes: list[str], surroundings: Surroundings) -> None:
        self._templates = rules.templates
        self._shown: dict[int, tuple[str, ...]] = {}
        self._prefixes = tuple(prefixes)
        self._by_head: dict[str, list[str]] = {}
        for prefix in prefixes:
            self._by_head.setdefault(prefix[0], []).append(prefix)
        self._surroundings = surroundings

    def find(self, number: int, lines: Lines, low: str, starts: list[int], known: bool) -> Found | None:
        """Hold one template against a text; `starts` are its beginning and the ends of wrappers' heads."""
        template = self._templates[number]
        best: Found | None = None
        for found in self._all(number, template, lines, low, starts, known):
            if best is None or found.literal > best.literal:
                best = found
                if found.literal >= template.literal:
                    break
        return best

    def shown_in(self, numbers: list[int], low: str) -> list[int]:
        """Return those of some templates of whose words a text shows, in order, as many as a cut message must."""
        if len(numbers) >= _MANY:  # one pass over the text tells of most of them that they do not
            pieces = {low[place : place + _PIECE] for place in range(len(low))}
            begins = [(number, _literal(self._templates[number])) for number in numbers]
            numbers = [number for number, begin in begins if len(begin) < _PIECE or begin[:_PIECE] in pieces]
        return [number for number in numbers if self._is_shown(number, low)]

    def _is_shown(self, number: int, low: str) -> bool:
        position = 0
        for words in self._shown.get(number) or self._shown_words(number):
            place = low.find(words, position)
            if place < 0:
                return False
            position = place + len(words)
        return True

    def _shown_words(self, number: int) -> tuple[str, ...]:
        """Return, and keep, the literals that even a cut message of a template shows."""
        template = self._templates[number]
        left = template.literal if template.unique_from > template.literal else max(_MIN_CUT, template.unique_from)
        words = []
        for literal in template.parts:
            if left > 0 and type(literal) is str:
                words.append(literal[:left])
                left -= len(literal)
        self._shown[number] = found = tuple(words)
        return found

    def starts(self, low: str) -> list[int]:
        """Return where a message that nothing precedes may start: at once, or behind its provider's prefixes."""
        some = self._by_head.get(low[:1])
        if some is None:
            return _AT_ONCE
        return [0, *[len(prefix) for prefix in some if low.startswith(prefix)]]

    def _prefixes_at(self, low: str, position: int) -> list[str]:
        """Return the prefixes that stand at a place."""
        some = self._by_head.get(low[position : position + 1])
        return [prefix for prefix in some if low.startswith(prefix, position)] if some else []

    def _at(self, number: int, template: Template, text: str, low: str, place: Place, known: bool) -> Found | None:
        parts = template.parts
        before, start, quoted = place
        end = len(text)
        found = units.match(parts, text, low, start, end, closed=known, quoted=quoted)
        if found:
            return Found(number, before, start, found[0], template.literal, found[1], cut=False)
        if template.unique_from > template.literal:
            return None
        cut = units.match_cut(parts, text, low, start, end, template.sentence, quoted)
        if cut is None:
            return None
        covered, after, values = cut
        if covered < max(_MIN_CUT, template.unique_from):
            return None
        return Found(number, before, start, after, covered, values, cut=True)

    def _all(
        self, number: int, template: Template, lines: Lines, low: str, starts: list[int], known: bool
    ) -> Iterator[Found]:
        """Yield a template wherever it is found."""
        text, head = lines.text, _head(template)
        for place in self._at_starts(head, text, low, starts):
            found = self._at(number, template, text, low, place, known)
            if found:
                yield found
        for start in self._occurrences(template, head, text, low):
            if start in starts or (known and not self._is_named(lines, start)):
                continue
            front = start if known else self._before_prefixes(low, start)
            quoted = not known and text.endswith("'", 0, front)
            found = self._at(number, template, text, low, Place(start, start, quoted), known)
            if found and not known:  # what stands around it is judged last: that costs most
                begins = self._begins(template, lines, front)
                if begins is None:
                    continue
                if quoted and not begins:
                    found = self._at(number, template, text, low, Place(start, start, False), known)
            if found:
                yield found

    def _at_starts(self, head: str, text: str, low: str, starts: list[int]) -> Iterator[Place]:
        for start in starts:
            if low.startswith(head, start):
                yield Place(start, start, False)
            for _ in range(_MAX_QUOTES):
                if start >= len(text) or text[start] not in " '\n":
                    break
                start += 1
                if low.startswith(head, start):
                    yield Place(start, start, True)
            for prefix in self._prefixes_at(low, start):
                if low.startswith(head, start + len(prefix)):
                    yield Place(start, start + len(prefix), False)

    def _is_named(self, lines: Lines, start: int) -> bool:
        """Tell whether a client's own words introduce a place in a message field."""
        return self._surroundings.introduces(lines, start) and self._surroundings.names_before(lines.text, start)

    def _occurrences(self, template: Template, head: str, text: str, low: str) -> Iterator[int]:
        """Yield the places where the message of a template could begin, by the places of its first literal."""
        literal = head or _literal(template)
        if not literal:
            return
        kind = template.parts[0][1]
        place = low.find(literal)
        for _ in range(_MAX_PLACES):
            if place < 0:
                return
            if head:
                yield place
            elif kind not in OPEN:
                before = text[max(0, place - _MAX_LOOK_BACK) : place]
                value = re.search(rf"(?:{KINDS[kind]})\Z", before)
                if value:
                    yield place - len(before) + value.start()
            place = low.find(literal, place + 1)

    def _before_prefixes(self, low: str, start: int) -> int:
        """Return where a message begins with the prefixes that stand in front of it."""
        for _ in range(_MAX_PREFIXES):
            if not low.endswith(self._prefixes, 0, start):
                break
            start -= next(len(prefix) for prefix in self._prefixes if low.endswith(prefix, 0, start))
        return start

    def _begins(self, template: Template, lines: Lines, start: int) -> bool | None:
        """Tell whether a message may begin at a place: None if not, True if as a quotation, False if openly."""
        if self._surroundings.introduces(lines, start):
            return lines.text[start - 1] == "'" and not self._surroundings.opens_line(lines, start)
        if self._surroundings.opens_line(lines, start):
            return False
        if template.literal >= _LONG and self._surroundings.follows_log_head(lines, start):
            return False
        return None


def _head(template: Template) -> str:
    """Return how a message begins, as far as even a cut text shows it; nothing if it begins with a hole."""
    first = template.parts[0]
    return first[:_MIN_CUT] if type(first) is str else ""


def _literal(template: Template) -> str:
    """Return the first literal of a template."""
    parts = template.parts
    return parts[0] if type(parts[0]) is str else parts[1] if len(parts) > 1 else ""


def stands_alone(found: Found, text: str) -> bool:
    """Tell whether nothing else stands in a text beside a message."""
    before = found.before
    if before and (before >= _FAR or _BULLET(text) is not None or _NO_WORDS(text, 0, before) is None):
        return False
    return _is_rest(text, found.end)


def whole(template: Template, text: str, low: str, starts: list[int]) -> units.Values | None:
    """Return the values of a template that begins at one of these places, and after which nothing else follows."""
    parts = template.parts
    first = parts[0]
    for start in starts:
        if type(first) is str:
            if not low.startswith(first, start):
                continue
            if len(parts) == 1 and len(low) == start + len(first):
                return {}
        found = units.match(parts, text, low, start, len(text), closed=False)
        if found:
            return found[1] if _is_rest(text, found[0]) else None
    return None


def _is_rest(text: str, position: int) -> bool:
    """Tell whether no words follow a place but what clients append."""
    size = len(text)
    if position == size:
        return True
    return size - position < _FAR and (_NO_WORDS(text, position) is not None or units.is_appended(text, position))
