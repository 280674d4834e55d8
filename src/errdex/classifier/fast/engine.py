"""Tries each fast path whose guards allow it; what none of them settles goes to the reference."""

from __future__ import annotations

from collections.abc import Set
from functools import cached_property

from errdex.classifier.fast import one_message
from errdex.classifier.fast.gate import Gate
from errdex.classifier.fast.one_message import OneMessage
from errdex.classifier.fast.whole_message import NOBODY, Named, WholeMessages
from errdex.classifier.full import Full
from errdex.decide.answer import NO_ERROR
from errdex.decide.candidate import Candidate
from errdex.model.classification import Classification
from errdex.model.type_names import TYPE_CHECKING, Final
from errdex.read.attributes import module_of
from errdex.read.evidence import Evidence, Message
from errdex.read.hints import NO_HINTS, Hints
from errdex.read.raw_text import MAX_TEXT, as_text, is_exception, may_hold_body
from errdex.rules.normal_form import fold, normalise

if TYPE_CHECKING:
    from errdex.classifier.fast.full_template import FullTemplates
    from errdex.classifier.fast.scanned_line import ScannedLines

_LISTS: Final = ('["', "[{")
"""How a line that is a list in JSON begins, and so is read as a body."""
_NO_MORE: Final = Evidence()
"""The evidence in a text besides its one message: none. Must not be changed."""


