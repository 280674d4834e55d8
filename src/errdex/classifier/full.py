"""The reference: reads everything that a raw error shows and ranks every candidate. It knows no short way.

Every faster way (see `fast`) must give the same answer; `tests/engines` holds them to it.
"""

from __future__ import annotations

from typing import Any, Final, TypeGuard

from errdex.classifier.exception_chain import ExceptionChain
from errdex.decide.answer import NO_ERROR, Answers
from errdex.decide.candidate import Candidate
from errdex.decide.decider import Decider
from errdex.model.classification import Classification
from errdex.read.dispatch import RawReader
from errdex.read.evidence import Evidence
from errdex.read.formats.tracebacks import without_frames
from errdex.read.hints import Hints
from errdex.read.text import MAX_TEXT, shorten, without_colours
from errdex.read.vocabulary import Vocabulary
from errdex.rules.compiled import Rules

_TEXTS: Final = (str, bytes, bytearray)


class Full:
    """Raw error → evidence → all candidates in one total order → the answer, for one catalog.

    Attributes:
        rules: The compiled catalog.
        vocabulary: What it knows of texts.
        reader: Raw error → evidence.
        decider: Evidence → candidates.
        answers: Candidate → answer.
    """

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.vocabulary = Vocabulary(rules)
        self.reader = RawReader(self.vocabulary)
        self.decider = Decider(rules, self.vocabulary)
        self.answers = Answers(rules, self.vocabulary)

    def classify(self, raw: object, hints: Hints) -> Classification:
        """Return the answer for a raw error of any kind; of an exception, with those behind it."""
        if is_exception(raw):
            return self._chain(hints).answer(raw)
        return self.alone(raw, hints)

    def alone(self, raw: object, hints: Hints) -> Classification:
        """Return the answer for a raw error; of an exception, without those behind it."""
        evidence = self.read(raw, hints)
        if evidence is None:
            return NO_ERROR
        return self.answers.make(evidence, next(iter(self.decider.candidates(evidence, hints)), None), hints)

    def classify_all(self, raw: object, hints: Hints) -> list[Classification]:
        """Return every answer that a raw error allows, best first, one for each entry."""
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
        """Return the evidence and the candidates, best first; of an exception, those of the one that decides."""
        if is_exception(raw):
            chain = self._chain(hints)
            raw = next(iter(chain.known(chain.answer(raw))), raw)
        evidence = self.read(raw, hints)
        return evidence, [] if evidence is None else self.decider.candidates(evidence, hints)

    def read(self, raw: object, hints: Hints) -> Evidence | None:
        """Return what a raw error shows; None for what is no API error by its class, such as KeyboardInterrupt."""
        text = as_text(raw)
        evidence = self.reader.read_object(raw) if text is None else self.reader.read_text(text)
        if evidence is not None:
            hints.add_to(evidence)
        return evidence

    def _all_alone(self, raw: object, hints: Hints) -> list[Classification]:
        evidence = self.read(raw, hints)
        if evidence is None:
            return []
        best: dict[str, Candidate] = {}
        for candidate in self.decider.candidates(evidence, hints):
            best.setdefault(candidate.entry.id, candidate)
        answers = [self.answers.make(evidence, candidate, hints) for candidate in best.values()]
        return answers or [answer for answer in [self.answers.make(evidence, None, hints)] if answer]

    def _chain(self, hints: Hints) -> ExceptionChain:
        return ExceptionChain(lambda error: self.alone(error, hints), self.vocabulary.classes)


def is_exception(raw: object) -> TypeGuard[BaseException]:
    """Tell whether a raw error is an exception, by its class: an object may answer anything else."""
    return issubclass(type(raw), BaseException)


def as_text(raw: Any) -> str | None:
    """Return what is read of a text or bytes: no colours, no frames of tracebacks. None for any other object."""
    kind = type(raw)
    if kind is str:
        text = raw
    elif not issubclass(kind, _TEXTS):  # not isinstance(), which asks an object's own `__class__`
        return None
    elif issubclass(kind, str):  # the built-in type's own methods, whatever a subclass makes of them
        text = str.__getitem__(raw, slice(None))
    else:
        plain = bytes if issubclass(kind, bytes) else bytearray
        text = bytes(plain.__getitem__(raw, slice(None))).decode("utf-8", "replace")
    if len(text) > MAX_TEXT:
        text = shorten(text)
    if "\x1b" in text:
        text = without_colours(text)
    return without_frames(text) if "\n" in text else text
