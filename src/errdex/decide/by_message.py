"""Candidates from messages: the templates that match the texts of a raw error."""

from __future__ import annotations

from collections.abc import Iterator

from errdex.decide.candidate import (
    CONTRADICTED,
    FAMILY,
    FULL,
    GENERIC,
    INSIDE,
    Candidate,
    contradicts,
    family_rank,
    item_rank,
)
from errdex.decide.conditions import holds
from errdex.match.message_finder import MessageFinder
from errdex.match.template_matcher import MOST, Found, TemplateMatcher, stands_alone
from errdex.match.word_index import WordIndex
from errdex.model.category import Basis, Category
from errdex.model.type_names import Final
from errdex.read.evidence import Evidence, Message
from errdex.read.vocabulary import Vocabulary
from errdex.rules.compiled import Rules
from errdex.rules.holes import OPEN
from errdex.rules.tables import Entry, Template

_UNMISTAKABLE: Final = 60
"""Outside a message field, a message with so many literal characters counts although the status says otherwise."""
_STATUS_ALONE: Final = {"status"}
LONG: Final = 24  # weight with which a message counts in the middle of a text
_PREFIX: Final = 20  # weight; a family with less names no more than a prefix
_SPENT: Final = (Category.BILLING, Category.QUOTA)
_OWN: Final = (Category.RATE_LIMIT, Category.CONTEXT_LENGTH, Category.CONTENT_FILTER)
"""Categories of which databases, shops and build tools do not speak in the same few words."""
_SUPPORT_SPAN: Final = 300  # characters around a short wording in which other evidence supports it


class TemplateMatches:
    """The templates that match the messages of one raw error; each is searched for only once and then cached."""

    def __init__(self, index: WordIndex, matcher: TemplateMatcher, finder: MessageFinder) -> None:
        self._index = index
        self._matcher = matcher
        self._finder = finder
        self._among: list[int] | None = None
        self._possible: dict[int, list[int]] = {}
        self._found: dict[tuple[int, int], Found | None] = {}

    def among(self, templates: list[int]) -> None:
        """Limit all messages to the templates whose key words the whole text has, the longest first."""
        self._among = templates

    def limit(self, message: Message, templates: list[int]) -> None:
        """Limit a message to the templates that it may contain according to a scanner, the longest first."""
        enough = len(templates) <= MOST
        self._possible[id(message)] = templates if enough else self._matcher.shown_in(templates, message.low)

    def possible(self, message: Message) -> list[int]:
        """Return the templates of which a message contains enough literals, the longest first."""
        numbers = self._possible.get(id(message))
        if numbers is None:
            numbers = self._matcher.shown_in(self._index.candidates(message.words, self._among), message.low)
            self._possible[id(message)] = numbers
        return numbers

    def find(self, message: Message, number: int) -> Found | None:
        """Return where a message contains a template; None if it does not."""
        key = id(message), number
        if key not in self._found:
            self._found[key] = self._finder.find(number, message.lines, message.low, message.starts, message.known)
        return self._found[key]


