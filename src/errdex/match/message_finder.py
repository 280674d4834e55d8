"""Where a message may stand in a text: the rules that keep quoted and mentioned texts from deciding.

In a known message field a message starts where the field starts, or after a wrapper's head. In free text it starts
at the start of the text or of a line, after a label, or as a quotation after one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Protocol

from errdex.match.template_matcher import Found, TemplateMatcher
from errdex.read.lines import Lines
from errdex.rules import units
from errdex.rules.compiled import Rules, Template

_LONG: Final = 32  # literal characters from which on no other words need to introduce a message in a log
_LONG_TEXT: Final = 4_000  # characters
_MAX_QUOTES: Final = 3  # in front of a message
_MAX_PREFIXES: Final = 4  # in front of a message inside a text
_AT_ONCE: Final = [0]


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


class MessageFinder:
    """Finds templates in texts.

    Args:
        rules: The compiled catalog.
        matcher: Holds its templates against texts.
        prefixes: Providers' own prefixes of messages, folded.
        surroundings: Tells what stands before a place.
    """

    def __init__(self, rules: Rules, matcher: TemplateMatcher, prefixes: list[str], surroundings: Surroundings) -> None:
        self._templates = rules.templates
        self._matcher = matcher
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

    def is_begun(self, found: Found, lines: Lines, low: str) -> bool:
        """Tell whether a message may stand where it was found in a free text as if in quotes."""
        front = self._before_prefixes(low, found.start)
        if not front:
            begins: bool | None = False
        elif front <= _MAX_QUOTES:
            return False  # perhaps it only stands behind quotes and blanks: `find` knows
        else:
            begins = self._begins(self._templates[found.template], lines, front)
        if begins is None:
            return False
        return begins or units.ends(lines.text, found.end, len(low), closed=False)

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

    def _all(
        self, number: int, template: Template, lines: Lines, low: str, starts: list[int], known: bool
    ) -> Iterator[Found]:
        """Yield a template wherever it is found."""
        text, begin = lines.text, self._matcher.heads[number]
        for place in self._at_starts(begin, text, low, starts):
            found = self._matcher.at(number, text, low, *place, known)
            if found:
                yield found
        # What stands around a place costs most, and so comes last; in a long text many templates share their places,
        # and around each it is judged once.
        is_long = len(text) > _LONG_TEXT
        for start in self._matcher.occurrences(number, text, low):
            if start in starts or (known and not self._is_named(lines, start)):
                continue
            front = start if known else self._before_prefixes(low, start)
            quoted = not known and text.endswith("'", 0, front)
            if is_long and not known:
                begins = self._begins(template, lines, front)
                if begins is None:
                    continue
                quoted = begins
            found = self._matcher.at(number, text, low, start, start, quoted, known)
            if found and not (known or is_long):
                begins = self._begins(template, lines, front)
                if begins is None:
                    continue
                if quoted and not begins:
                    found = self._matcher.at(number, text, low, start, start, False, known)
            if found:
                yield found

    def _at_starts(self, begin: str, text: str, low: str, starts: list[int]) -> Iterator[tuple[int, int, bool]]:
        """Yield where the message's prefix and itself may begin, and whether behind a quote."""
        for start in starts:
            if low.startswith(begin, start):
                yield start, start, False
            for _ in range(_MAX_QUOTES):
                if start >= len(text) or text[start] not in " '\n":
                    break
                start += 1
                if low.startswith(begin, start):
                    yield start, start, True
            for prefix in self._prefixes_at(low, start):
                if low.startswith(begin, start + len(prefix)):
                    yield start, start + len(prefix), False

    def _is_named(self, lines: Lines, start: int) -> bool:
        """Tell whether a client's own words introduce a place in a message field."""
        return self._surroundings.introduces(lines, start) and self._surroundings.names_before(lines.text, start)

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
