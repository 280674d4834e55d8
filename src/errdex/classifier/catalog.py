"""The facade: raw error → evidence → candidates in one total order → the answer."""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any, TypeGuard

from errdex.decide.answer import NO_ERROR, Answers, params
from errdex.decide.candidate import Candidate
from errdex.rules import compiled
from errdex.rules.compiled import Entry, Rules
from errdex.classifier.exception_chain import Chain
from errdex.model.classification import Classification
from errdex.decide.decider import Decider
from errdex.read.vocabulary import Cues
from errdex.read.evidence import Evidence
from errdex.read.text import MAX_TEXT
from errdex.read.hints import NO_HINTS, Hints
from errdex.classifier.reader import Reader

if TYPE_CHECKING:
    from errdex.logfilter.line_keys import LineKeys


class Catalog:
    """A catalog, ready to classify. `errdex.classify` is `default_catalog().classify`."""

    def __init__(self, rules: Rules, pages: dict[str, Any] | None = None) -> None:
        self._rules = rules
        self._pages = pages
        self._cues = cues = Cues(rules)
        self._decider = Decider(rules, cues)
        self._reader = Reader(rules, cues, self._decider)
        self._answers = Answers(rules, cues)

    @classmethod
    def load(cls, folder: str | PathLike[str]) -> Catalog:
        """Load a user's own catalog over ours.

        An entry of the same id replaces ours; `disable: [ids]` in the folder's `errdex.yaml` takes entries out.

        Raises:
            CatalogError: Anything in the folder is wrong; holds every issue with its place.
        """
        from errdex.authoring.overlay import load_over

        rules, pages = load_over(folder)
        return cls(Rules(rules), pages)

    def classify(
        self,
        raw: object,
        *,
        provider: str | None = None,
        status: int | None = None,
        code: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Classification:
        """Say what a raw error is; see `errdex.classify`."""
        hints = NO_HINTS
        if not (provider is None and status is None and code is None and headers is None):
            hints = Hints.of(provider, status, code, headers)
        if type(raw) is not str and _is_exception(raw):
            found = self._reader.read_at_once(raw, hints)  # nothing behind it can say more
            return self._answer(*found, hints) if found else self._chain(hints).answer(raw)
        return self._answer(*self._reader.read(raw, hints), hints)

    def classify_line(self, line: str, templates: list[int] | None, more: bool = False) -> Classification:
        """Say what a line of a log is, as `classify` does.

        Args:
            line: The line.
            templates: The only templates that it may hold, the longest first; None if it may hold anything.
            more: Whether it may hold cues or an error object.
        """
        if templates is None or "\\" in line or "\x1b" in line or len(line) > MAX_TEXT:
            return self.classify(line)
        return self._answer(*self._reader.read_line(line, templates, more), NO_HINTS)

    def classify_all(
        self,
        raw: object,
        *,
        provider: str | None = None,
        status: int | None = None,
        code: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> list[Classification]:
        """Return every answer that a raw error allows, best first, one for each entry; see `errdex.classify_all`."""
        hints = Hints.of(provider, status, code, headers)
        if not _is_exception(raw):
            return self._all(raw, hints)
        chain = self._chain(hints)
        answer = chain.answer(raw)
        best: dict[str | None, Classification] = {}
        for error in chain.known(answer):
            for found in self._all(error, hints):
                best.setdefault(found.entry, found)
        if answer.entry in best and all(found is not answer for _, found in chain.answers):
            best[answer.entry] = answer  # which says something of the other exceptions as well
        return list(best.values())

    def _all(self, raw: object, hints: Hints) -> list[Classification]:
        """Return every answer that a raw error by itself allows, best first."""
        evidence, _ = self._reader.read(raw, hints, whole=False)
        if evidence is None:
            return []
        best: dict[str, Candidate] = {}
        for candidate in self._decider.candidates(evidence, hints):
            best.setdefault(candidate.entry.id, candidate)
        answers = [self._answers.make(evidence, candidate, hints) for candidate in best.values()]
        return answers or [answer for answer in [self._answers.make(evidence, None, hints)] if answer]

    def why(
        self,
        raw: object,
        *,
        provider: str | None = None,
        status: int | None = None,
        code: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """Return the evidence and the ranked candidates, JSON-ready; see `errdex.why`."""
        hints = Hints.of(provider, status, code, headers)
        if _is_exception(raw):
            chain = self._chain(hints)
            raw = next(iter(chain.known(chain.answer(raw))), raw)
        evidence, _ = self._reader.read(raw, hints, whole=False)
        if evidence is None:
            return {"evidence": None, "candidates": []}
        return {
            "evidence": evidence.to_dict(),
            "candidates": [
                {
                    "entry": candidate.entry.id,
                    "basis": str(candidate.basis),
                    "rank": candidate.rank,
                    "cue": candidate.cue,
                    "literal": candidate.literal,
                    "status": candidate.status,
                    "params": params(candidate),
                }
                for candidate in self._decider.candidates(evidence, hints)
            ],
        }

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries that can be an answer, ordered by id."""
        return tuple(self._rules.entries)

    @property
    def providers(self) -> list[str]:
        """Names of all providers, as they stand before the slash of an id."""
        return list(self._rules.providers)

    def may_report(self, line: str, seen: Set[bytes]) -> bool:
        """Tell whether a line without any template may report an error; `seen` are its telling words."""
        return self._reader.may_report(line, seen)

    @cached_property
    def line_keys(self) -> LineKeys:
        """What every line holds that holds an error of this catalog."""
        from errdex.logfilter.line_keys import LineKeys

        return LineKeys(self._rules, self._cues)

    @cached_property
    def pages(self) -> dict[str, Any]:
        """Texts of the pages: `entries` (guides too) and `providers` by id, as in the YAML, and their `places`."""
        return self._pages or compiled.read_pages()

    def _chain(self, hints: Hints) -> Chain:
        return Chain(
            lambda error: self._answer(*self._reader.read(error, hints, whole=False), hints), self._cues.classes
        )

    def _answer(self, evidence: Evidence | None, candidate: Candidate | None, hints: Hints) -> Classification:
        if evidence is None:
            return NO_ERROR
        return self._answers.make(evidence, candidate or self._decider.best(evidence, hints), hints)


def _is_exception(raw: object) -> TypeGuard[BaseException]:
    return issubclass(type(raw), BaseException)
