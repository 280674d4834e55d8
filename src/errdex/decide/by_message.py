"""Candidates from messages: the templates that the texts of a raw error hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from errdex.decide.candidate import CONTRADICTED, FAMILY, FULL, Candidate, contradicts, family_rank
from errdex.decide.conditions import holds
from errdex.match.message_finder import MessageFinder
from errdex.match.template_matcher import Found, TemplateMatcher, stands_alone
from errdex.match.word_index import WordIndex
from errdex.model.category import Basis, Category
from errdex.read.evidence import Evidence, Message
from errdex.read.vocabulary import Vocabulary
from errdex.rules.compiled import Entry, Rules

_SPENT: Final = (Category.BILLING, Category.QUOTA)
_SUPPORT_SPAN: Final = 300  # characters around a short text in which a cue supports it


class TemplateMatches:
    """The templates that the messages of one raw error hold; each is looked for once, however often it is asked for."""

    def __init__(self, index: WordIndex, matcher: TemplateMatcher, finder: MessageFinder) -> None:
        self._index = index
        self._matcher = matcher
        self._finder = finder
        self._possible: dict[int, list[int]] = {}
        self._found: dict[tuple[int, int], Found | None] = {}

    def limit(self, message: Message, templates: list[int]) -> None:
        """Note the only templates that a message may hold, the longest first, where a scanner has told them."""
        self._possible[id(message)] = templates

    def possible(self, message: Message) -> list[int]:
        """Return the templates of which a message shows enough, the longest first."""
        numbers = self._possible.get(id(message))
        if numbers is None:
            numbers = self._matcher.shown_in(self._index.candidates(message.words), message.low)
            self._possible[id(message)] = numbers
        return numbers

    def find(self, message: Message, number: int) -> Found | None:
        """Return where a message holds a template; None where it does not."""
        key = id(message), number
        if key not in self._found:
            self._found[key] = self._finder.find(number, message.lines, message.low, message.starts, message.known)
        return self._found[key]


class MessageCandidates:
    """Finds the candidates of messages, in one catalog.

    Attributes:
        index: Its word index.
        matcher: Holds its templates against texts.
        finder: Tells where messages may stand.
    """

    def __init__(self, rules: Rules, vocabulary: Vocabulary) -> None:
        self._rules = rules
        self._vocabulary = vocabulary
        self.index = WordIndex(rules)
        self.matcher = TemplateMatcher(rules)
        self.finder = MessageFinder(rules, self.matcher, vocabulary.prefixes, vocabulary.labels)

    def matches(self) -> TemplateMatches:
        """Return an empty record of what is found in one raw error."""
        return TemplateMatches(self.index, self.matcher, self.finder)

    def candidates(
        self, evidence: Evidence, hint: int | None, pointed: list[str], matches: TemplateMatches
    ) -> Iterator[Candidate]:
        """Yield the candidate of each template in each message, in no order.

        Args:
            evidence: What a raw error shows.
            hint: The status that the caller knows.
            pointed: Providers that it points to.
            matches: What has been found in it already.
        """
        for message in evidence.messages:
            for number in matches.possible(message):
                candidate = self.candidate(number, message, evidence, hint, pointed, matches)
                if candidate:
                    yield candidate

    def candidate(
        self,
        number: int,
        message: Message,
        evidence: Evidence,
        hint: int | None,
        pointed: list[str],
        matches: TemplateMatches,
    ) -> Candidate | None:
        """Return the candidate of one template in one message; None where the message does not hold it, or alone."""
        found = matches.find(message, number)
        if found is None:
            return None
        template = self._rules.templates[number]
        entry = self._rules.entries[template.entry]
        if entry.support and not self._supported(found, message, hint):
            return None
        status = hint or message.status_near(found.start, found.end) or _elsewhere(evidence, message)
        if template.conditions and not holds(template.conditions, evidence, status):
            return None
        cue = entry.provider in pointed
        rank = self._rank(entry, evidence, status)
        values, low = found.values, message.low
        return Candidate(rank, entry, Basis.MESSAGE, cue, found.literal, found.cut, status, values, low, None)

    def _rank(self, entry: Entry, evidence: Evidence, status: int | None) -> int:
        if entry.provider == "http" and contradicts(entry, status):
            return CONTRADICTED  # anybody's words do not stand against the status that was seen
        if entry.provider == "http" and entry.retryable and self._is_spent(evidence):
            return FAMILY  # nor against a code of money or allowances: a retry would cost more of it
        return family_rank(entry, status) if entry.kind == "family" else FULL

    def _is_spent(self, evidence: Evidence) -> bool:
        """Tell whether a machine code says that money or an allowance is used up."""
        rules = self._rules
        items = (item for code in evidence.codes for item in rules.codes.get(code, ()))
        return any(rules.entries[rules.items[item][0]].category in _SPENT for item in items)

    def _supported(self, found: Found, message: Message, hint: int | None) -> bool:
        """Tell whether anything beside a short wording says that it reports an error."""
        if message.known or hint or (message.supported and found.before in message.starts):
            return True
        text = message.text
        if message.lines.is_code(found.start) or message.lines.is_item(found.start):
            return False
        if message.whole and not any(map(str.isdigit, text[: found.before])) and stands_alone(found, text):
            return True  # behind a time or a number it is a line of some log
        start = text.rfind("\n", 0, found.start) + 1
        end = text.find("\n", found.end)
        end = len(text) if end < 0 else end
        start, end = max(start, found.start - _SUPPORT_SPAN), min(end, found.end + _SUPPORT_SPAN)
        beside = [seen.position for seen in message.statuses] + [seen.position for seen in message.exceptions]
        if any(start <= position <= end for position in beside):
            return True
        return self._vocabulary.providers.mentioned((text[start : found.start] + text[found.end : end]).lower())


def _elsewhere(evidence: Evidence, message: Message) -> int | None:
    """Return the status of the whole, unless it was read inside the message."""
    inside = message.statuses and any(seen.status == evidence.status for seen in message.statuses)
    return None if inside else evidence.status
