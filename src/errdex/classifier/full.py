"""The reference: reads all evidence from a raw error and ranks every candidate.

Every fast path (see `fast`) must give the same answer; `tests/engines` checks that.
"""

from __future__ import annotations

from functools import cached_property

from errdex.decide.answer import NO_ERROR, Answers
from errdex.decide.by_message import MessageCandidates
from errdex.decide.candidate import Candidate
from errdex.model.classification import Classification
from errdex.model.type_names import TYPE_CHECKING
from errdex.read.evidence import Evidence
from errdex.read.hints import NO_HINTS, Hints
from errdex.read.raw_text import as_text, is_exception
from errdex.read.vocabulary import Vocabulary
from errdex.rules.compiled import Rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from errdex.classifier.exception_chain import ExceptionChain
    from errdex.decide.decider import Decider
    from errdex.read.dispatch import RawReader
    from errdex.wording.linear_model import WordingModel


class Full:
    """Turns raw errors into evidence, all candidates in a total order, and the answer, for one catalog.

    Attributes:
        rules: The compiled catalog.
        vocabulary: What reading text needs from the catalog.
        by_message: Finds the candidates from messages.
        answers: Turns candidates into answers.
    """

    def __init__(self, rules: Rules, model: WordingModel | None = None) -> None:
        self.rules = rules
        self.vocabulary = Vocabulary(rules)
        self.by_message = MessageCandidates(rules, self.vocabulary)
        self.answers = Answers(rules, self.vocabulary)
        self._model = model

    @cached_property
    def reader(self) -> RawReader:
        """Turns raw errors into evidence; made on first use, as a known message does without it."""
        from errdex.read.dispatch import RawReader

        return RawReader(self.vocabulary)

    @cached_property
    def decider(self) -> Decider:
        """Turns evidence into candidates; made on first use."""
        from errdex.decide.decider import Decider
        from errdex.wording.linear_model import WordingModel

        return Decider(self.rules, self.vocabulary, self.by_message, self._model or WordingModel())

    def classify(self, raw: object, hints: Hints) -> Classification:
        """Return the answer for a raw error of any kind; for an exception, those behind it are considered too."""
        if is_exception(raw):
            return self._chain(hints).answer(raw)
        return self.alone(raw, hints)

    def detect(self, text: str | bytes) -> Classification:
        """Return the answer for a text of which nobody says that it is an error."""
        return self._best(self.reader.read_text(as_text(text) or ""), NO_HINTS)

    def alone(self, raw: object, hints: Hints) -> Classification:
        """Return the answer for a raw error; for an exception, those behind it are ignored."""
        evidence = self.read(raw, hints)
        return NO_ERROR if evidence is None else self._best(evidence, hints)

    def classify_all(self, raw: object, hints: Hints) -> list[Classification]:
        """Return every possible answer for a raw error, best first, one per entry."""
        if not is_exception(raw):
            return self._all_alone(raw, hints)
        chain = self._chain(hints)
        answer = chain.answer(raw)
        best = {answer.entry: answer} if answer else {}
        for error in chain.known(answer):
            for found in self._all_alone(error, hints):
                best.setdefault(found.entry, found)
        return list(best.values())

    def why(self, raw: object, hints: Hints) -> tuple[Evidence | None, list[Candidate]]:
        """Return the evidence and the candidates, best first; for a chain, those of the exception that decides."""
        if is_exception(raw):
            chain = self._chain(hints)
            raw = next(iter(chain.known(chain.answer(raw))), raw)
        evidence = self.read(raw, hints)
        return evidence, [] if evidence is None else self.decider.candidates(evidence, hints)

    def read(self, raw: object, hints: Hints) -> Evidence | None:
        """Return the evidence in a raw error; None if its class rules out an API error, as for KeyboardInterrupt."""
        text = as_text(raw)
        evidence = self.reader.read_object(raw) if text is None else self.reader.read_text(text, asserted=True)
        if evidence is not None:
            hints.add_to(evidence)
        return evidence

    def _best(self, evidence: Evidence, hints: Hints) -> Classification:
        """Return the answer for evidence: its best candidate's."""
        return self.answers.make(evidence, next(iter(self.decider.candidates(evidence, hints)), None), hints)

    def _all_alone(self, raw: object, hints: Hints) -> list[Classification]:
        evidence = self.read(raw, hints)
        if evidence is None:
            return []
        best: dict[str, Candidate] = {}
        for candidate in self.decider.candidates(evidence, hints):
            best.setdefault(candidate.entry.id, candidate)
        answers = [self.answers.make(evidence, candidate, hints) for candidate in best.values()]
        return answers or [answer for answer in [self.answers.make(evidence, None, hints)] if answer]

    def chain(self, judge: Callable[[BaseException], Classification]) -> ExceptionChain:
        """Return what decides which exception of a chain or group gives the answer; `judge` judges one alone."""
        from errdex.classifier.exception_chain import ExceptionChain

        return ExceptionChain(judge, self.vocabulary.classes)

    def _chain(self, hints: Hints) -> ExceptionChain:
        return self.chain(lambda error: self.alone(error, hints))
