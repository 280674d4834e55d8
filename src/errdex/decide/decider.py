"""Turns evidence into candidates in a total order; the first one is the answer."""

from __future__ import annotations

from errdex.decide.by_message import MessageCandidates, TemplateMatches
from errdex.decide.by_signal import SignalCandidates
from errdex.decide.by_wording import WordingCandidates, is_foreign
from errdex.decide.candidate import FAMILY, FULL, Candidate
from errdex.read.evidence import Evidence
from errdex.read.hints import ERRORS, Hints
from errdex.read.signals.retry_after import from_message
from errdex.read.vocabulary import Vocabulary
from errdex.rules.compiled import Rules
from errdex.wording.features import without_quotations
from errdex.wording.linear_model import WordingModel


class Decider:
    """Finds and orders the candidates, for one catalog.

    Attributes:
        by_message: Finds the candidates from messages.
        by_signal: Finds the candidates from codes, fields, classes and statuses.
        by_wording: Finds the candidate of the wording model.
    """

    def __init__(
        self, rules: Rules, vocabulary: Vocabulary, by_message: MessageCandidates, model: WordingModel
    ) -> None:
        self._vocabulary = vocabulary
        self._gateways = vocabulary.providers.gateways
        self.by_message = by_message
        self.by_signal = SignalCandidates(rules, vocabulary)
        self.by_wording = WordingCandidates(rules, model, vocabulary.providers.names)

    def candidates(self, evidence: Evidence, hints: Hints, matches: TemplateMatches | None = None) -> list[Candidate]:
        """Return the candidates, best first; `matches` are the templates already found in the messages."""
        pointed = [hints.provider] if hints.provider else evidence.providers
        matches = matches or self.by_message.matches()
        found = self._allowed(
            list(self.by_message.candidates(evidence, hints.status, pointed, matches)), hints.provider
        )
        if any(candidate.rank <= FAMILY for candidate in found):
            found += self.by_signal.candidates(evidence, hints.status, pointed, recognised=True)
            return self.order(found, hints.provider)
        judgement = self.by_wording.judge(evidence, hints.status)
        shown = self._is_shown(evidence, hints)
        named = bool(evidence.providers or hints.provider)
        foreign = not shown and judgement is not None and is_foreign(judgement, evidence, named)
        foreign = foreign and not self.by_wording.repeats_status(evidence, hints.status)
        recognised = bool(found) or (evidence.asserted and not foreign)
        found += self.by_signal.candidates(evidence, hints.status, pointed, recognised)
        found = self.order(found, hints.provider)
        if foreign or judgement is None or (found and found[0].rank <= FAMILY):
            return found
        if found and self.by_wording.is_bare(evidence, hints.status, found):
            return found
        if found or shown or (evidence.asserted and not self.by_wording.is_guess(judgement)):
            status = hints.status or evidence.status_or_told
            best = self.by_wording.candidate(judgement, status, _promise(evidence), found)
            found = [best, *(other for other in found if other.rank < best.rank or other.entry is not best.entry)]
        return self.order(found, hints.provider)

    def _is_shown(self, evidence: Evidence, hints: Hints) -> bool:
        """Tell whether anything other than the words shows that this is an error of an API."""
        return (
            evidence.strong
            or evidence.error
            or evidence.told is not None
            or (hints.status is not None and hints.status >= ERRORS)
            or hints.code is not None
            or any(self._vocabulary.providers.owner_of(seen.path) for seen in evidence.exceptions)
        )

    def _allowed(self, found: list[Candidate], provider: str | None) -> list[Candidate]:
        """Return the candidates of a provider that the caller names, of `http` and of gateways."""
        if not provider:
            return found
        allowed = {provider, "http", *self._gateways}
        return [candidate for candidate in found if candidate.entry.provider in allowed]

    def order(self, found: list[Candidate], provider: str | None) -> list[Candidate]:
        """Sort candidates, best first; with a provider, keep only those of that provider, `http` and gateways."""
        found = self._allowed(found, provider)
        if len(found) > 1:
            found.sort(key=lambda candidate: candidate.order)
            found = _share(_distinct(found))
        return found


def _promise(evidence: Evidence) -> float | None:
    """Return the seconds after which a message says that a limit opens again, or None."""
    waits = (from_message(without_quotations(message.low)) for message in evidence.messages)
    return next((wait for wait in waits if wait is not None), None)


def _distinct(found: list[Candidate]) -> list[Candidate]:
    """Leave out truncated messages that fit two providers equally well, unless something points to one of them."""
    best = found[0]
    if best.rank != FULL or not best.cut:
        return found
    alike = [other for other in found if other.rank == FULL and other.cut and other.cue == best.cue]
    if len({other.entry.provider for other in alike if other.literal == best.literal}) < 2:
        return found
    return [other for other in found if other not in alike]


def _share(found: list[Candidate]) -> list[Candidate]:
    """Put the shared `http` entry first if providers share a wording and nothing tells them apart."""
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
