"""The facade: raw error → evidence → candidates in one total order → the answer."""

from __future__ import annotations

from collections.abc import Mapping, Set
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any, Final, TypeGuard

from errdex.answer import NO_ERROR, Answers, params
from errdex.candidate import Candidate
from errdex.catalog import compiled
from errdex.catalog.compiled import Entry, Rules
from errdex.chain import Chain
from errdex.classification import Classification
from errdex.decide import Decider
from errdex.evidence import one_message
from errdex.evidence.cues import Cues
from errdex.evidence.evidence import Evidence, Message
from errdex.evidence.frames import without_frames
from errdex.evidence.raw import RawReader
from errdex.evidence.text import MAX_TEXT, may_hold_body, shorten
from errdex.hints import NO_HINTS, Hints
from errdex.log_line import LogLines

if TYPE_CHECKING:
    from errdex.evidence.line_keys import LineKeys

_TEXTS = (str, bytes, bytearray)
_NOTHING: Final = (None, None)
_NO_CUES: Final = frozenset[bytes]()
_NO_MORE: Final = Evidence()
"""What a text shows beside its one message; nobody adds to it."""


class Catalog:
    """A catalog, ready to classify. `errdex.classify` is `default_catalog().classify`."""

    def __init__(self, rules: Rules, pages: dict[str, Any] | None = None) -> None:
        self._rules = rules
        self._pages = pages
        self._cues = cues = Cues(rules)
        self._reader = RawReader(cues)
        self._decider = Decider(rules, cues)
        self._log_lines = LogLines(rules, cues, self._decider)
        self._answers = Answers(rules, cues)

    @classmethod
    def load(cls, folder: str | PathLike[str]) -> Catalog:
        """Load a user's own catalog over ours.

        An entry of the same id replaces ours; `disable: [ids]` in the folder's `errdex.yaml` takes entries out.

        Raises:
            CatalogError: Anything in the folder is wrong; holds every issue with its place.
        """
        from errdex.catalog.layers import load_over

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
        if _is_exception(raw):
            return self._chain(hints).answer(raw)
        return self._answer(*self._read(raw, hints), hints)

    def classify_line(self, line: str, templates: list[int] | None, more: bool = False) -> Classification:
        """Say what a line of a log is, as `classify` does.

        Args:
            line: The line.
            templates: The only templates that it may hold, the longest first; None if it may hold anything.
            more: Whether it may hold cues or an error object.
        """
        if templates is None or "\\" in line or "\x1b" in line or len(line) > MAX_TEXT:
            return self.classify(line)
        if more:
            seen = self._cues.words_in(line)
            cues = self._cues.among(seen, line)
            telling = cues if may_hold_body(line) else self._cues.without_unnamed(cues, line)
            if telling or self._reader.may_report(line, telling):
                among = self._decider.index.candidates(seen, templates)
                return self._answer(*self._read_text(line, seen, among, cues), NO_HINTS)
        found = self._log_lines.judge(line, templates)
        if isinstance(found, Candidate):
            return self._answers.make(_NO_MORE, found, NO_HINTS)
        if not found:
            return NO_ERROR
        seen = self._cues.words_in(line)
        message = Message(line, known=False, whole=True)
        message.words, message.templates = seen, self._decider.index.candidates(seen, found)
        if not message.templates:
            return NO_ERROR
        return self._answer(*self._read_text(line, seen, message.templates, _NO_CUES, message), NO_HINTS)

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
        if len(chain.answers) > 1 and answer.entry in best:
            best[answer.entry] = answer  # which says something of the others as well
        return list(best.values())

    def _all(self, raw: object, hints: Hints) -> list[Classification]:
        """Return every answer that a raw error by itself allows, best first."""
        evidence, _ = self._read(raw, hints, whole=False)
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
        evidence, _ = self._read(raw, hints, whole=False)
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
        return self._reader.may_report(line, self._cues.among(seen, line))

    @cached_property
    def line_keys(self) -> LineKeys:
        """What every line holds that holds an error of this catalog."""
        from errdex.evidence.line_keys import LineKeys

        return LineKeys(self._rules, self._cues)

    @cached_property
    def pages(self) -> dict[str, Any]:
        """Texts of the pages: `entries` (guides too) and `providers` by id, as in the YAML, and their `places`."""
        return self._pages or compiled.read_pages()

    def _chain(self, hints: Hints) -> Chain:
        return Chain(lambda error: self._answer(*self._read(error, hints), hints), self._cues.classes.knows_module)

    def _answer(self, evidence: Evidence | None, candidate: Candidate | None, hints: Hints) -> Classification:
        if evidence is None:
            return NO_ERROR
        return self._answers.make(evidence, candidate or self._decider.best(evidence, hints), hints)

    def _read(self, raw: object, hints: Hints, whole: bool = True) -> tuple[Evidence | None, Candidate | None]:
        """Return the evidence; None if nothing can be an error.

        With `whole`, a text that is nothing but one message, or an SDK's exception whose body holds nothing but
        one, comes with its candidate and no further evidence: nothing around it could change the answer.
        """
        if type(raw) is str:
            text = raw
        elif issubclass(type(raw), _TEXTS):  # not isinstance(), which asks an object's own `__class__`
            text = _plain_text(raw)
        else:
            return self._read_object(raw, hints, whole)
        if len(text) > MAX_TEXT:
            text = shorten(text)
        if "\n" in text:
            text = without_frames(text)
        seen = self._cues.words_in(text)
        if "\\_" in text:
            seen |= self._cues.words_in(text.replace("\\_", "_"))  # Markdown's escape cuts a key word in two
        templates = self._decider.index.candidates(seen)
        cues: Set[bytes] = seen & self._cues.words
        if not (templates or cues or "rror" in text or hints.status or hints.code):
            return _NOTHING  # most lines of most logs
        if cues:
            cues = self._cues.among(seen, text)
        return self._read_text(text, seen, templates, cues, None, hints, whole)

    def _read_text(
        self,
        text: str,
        seen: Set[bytes],
        templates: list[int],
        cues: Set[bytes],
        line: Message | None = None,
        hints: Hints = NO_HINTS,
        whole: bool = True,
    ) -> tuple[Evidence | None, Candidate | None]:
        """Read a text of which is known what it may hold: its telling words, the templates they allow, its cues."""
        if not (templates or hints.status or hints.code or self._reader.may_report(text, cues)):
            return _NOTHING
        if templates and whole and hints is NO_HINTS and "\x1b" not in text:
            if not cues or self._reader.are_idle(text, cues):
                candidate = self._decider.whole(text, templates)
                if candidate:
                    return _NO_MORE, candidate
            if cues.isdisjoint(self._cues.code_words):
                message = one_message.of_text(text, self._cues)
                among = None if "\\" in text else templates  # parts of a text have none of its words but their own
                if message and not (message.around and self._decider.finds_any(message.around, among)):
                    candidate = self._one_message(message.text, among)
                    if candidate:
                        return message.evidence, candidate._replace(status=message.status)
        if whole and not cues and hints is NO_HINTS and "\\" not in text and "\x1b" not in text:
            if line is None:
                line = Message(text, known=False, whole=True)
                line.templates = self._decider.agreement.shown_in(templates, line.low)
            if not line.templates and not self._reader.may_report(text, cues):
                return _NOTHING
            evidence = self._reader.read_plain(line, seen)
            if evidence:
                return evidence, None
        evidence = self._reader.read_text(text, seen)
        hints.add_to(evidence)
        return evidence, None

    def _read_object(self, raw: object, hints: Hints, whole: bool) -> tuple[Evidence | None, Candidate | None]:
        message = one_message.of_exception(raw) if whole and hints is NO_HINTS else None
        if message:
            candidate = self._one_message(message.text)
            if candidate and self._reader.is_owner(raw, candidate.entry.provider):
                return message.evidence, candidate._replace(status=message.status)
        evidence = self._reader.read_object(raw)
        if evidence is not None:
            hints.add_to(evidence)
        return evidence, None

    def _one_message(self, text: str, among: list[int] | None = None) -> Candidate | None:
        """Return the candidate of a text that is nothing but one message and shows nothing else.

        `among` are the only templates that it may hold, if that is known.
        """
        seen = self._cues.words_in(text)
        cues = self._cues.among(seen, text)
        if cues and not self._reader.are_idle(text, cues):
            return None
        templates = self._decider.index.candidates(seen, among)
        return self._decider.whole(text, templates) if templates else None


def _is_exception(raw: object) -> TypeGuard[BaseException]:
    return issubclass(type(raw), BaseException)


def _plain_text(raw: Any) -> str:
    """Return a text as the built-in type, whatever a subclass makes of its methods."""
    if issubclass(type(raw), str):
        return str.__getitem__(raw, slice(None))
    kind = bytes if issubclass(type(raw), bytes) else bytearray
    return bytes(kind.__getitem__(raw, slice(None))).decode("utf-8", "replace")