class MessageCandidates:
    """Finds the candidates of messages, for one catalog.

    Attributes:
        index: The word index.
        matcher: Matches templates against texts.
        finder: Finds templates where a message may be.
    """

    def __init__(self, rules: Rules, vocabulary: Vocabulary) -> None:
        self._rules = rules
        self._vocabulary = vocabulary
        self.index = WordIndex(rules)
        self.matcher = TemplateMatcher(rules)
        self.finder = MessageFinder(rules, self.matcher, vocabulary.prefixes, vocabulary.labels)

    def matches(self) -> TemplateMatches:
        """Return an empty cache of the templates found in one raw error."""
        return TemplateMatches(self.index, self.matcher, self.finder)

    def candidates(
        self, evidence: Evidence, hint: int | None, pointed: list[str], matches: TemplateMatches
    ) -> Iterator[Candidate]:
        """Yield the candidate of each template in each message, in no particular order.

        Args:
            evidence: The evidence from a raw error.
            hint: The HTTP status given by the caller.
            pointed: Providers that a hint or the evidence points to.
            matches: The templates already found in the raw error.
        """
        found = False
        for message in evidence.messages:
            for number in matches.possible(message):
                candidate = self.candidate(number, message, evidence, hint, pointed, matches)
                if candidate:
                    found = True
                    yield candidate
        if evidence.asserted and not found:
            for message in evidence.messages:
                for number in matches.possible(message):
                    candidate = self._inside(number, message, evidence, hint, pointed)
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
        """Return the candidate of one template in one message; None if it does not match, or lacks support."""
        found = matches.find(message, number)
        if found is None:
            return None
        template = self._rules.templates[number]
        entry = self._rules.entries[template.entry]
        if entry.support and not self._supported(found, message, evidence, hint):
            return None
        status = hint or message.status_near(found.start, found.end) or _elsewhere(evidence, message)
        if template.conditions and not holds(template.conditions, evidence, status):
            return None
        cue = entry.provider in pointed
        rank = self._rank(entry, evidence, status, template, pointed)
        # Of two entries with one wording, the one that asks for more of the evidence is meant.
        literal = found.literal + (template.conditions is not None and template.conditions.keys() != _STATUS_ALONE)
        values, low = found.values, message.low
        return Candidate(rank, entry, Basis.MESSAGE, cue, literal, found.cut, status, values, low, None)

    def _inside(
        self, number: int, message: Message, evidence: Evidence, hint: int | None, pointed: list[str]
    ) -> Candidate | None:
        """Return the candidate of a template in the middle of a text that is an error; None if it is not there.

        A short wording must be a sentence by itself, and yields to the words around it.
        """
        template = self._rules.templates[number]
        entry = self._rules.entries[template.entry]
        if template.conditions or template.generic or entry.kind == "family":
            return None
        is_short = entry.support or template.weight < LONG
        if is_short and (entry.category not in _OWN or entry.provider not in ("http", *pointed)):
            return None
        find = self.finder.find_sentence if is_short else self.finder.find_inside
        found = find(number, message.lines, message.low)
        if found is None:
            return None
        status = hint or message.status_near(found.start, found.end) or _elsewhere(evidence, message)
        if contradicts(entry, status) and (message.known or found.literal < _UNMISTAKABLE):
            return None
        cue = entry.provider in pointed
        rank = GENERIC if is_short else INSIDE
        return Candidate(rank, entry, Basis.MESSAGE, cue, found.literal, False, status, found.values, message.low, None)

    def _rank(
        self, entry: Entry, evidence: Evidence, status: int | None, template: Template, pointed: list[str]
    ) -> int:
        if template.generic:
            return item_rank(entry, True, status)
        if entry.provider == "http" and contradicts(entry, status):
            return CONTRADICTED  # a shared wording counts for less than the status that was seen
        if entry.provider == "http" and entry.retryable and self._is_spent(evidence):
            return FAMILY  # and for less than a billing or quota code: a retry would cost more
        if entry.kind != "family":
            return FAMILY if template.literal < LONG and self._is_anothers(entry, pointed) else FULL
        # The words behind a mere prefix, such as `invalid request: `, say more than the prefix.
        last = template.parts[-1]
        is_prefix = template.weight < _PREFIX and type(last) is not str and last[1] in OPEN
        is_prefix &= entry.category == Category.INVALID_REQUEST  # others name what is wrong
        return GENERIC if is_prefix and not contradicts(entry, status) else family_rank(entry, status)

    def _is_anothers(self, entry: Entry, pointed: list[str]) -> bool:
        """Tell whether an entry is of another provider than the one to which the evidence points.

        If its wording is short, others send it too, and a family of the provider's own, or a code, says more.
        """
        providers = self._vocabulary.providers
        if entry.provider in pointed or entry.provider == "http" or entry.provider in providers.gateways:
            return False
        return not providers.vague.issuperset(pointed)

    def _is_spent(self, evidence: Evidence) -> bool:
        """Tell whether a machine code stands for a billing or quota error."""
        rules = self._rules
        items = (item for code in evidence.codes for item in rules.codes.get(code, ()))
        return any(rules.entries[rules.items[item][0]].category in _SPENT for item in items)

    def _supported(self, found: Found, message: Message, evidence: Evidence, hint: int | None) -> bool:
        """Tell whether anything besides a short wording shows that it reports an error."""
        if evidence.asserted and not message.lines.is_code(found.start):
            return True
        if message.known or hint or (message.supported and found.before in message.starts):
            return True
        text = message.text
        if message.lines.is_code(found.start) or message.lines.is_item(found.start):
            return False
        if message.whole and not any(map(str.isdigit, text[: found.before])) and stands_alone(found, text):
            return True  # after a time or a number it would be a line of some log
        start = text.rfind("\n", 0, found.start) + 1
        end = text.find("\n", found.end)
        end = len(text) if end < 0 else end
        start, end = max(start, found.start - _SUPPORT_SPAN), min(end, found.end + _SUPPORT_SPAN)
        beside = [seen.position for seen in message.statuses] + [seen.position for seen in message.exceptions]
        if any(start <= position <= end for position in beside):
            return True
        return self._vocabulary.providers.mentioned((text[start : found.start] + text[found.end : end]).lower())


def _elsewhere(evidence: Evidence, message: Message) -> int | None:
    """Return the status of the evidence as a whole, unless it was read inside the message."""
    inside = message.statuses and any(seen.status == evidence.status for seen in message.statuses)
    return None if inside else evidence.status
