"""Fast path: a full template outranks everything else, so families, codes, classes and statuses are skipped."""

from __future__ import annotations

from collections.abc import Iterator

from errdex.decide.by_message import TemplateMatches
from errdex.decide.candidate import FULL, Candidate
from errdex.decide.decider import Decider
from errdex.match.template_matcher import stands_alone
from errdex.read.evidence import Evidence
from errdex.read.hints import Hints
from errdex.rules.compiled import Rules


class FullTemplates:
    """Looks for the best candidate among the full templates first, for one catalog."""

    def __init__(self, rules: Rules, decider: Decider) -> None:
        self._rules = rules
        self._decider = decider

    def best(self, evidence: Evidence, hints: Hints, matches: TemplateMatches) -> Candidate | None:
        """Return the best candidate, or None; `matches` are the templates already found in the messages."""
        pointed = [hints.provider] if hints.provider else evidence.providers
        found = self._decider.order(list(self._full(evidence, hints.status, pointed, matches)), hints.provider)
        if found and found[0].rank == FULL:
            return found[0]
        return next(iter(self._decider.candidates(evidence, hints, matches)), None)

    def _full(
        self, evidence: Evidence, hint: int | None, pointed: list[str], matches: TemplateMatches
    ) -> Iterator[Candidate]:
        """Yield the candidates of messages, except families and those that a longer message is sure to outrank."""
        candidate_of = self._decider.by_message.candidate
        for message in evidence.messages:
            enough = 0
            possible = matches.possible(message)
            for number in possible:
                template = self._rules.templates[number]
                if template.literal < enough:
                    break
                if self._rules.entries[template.entry].kind == "family":
                    continue
                candidate = candidate_of(number, message, evidence, hint, pointed, matches)
                if candidate is None:
                    continue
                found = matches.find(message, number)
                decides = candidate.rank == FULL and not candidate.cut and (candidate.cue or not pointed)
                if found and decides and number != possible[-1] and stands_alone(found, message.text):
                    enough = found.literal  # nothing shorter can win
                yield candidate
