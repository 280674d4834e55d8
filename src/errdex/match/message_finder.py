"""Where in a text a message may be: the rules that keep quoted and merely mentioned messages from deciding.

In a known message field, a message starts at the start of the field or after a wrapper head. In free text it starts at
the start of the text or of a line, after a label, or as a quotation after a label.
"""

from __future__ import annotations

from collections.abc import Iterator

from errdex.match.template_matcher import Found, TemplateMatcher
from errdex.model.type_names import Final, Protocol
from errdex.read.lines import Lines
from errdex.rules import Pattern, pattern, units
from errdex.rules.compiled import Rules
from errdex.rules.tables import Template

_LONG: Final = 32  # with at least this weight, a message in a log needs no label before it
_LONG_TEXT: Final = 4_000  # characters
_MAX_QUOTES: Final = 3  # before a message
_MAX_PREFIXES: Final = 4  # before a message inside a text
_AT_ONCE: Final = [0]
_HEAD: Final = 2
"""Characters by which prefixes are looked up; all have at least as many."""
_NEAR: Final = 4  # characters before a sentence in which its beginning shows
_BEFORE_SENTENCE: Final[Pattern] = r"(?:^|\n|[:.!|\]-] |： ?)['(]?$"
_SENTENCE_END: Final[Pattern] = r"[.!](?= |\n|$)|\n"
_QUOTE: Final[Pattern] = r"(?<!\w)'|'(?!\w)"  # no apostrophe


class Surroundings(Protocol):
    """Judges what precedes a position; depends on the catalog's names and labels."""

    def introduces(self, lines: Lines, position: int) -> bool:
        """Tell whether a message may begin at a position inside free text."""

    def opens_line(self, lines: Lines, position: int) -> bool:
        """Tell whether only decoration precedes a position on its line."""

    def follows_log_head(self, lines: Lines, position: int) -> bool:
        """Tell whether a position follows what a logger writes before a message."""

    def names_before(self, text: str, position: int) -> bool:
        """Tell whether a position in a message field is preceded by a client's own words."""


class MessageFinder:
    """Finds templates in texts.

    Args:
        rules: The compiled catalog.
        matcher: Matches its templates against texts.
        prefixes: Prefixes that providers put before messages, folded.
        surroundings: Judges what precedes a position.
    """

    def __init__(self, rules: Rules, matcher: TemplateMatcher, prefixes: list[str], surroundings: Surroundings) -> None:
        self._templates = rules.templates
        self._matcher = matcher
        self._prefixes = tuple(prefixes)
        self._by_head: dict[str, list[str]] = {}
        for prefix in prefixes:
            self._by_head.setdefault(prefix[:_HEAD], []).append(prefix)
        self._surroundings = surroundings

    def find(self, number: int, lines: Lines, low: str, starts: list[int], known: bool) -> Found | None:
        """Find a template in a text and return its best match; None if it is not there.

        Args:
            number: Number of the template.
            lines: The text, by lines.
            low: The text, folded.
            starts: Indexes at which a message may start: 0, and where wrapper heads end.
            known: Whether the text is the value of a message field.
        """
        template = self._templates[number]
        best: Found | None = None
        for found in self._all(number, template, lines, low, starts, known):
            if best is None or found.literal > best.literal:
                best = found
                if found.literal >= template.literal:
                    break
        return best

    def find_inside(self, number: int, lines: Lines, low: str) -> Found | None:
        """Find a template anywhere in the text of an error, whatever precedes it; None if it is not there.

        Only the whole message counts, and not what the text quotes after words of its own.
        """
        for start in self._matcher.occurrences(number, lines.text, low):
            if low[start - 1 : start].isalnum() or self._is_quoted(lines, start):
                continue
            found = self._matcher.at(number, lines.text, low, start, start, True, False)
            if found and not found.cut:
                return found
        return None

    def find_sentence(self, number: int, lines: Lines, low: str) -> Found | None:
        """Find a template that is a sentence by itself in the text of an error; None if it is not there."""
        text = lines.text
        for start in self._matcher.occurrences(number, text, low):
            before = text[max(0, start - _NEAR) : start]
            if not pattern(_BEFORE_SENTENCE).search(before) or self._is_quoted(lines, start):
                continue
            end = pattern(_SENTENCE_END).search(text, start)
            found = self._matcher.sentence(number, text, low, start, end.start() if end else len(text))
            if found:
                return found
        return None

    def _is_quoted(self, lines: Lines, start: int) -> bool:
        """Tell whether a position is in a quotation that no label introduces."""
        quotation = start - 1 if lines.text[start - 1 : start] == "'" else lines.quotation_at(start)
        begin = lines.at(start)[0]
        if begin and not any(map(str.isalnum, lines.text[begin:start])):
            return len(pattern(_QUOTE).findall(lines.text, 0, start)) % 2 > 0  # one that began on a line before
        spoken = any(map(str.isalnum, lines.text[begin : max(0, quotation)]))
        return spoken and not self._surroundings.introduces(lines, quotation + 1)

    def is_begun(self, found: Found, lines: Lines, low: str) -> bool:
        """Tell whether a message may be where `TemplateMatcher.everywhere` found it in free text."""
        front = self._before_prefixes(low, found.start)
        if not front:
            begins: bool | None = False
        elif front <= _MAX_QUOTES:
            return False  # perhaps only quotes and whitespace precede it, which `find` handles
        else:
            begins = self._begins(self._templates[found.template], lines, front)
        if begins is None:
            return False
        return begins or units.ends(lines.text, found.end, len(low), closed=False)

    def starts(self, low: str) -> list[int]:
        """Return where a message with nothing before it may start: at 0, or after a provider's prefix."""
        some = self._by_head.get(low[:_HEAD])
        if some is None:
            return _AT_ONCE
        return [0, *[len(prefix) for prefix in some if low.startswith(prefix)]]

    def _prefixes_at(self, low: str, position: int) -> list[str]:
        """Return the prefixes at a position."""
        some = self._by_head.get(low[position : position + _HEAD])
        return [prefix for prefix in some if low.startswith(prefix, position)] if some else []

    def _all(
        self, number: int, template: Template, lines: Lines, low: str, starts: list[int], known: bool
    ) -> Iterator[Found]:
        """Yield every match of a template."""
        text, begin = lines.text, self._matcher.heads[number]
        for place in self._at_starts(begin, text, low, starts):
            found = self._matcher.at(number, text, low, *place, known)
            if found:
                yield found
        # Judging what surrounds a position is the most expensive step, so it comes last; in a long text it comes first,
        # because many templates share positions, and each position is judged only once.
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
        """Yield where the prefix and the message itself may begin, and whether the message follows a quote."""
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
        """Tell whether a position in a message field is introduced by a client's own words."""
        return self._surroundings.introduces(lines, start) and self._surroundings.names_before(lines.text, start)

    def _before_prefixes(self, low: str, start: int) -> int:
        """Return where the prefixes before a message begin; `start` if there are none."""
        for _ in range(_MAX_PREFIXES):
            if not low.endswith(self._prefixes, 0, start):
                break
            start -= next(len(prefix) for prefix in self._prefixes if low.endswith(prefix, 0, start))
        return start

    def _begins(self, template: Template, lines: Lines, start: int) -> bool | None:
        """Return whether a message that begins at a position is quoted; None if no message may begin there."""
        if self._surroundings.introduces(lines, start):
            return lines.text[start - 1] == "'" and not self._surroundings.opens_line(lines, start)
        if self._surroundings.opens_line(lines, start):
            return False
        if template.weight >= _LONG and self._surroundings.follows_log_head(lines, start):
            return False
        return None
