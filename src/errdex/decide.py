"""Evidence → candidates in one total order; the first is the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from errdex.candidate import CONTRADICTED, FAMILY, FULL, Candidate, contradicts, family_rank
from errdex.catalog.compiled import Rules
from errdex.catalog.normal import fold, normalise
from errdex.evidence.conditions import holds
from errdex.evidence.cues import Cues
from errdex.evidence.evidence import Evidence, Message
from errdex.facts import Facts
from errdex.hints import Hints
from errdex.matching.agreement import Agreement, Found, stands_alone, whole
from errdex.matching.index import WordIndex
from errdex.matching.places import Finder
from errdex.taxonomy import Basis, Category

_SPENT: Final = (Category.BILLING, Category.QUOTA)
_SUPPORT_SPAN: Final = 300  # characters around a short text in which a cue supports it


class Decider:
    """Finds and orders the candidates for one catalog."""

    def __init__(self, rules: Rules, cues: Cues) -> None:
        self._rules = rules
        self._cues = cues
        self.index = WordIndex(rules)
        self.agreement = Agreement(rules)
        self.finder = Finder(rules, self.agreement, cues.prefixes, cues.labels)
        self._facts = Facts(rules, cues)

    def whole(self, text: str, templates: list[int], nameless: bool, status: int | None = None) -> Candidate | None:
        """Return the one message that a text is from its first to its last word, if no other could be it as well.

        Args:
            text: The text.
            templates: Those that it may hold, the longest first.
            nameless: Whether nothing names a provider, so that a message of any API or of a gateway is just that.
            status: The status that belongs to it.
        """
        if not text.lstrip()[:1].isalpha():
            return None  # a quote, a number or a bullet may stand before the message
        text = normalise(text).strip()
        low = fold(text)
        starts = self.finder.starts(low)
        best: Candidate | None = None
        for number in templates:
            template = self._rules.templates[number]
            if best and template.literal < best.literal:
                break
            values = whole(template, text, low, starts)
            if values is None:
                continue
            entry = self._rules.entries[template.entry]
            if entry.kind == "family":
                continue
            if best or template.conditions:
                return None
            if not nameless and (entry.provider == "http" or entry.provider in self._cues.providers.gateways):
                return None
            if entry.provider == "http" and contradicts(entry, status):
                return None
            best = Candidate(FULL, entry, Basis.MESSAGE, False, template.literal, False, status, values, low, None)
        return best

    def finds_any(self, message: Message, among: list[int] | None = None) -> bool:
        """Tell whether a text holds any template; `among` are the only ones that it may, if that is known."""
        if among is not None:
            among = self.agreement.shown_in(among, message.low)
            if not among:
                return False  # told without its words
        numbers = self.index.candidates(self._cues.words_in(message.text), among)
        if among is None:
            numbers = self.agreement.shown_in(numbers, message.low)
        return any(
            self.finder.find(number, message.lines, message.low, message.starts, message.known) for number in numbers
        )

    def best(self, evidence: Evidence, hints: Hints) -> Candidate | None:
        """Return the first of `candidates`, without the work for the others where a full template decides."""
        pointed = [hints.provider] if hints.provider else evidence.providers
        full = list(self._templates(evidence, hints.status, pointed, families=False))
        found = self._order(full, hints.provider)
        if found and found[0].rank == FULL:
            return found[0]
        return next(iter(self.candidates(evidence, hints)), None)

    def candidates(self, evidence: Evidence, hints: Hints) -> list[Candidate]:
        """Return the candidates, best first."""
        pointed = [hints.provider] if hints.provider else evidence.providers
        status = hints.status
        found = list(self._templates(evidence, status, pointed))
        found += self._facts.candidates(evidence, status, pointed, bool(found))
        return self._order(found, hints.provider)

    def _order(self, found: list[Candidate], provider: str | None) -> list[Candidate]:
        if provider:
            allowed = {provider, "http", *self._cues.providers.gateways}
            found = [candidate for candidate in found if candidate.entry.provider in allowed]
        if len(found) > 1:
            found.sort(key=lambda candidate: candidate.order)
            found = _share(_distinct(found))
        return found

    def _templates(
        self, evidence: Evidence, hint: int | None, pointed: list[str], families: bool = True
    ) -> Iterator[Candidate]:
        for message in evidence.messages:
            enough = 0
            if message.templates is None:
                message.templates = self.agreement.shown_in(self.index.candidates(message.words), message.low)
            for number in message.templates:
                template = self._rules.templates[number]
                if template.literal < enough:
                    break
                entry = self._rules.entries[template.entry]
                if entry.kind == "family" and not families:
                    continue
                if number not in message.found:
                    message.found[number] = self.finder.find(
                        number, message.lines, message.low, message.starts, message.known
                    )
                found = message.found[number]
                if found is None:
                    continue
                if entry.support and not self._supported(found, message, evidence, hint):
                    continue
                status = hint or message.status_near(found.start, found.end) or self._elsewhere(evidence, message)
                if template.conditions and not holds(template.conditions, evidence, status):
                    continue
                rank = family_rank(entry, status) if entry.kind == "family" else FULL
                if entry.provider == "http" and contradicts(entry, status):
                    rank = CONTRADICTED  # anybody's words do not stand against the status that was seen
                elif entry.provider == "http" and entry.retryable and self._is_spent(evidence):
                    rank = FAMILY  # nor against a code of money or allowances: a retry would cost more of it
                cue = entry.provider in pointed
                others = number != message.templates[-1] and not families  # that are shorter, and still to come
                if others and not found.cut and (cue or not pointed) and stands_alone(found, message.text):
                    enough = found.literal  # nothing shorter can win
                yield Candidate(
                    rank, entry, Basis.MESSAGE, cue, found.literal, found.cut, status, found.values, message.low, None
                )

    def _is_spent(self, evidence: Evidence) -> bool:
        """Tell whether a machine code says that money or an allowance is used up."""
        rules = self._rules
        items = (item for code in evidence.codes for item in rules.codes.get(code, ()))
        return any(rules.entries[rules.items[item][0]].category in _SPENT for item in items)

    @staticmethod
    def _elsewhere(evidence: Evidence, message: Message) -> int | None:
        """Return the status of the whole, unless it was read inside the message."""
        inside = message.statuses and any(seen.status == evidence.status for seen in message.statuses)
        return None if inside else evidence.status

    def _supported(self, found: Found, message: Message, evidence: Evidence, hint: int | None) -> bool:
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
        cues = [seen.position for seen in message.statuses] + [seen.position for seen in message.exceptions]
        if any(start <= position <= end for position in cues):
            return True
        return self._cues.providers.mentioned((text[start : found.start] + text[found.end : end]).lower())


def _distinct(found: list[Candidate]) -> list[Candidate]:
    """Leave out messages cut off where two providers' still agree, if nothing points to one of the two."""
    best = found[0]
    if best.rank != FULL or not best.cut:
        return found
    alike = [other for other in found if other.rank == FULL and other.cut and other.cue == best.cue]
    if len({other.entry.provider for other in alike if other.literal == best.literal}) < 2:
        return found
    return [other for other in found if other not in alike]


def _share(found: list[Candidate]) -> list[Candidate]:
    """Where providers share a wording and nothing tells them apart, put the shared http entry first."""
    if not found:
        return found
    best = found[0]
    if best.rank != FULL or best.cue or best.entry.provider == "http":
        return found
    for place, other in enumerate(found[1:], 1):
        if other.rank != best.rank or other.literal != best.literal:
            break
        if other.entry.provider == "http":
            return [other, *found[:place], *found[place + 1 :]]
    return found