class Fast:
    """Gives the answers of the reference, most of them faster, for one catalog."""

    def __init__(self, full: Full) -> None:
        self._full = full
        self._vocabulary = full.vocabulary
        self._messages = full.by_message
        self._index = full.by_message.index
        self._matcher = full.by_message.matcher
        self._gate = Gate(full.vocabulary)
        self._whole = WholeMessages(full.rules, full.vocabulary, full.by_message)

    @cached_property
    def _full_templates(self) -> FullTemplates:
        from errdex.classifier.fast.full_template import FullTemplates

        return FullTemplates(self._full.rules, self._full.decider)

    @cached_property
    def _scanned(self) -> ScannedLines:
        from errdex.classifier.fast.scanned_line import ScannedLines

        return ScannedLines(self._full.rules, self._vocabulary, self._messages)

    def classify(self, raw: object, hints: Hints) -> Classification:
        """Return the answer for a raw error of any kind; for an exception, those behind it are considered too."""
        if type(raw) is str and len(raw) <= MAX_TEXT and "\n" not in raw and "\x1b" not in raw:
            return self._text(raw, hints, asserted=True)  # as `as_text` would leave it
        if not is_exception(raw):
            return self._alone(raw, hints)
        message = one_message.of_exception(raw, self._vocabulary.providers) if hints is NO_HINTS else None
        if message:
            candidate = self._one_message(message, NOBODY)
            # The class names its provider, whose messages count for more than any other's.
            if candidate and self._is_of(raw, message.evidence, candidate.entry.provider):
                return self._full.answers.make(message.evidence, candidate, hints)
        return self._full.chain(lambda error: self._alone(error, hints)).answer(raw)

    def detect(self, text: str | bytes) -> Classification:
        """Return the answer for a text of which nobody says that it is an error."""
        return self._text(as_text(text) or "", NO_HINTS, asserted=False)

    def classify_line(self, line: str, templates: list[int] | None, more: bool = False) -> Classification:
        """Return the answer for a log line.

        Args:
            line: The line.
            templates: The only templates that it may contain, the longest first; None if this is unknown.
            more: Whether it may contain trigger words or an error object.
        """
        if templates is None or "\\" in line or "\x1b" in line or len(line) > MAX_TEXT or line.startswith(_LISTS):
            return self.detect(line)
        if more:
            seen = self._vocabulary.words_in(line)
            triggers: Set[bytes] = seen & self._vocabulary.triggers
            if not may_hold_body(line):
                triggers = self._vocabulary.without_unnamed(triggers, line)
            if triggers or self._gate.may_report(line, triggers):
                triggers = self._vocabulary.among(seen, line)
                return self._judged(line, seen, self._index.candidates(seen, templates), triggers)
        found = self._scanned.judge(line, templates)
        if isinstance(found, Candidate):
            return self._full.answers.make(_NO_MORE, found, NO_HINTS)
        if not found:
            return NO_ERROR
        seen = self._vocabulary.words_in(line)
        found = self._index.candidates(seen, found)
        if not found:
            return NO_ERROR
        if may_hold_body(line):
            return self._judged(line, seen, found, frozenset())
        return self._best(self._full.reader.read_text(line, seen), NO_HINTS, found)

    def may_report(self, line: str, seen: Set[bytes]) -> bool:
        """Tell whether a line that contains no template may report an error; `seen` are its telling words."""
        return self._gate.may_report(line, self._vocabulary.among(seen, line))

    def _alone(self, raw: object, hints: Hints) -> Classification:
        """Return the answer for a raw error; for an exception, those behind it are ignored."""
        text = as_text(raw)
        if text is not None:
            return self._text(text, hints, asserted=True)
        evidence = self._full.read(raw, hints)
        return NO_ERROR if evidence is None else self._best(evidence, hints)

    def _text(self, text: str, hints: Hints, asserted: bool) -> Classification:
        seen = self._gate.words_in(text) if "\\" in text else self._vocabulary.words_in(text)
        templates = self._index.candidates(seen)
        triggers: Set[bytes] = seen & self._vocabulary.triggers
        if not (asserted or templates or triggers or "rror" in text):
            return NO_ERROR  # most lines of most logs end here
        if triggers:
            triggers = self._vocabulary.among(seen, text)
        return self._judged(text, seen, templates, triggers, hints, asserted)

    def _judged(
        self,
        text: str,
        seen: Set[bytes],
        templates: list[int],
        triggers: Set[bytes],
        hints: Hints = NO_HINTS,
        asserted: bool = False,
    ) -> Classification:
        """Return the answer for a text whose telling words, possible templates and trigger words are known."""
        if not (asserted or templates or self._gate.may_report(text, triggers)):
            return NO_ERROR
        if templates and hints is NO_HINTS:
            if not triggers or self._gate.are_idle(text, triggers):
                candidate = self._whole.candidate(text, seen, templates, NOBODY, known=False)
                if candidate:
                    return self._full.answers.make(_NO_MORE, candidate, hints)
            if triggers.isdisjoint(self._vocabulary.code_words):
                message = one_message.of_text(text, self._vocabulary)
                among = None if "\\" in text else templates  # no new words in parts of it
                if message and not (message.around and self._holds_any(message.around, among)):
                    candidate = self._one_message(message, lambda: self._named_in(text, seen), among)
                    if candidate:
                        return self._full.answers.make(message.evidence, candidate, hints)
        if not (asserted or triggers or "\\" in text):
            low = fold(normalise(text).strip())
            if not self._matcher.shown_in(templates, low) and not self._gate.may_report(text, triggers):
                return NO_ERROR  # the words of a message, but not the message
        evidence = self._full.reader.read_text(text, seen, asserted=asserted)
        hints.add_to(evidence)
        return self._best(evidence, hints, among=templates if self._gate.has_all_words(text) else None)

    def _best(
        self, evidence: Evidence, hints: Hints, only: list[int] | None = None, among: list[int] | None = None
    ) -> Classification:
        """Return the answer for evidence.

        Args:
            evidence: The evidence.
            hints: What the caller says.
            only: The templates that its one message may contain, if known.
            among: The templates whose key words the text has, if its messages have no other words.
        """
        matches = self._messages.matches()
        if among is not None:
            matches.among(among)
        if only is not None and evidence.messages:  # a list, which is read as a body, may hold none
            matches.limit(evidence.messages[0], only)
        return self._full.answers.make(evidence, self._full_templates.best(evidence, hints, matches), hints)

    def _holds_any(self, message: Message, among: list[int] | None) -> bool:
        """Tell whether the text around a body contains any template; `among` are the only possible ones, if known."""
        messages = self._messages
        if among is not None:
            among = messages.matcher.shown_in(among, message.low)
            if not among:
                return False  # settled without splitting the text into words
        numbers = self._index.candidates(self._vocabulary.words_in(message.text), among)
        if among is None:
            numbers = messages.matcher.shown_in(numbers, message.low)
        find = messages.finder.find
        return any(find(number, message.lines, message.low, message.starts, message.known) for number in numbers)

    def _is_of(self, raw: object, evidence: Evidence, provider: str) -> bool:
        """Tell whether an exception is a provider's, by its class and by the host that was called."""
        providers = self._vocabulary.providers
        owner = providers.modules.get(module_of(type(raw)).partition(".")[0])
        if owner != provider or owner in providers.gateways:  # a gateway relays the errors of others
            return False
        return not evidence.called or owner in evidence.providers or owner not in providers.compatible

    def _named_in(self, text: str, seen: Set[bytes]) -> Set[str]:
        """Return the providers that a text names; `seen` are its telling words."""
        providers = self._vocabulary.providers
        return frozenset() if seen.isdisjoint(providers.words) else {*providers.named_in(fold(normalise(text)), seen)}

    def _one_message(self, message: OneMessage, named: Named, among: list[int] | None = None) -> Candidate | None:
        """Return the candidate of a raw error whose message field is exactly one message; None if it is anything else.

        Args:
            message: The message field and what surrounds it.
            named: Returns the providers named around it.
            among: The only templates that it may contain, if known.
        """
        seen = self._vocabulary.words_in(message.text)
        triggers = seen & self._vocabulary.triggers
        if triggers and not self._gate.are_silent(message.text, triggers):
            return None
        templates = self._index.candidates(seen, among)
        if not templates:
            return None
        return self._whole.candidate(message.text, seen, templates, named, known=True, status=message.status)
