"""Finds where in a text a template matches, regardless of what surrounds it; `message_finder` judges that."""

from __future__ import annotations

import re
from collections.abc import Iterator

from errdex.model.type_names import Final
from errdex.read.lines import BULLET, DECORATION
from errdex.rules import Pattern, pattern, units
from errdex.rules.compiled import Rules
from errdex.rules.holes import KINDS, OPEN
from errdex.rules.tables import Rows, Template

_MAX_PLACES: Final = 32  # occurrences of one literal that are examined per text
_MANY: Final = 64  # templates; no honest text has the key words of so many
MOST: Final = 128
"""Templates that are matched against one long text, the longest: no honest one shows half as many."""
LONG: Final = 4_000
"""Characters from which on a text is long."""
_PIECE: Final = 10  # characters of a literal
_FAR: Final = 2_000  # characters around a message; in more than that, some word is assumed
_HEAD: Final = 24  # literal characters by which a message is searched for
_NO_WORDS: Final[Pattern] = DECORATION + "$"
_MAX_LOOK_BACK: Final = 260
_ONE_WORD: Final = frozenset({"int", "number", "word", "url", "secret"})  # kinds whose values contain no whitespace


class Found:
    """A template found in a text.

    Attributes:
        template: Its number.
        before: Where it begins, including the provider's prefix.
        start: Where the message begins.
        end: Where it ends.
        literal: Number of literal characters that matched.
        values: Values of the holes.
        cut: Whether the text contains only the beginning of the message.
    """

    __slots__ = ("before", "cut", "end", "literal", "start", "template", "values")

    def __init__(
        self, template: int, before: int, start: int, end: int, literal: int, values: units.Values, cut: bool
    ) -> None:
        self.template = template
        self.before = before
        self.start = start
        self.end = end
        self.literal = literal
        self.values = values
        self.cut = cut


class _Heads(dict[int, str]):
    """Template number → its first literal, cut to what even a truncated text must show; empty if a hole comes first."""

    def __init__(self, templates: Rows[Template]) -> None:
        self._templates = templates

    def __missing__(self, number: int) -> str:
        first = self._templates[number].parts[0]
        size = min(_HEAD, self._templates[number].unique_from)
        self[number] = head = first[:size] if type(first) is str else ""
        return head


class TemplateMatcher:
    """Matches the templates of a catalog against texts.

    Args:
        rules: The compiled catalog.

    Attributes:
        heads: Template number → the beginning of its message; empty if it begins with a hole.
    """

    def __init__(self, rules: Rules) -> None:
        self._templates = rules.templates
        self.heads = _Heads(rules.templates)
        self._shown: dict[int, tuple[str, ...]] = {}
        self._begins: dict[tuple[str, ...], tuple[str, ...]] = {}

    def shown_in(self, numbers: list[int], low: str) -> list[int]:
        """Return the templates whose literals occur in a text in order: as many as a truncated message must show."""
        if len(numbers) >= _MANY:  # one pass over the text rules most of them out
            pieces = {low[place : place + _PIECE] for place in range(len(low))}
            begins = [(number, _literal(self._templates[number])) for number in numbers]
            numbers = [number for number, begin in begins if len(begin) < _PIECE or begin[:_PIECE] in pieces]
        shown = []
        last: tuple[str, ...] | None = None
        shows = False
        for number in numbers:
            literals = self._shown.get(number) or self._shown_words(number)
            if literals is not last:  # many templates begin alike
                last, shows, position = literals, True, 0
                for literal in literals:
                    place = low.find(literal, position)
                    if place < 0:
                        shows = False
                        break
                    position = place + len(literal)
            if shows:
                shown.append(number)
        return shown if len(low) < LONG else shown[:MOST]

    def _shown_words(self, number: int) -> tuple[str, ...]:
        """Return, and cache, the literals that even a truncated message of a template must show."""
        template = self._templates[number]
        left = min(template.literal, template.unique_from)
        words = []
        for literal in template.parts:
            if left > 0 and type(literal) is str:
                words.append(literal[:left])
                left -= len(literal)
        self._shown[number] = found = self._begins.setdefault(tuple(words), tuple(words))
        return found

    def everywhere(self, number: int, text: str, low: str) -> list[Found]:
        """Return all matches of a template in free text, each as if it were quoted."""
        begin = self.heads[number]
        if begin and low.count(begin) == 1:  # the usual case, in half the time
            start = low.find(begin)
            found = self.at(number, text, low, start, start, quoted=True, known=False)
            return [found] if found else []
        starts = self.occurrences(number, text, low)
        places = (self.at(number, text, low, start, start, quoted=True, known=False) for start in starts)
        return [found for found in places if found]

    def at(self, number: int, text: str, low: str, before: int, start: int, quoted: bool, known: bool) -> Found | None:
        """Match a template at one position; None if it does not match.

        Args:
            number: Number of the template.
            text: Normalised text.
            low: The same text, folded.
            before: Where the provider's prefix begins, if there is one; otherwise `start`.
            start: Where the message may begin.
            quoted: Whether it follows a quote, and so may end with one.
            known: Whether the text is the value of a message field.
        """
        template = self._templates[number]
        parts = template.parts
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
        if covered < template.unique_from:
            return None
        return Found(number, before, start, after, covered, values, cut=True)

    def sentence(self, number: int, text: str, low: str, start: int, end: int) -> Found | None:
        """Match a template with the whole of a sentence; None if it does not match."""
        template = self._templates[number]
        found = units.match(template.parts, text, low, start, end, closed=True)
        return found and Found(number, start, start, found[0], template.literal, found[1], cut=False)

    def occurrences(self, number: int, text: str, low: str) -> Iterator[int]:
        """Yield the positions where a template's message could begin, based on where its first literal occurs."""
        template, begin = self._templates[number], self.heads[number]
        literal = begin or _literal(template)
        if not literal:
            return
        kind = "" if begin else template.parts[0][1]
        place = low.find(literal)
        for _ in range(_MAX_PLACES):
            if place < 0:
                return
            if begin:
                yield place
            elif kind not in OPEN:
                before = text[max(0, place - _MAX_LOOK_BACK) : place]
                if kind in _ONE_WORD and not before[-1:].isspace():
                    before = before[before.replace("\n", " ").rfind(" ") + 1 :]  # the pattern could start anywhere
                value = re.search(rf"(?:{KINDS[kind]})\Z", before)
                if value:
                    yield place - len(before) + value.start()
            place = low.find(literal, place + 1)


def _literal(template: Template) -> str:
    """Return the first literal of a template, empty if it has none."""
    parts = template.parts
    return parts[0] if type(parts[0]) is str else parts[1] if len(parts) > 1 else ""


def stands_alone(found: Found, text: str) -> bool:
    """Tell whether a text contains nothing besides a message."""
    before = found.before
    if before and (before >= _FAR or pattern(BULLET).match(text)):  # a list item is not a whole text
        return False
    if before and pattern(_NO_WORDS).match(text, 0, before) is None:
        return False
    return _is_rest(text, found.end)


def _is_rest(text: str, position: int) -> bool:
    """Tell whether a position is followed by no words except those that clients append."""
    size = len(text)
    if position == size:
        return True
    if size - position >= _FAR:
        return False
    return pattern(_NO_WORDS).match(text, position) is not None or units.is_appended(text, position)
