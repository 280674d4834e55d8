"""Raw error of any kind → evidence; or, where nothing else could decide, its one candidate at once."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, Final

from errdex.decide.candidate import Candidate
from errdex.rules.compiled import Rules
from errdex.decide.decider import Decider
from errdex.classifier.fast import one_message
from errdex.read.vocabulary import Cues
from errdex.read.evidence import Evidence, Message
from errdex.read.formats.tracebacks import without_frames
from errdex.classifier.fast.one_message import OneMessage
from errdex.read.dispatch import RawReader
from errdex.read.text import MAX_TEXT, may_hold_body, shorten
from errdex.read.hints import NO_HINTS, Hints
from errdex.classifier.fast.log_line import LogLines

Read = tuple[Evidence | None, Candidate | None]
"""The evidence, None if nothing can be an error; and the candidate, if it is known already."""

_TEXTS: Final = (str, bytes, bytearray)
_NOTHING: Final = (None, None)
_NO_CUES: Final = frozenset[bytes]()
_NO_MORE: Final = Evidence()
"""What a text shows beside its one message; nobody adds to it."""


class Reader:
    """Reads raw errors for one catalog."""

    def __init__(self, rules: Rules, cues: Cues, decider: Decider) -> None:
        self._cues = cues
        self._raw = RawReader(cues)
        self._decider = decider
        self._log_lines = LogLines(rules, cues, decider)

    def read(self, raw: object, hints: Hints, whole: bool = True) -> Read:
        """Return the evidence; None if nothing can be an error.

        With `whole`, a text that is nothing but one message comes with its candidate and no further evidence: nothing
        around it could change the answer. Of exceptions `read_at_once` tells that.
        """
        if type(raw) is str:
            text = raw
        elif issubclass(type(raw), _TEXTS):  # not isinstance(), which asks an object's own `__class__`
            text = _plain_text(raw)
        else:
            return self._read_object(raw, hints)
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

    def read_at_once(self, raw: object, hints: Hints) -> Read | None:
        """Read an SDK's exception whose body holds nothing but one of its API's messages; None for any other."""
        message = one_message.of_exception(raw) if hints is NO_HINTS else None
        if message:
            candidate = self._one_message(message, nameless=False)
            if candidate and self._raw.is_owner(raw, candidate.entry.provider):
                return message.evidence, candidate
        return None

    def read_line(self, line: str, templates: list[int], more: bool) -> Read:
        """Read a line of a log without escapes; see `Catalog.classify_line`."""
        if more:
            seen = self._cues.words_in(line)
            cues: Set[bytes] = seen & self._cues.words
            if not may_hold_body(line):
                cues = self._cues.without_unnamed(cues, line)
            if cues or self._raw.may_report(line, cues):
                cues = self._cues.among(seen, line)
                among = self._decider.index.candidates(seen, templates)
                return self._read_text(line, seen, among, cues)
        found = self._log_lines.judge(line, templates)
        if isinstance(found, Candidate):
            return _NO_MORE, found
        if not found:
            return _NOTHING
        seen = self._cues.words_in(line)
        message = Message(line, known=False, whole=True)
        message.words, message.templates = seen, self._decider.index.candidates(seen, found)
        if not message.templates:
            return _NOTHING
        return self._read_text(line, seen, message.templates, _NO_CUES, message)

    def may_report(self, line: str, seen: Set[bytes]) -> bool:
        """Tell whether a line without any template may report an error; `seen` are its telling words."""
        return self._raw.may_report(line, self._cues.among(seen, line))

    def _read_text(
        self,
        text: str,
        seen: Set[bytes],
        templates: list[int],
        cues: Set[bytes],
        line: Message | None = None,
        hints: Hints = NO_HINTS,
        whole: bool = True,
    ) -> Read:
        """Read a text of which is known what it may hold: its telling words, the templates they allow, its cues."""
        if not (templates or hints.status or hints.code or self._raw.may_report(text, cues)):
            return _NOTHING
        if templates and whole and hints is NO_HINTS and "\x1b" not in text:
            nameless = self._cues.providers.words.isdisjoint(seen)
            if not cues or self._raw.are_idle(text, cues):
                candidate = self._decider.whole(text, templates, nameless)
                if candidate:
                    return _NO_MORE, candidate
            if cues.isdisjoint(self._cues.code_words):
                message = one_message.of_text(text, self._cues)
                among = None if "\\" in text else templates  # parts of a text have none of its words but their own
                if message and not (message.around and self._decider.finds_any(message.around, among)):
                    candidate = self._one_message(message, nameless, among)
                    if candidate:
                        return message.evidence, candidate
        if whole and not cues and hints is NO_HINTS and "\\" not in text and "\x1b" not in text:
            if line is None:
                line = Message(text, known=False, whole=True)
                line.templates = self._decider.agreement.shown_in(templates, line.low)
            if not line.templates and not self._raw.may_report(text, cues):
                return _NOTHING
            evidence = self._raw.read_plain(line, seen)
            if evidence:
                return evidence, None
        evidence = self._raw.read_text(text, seen)
        hints.add_to(evidence)
        return evidence, None

    def _read_object(self, raw: object, hints: Hints) -> Read:
        evidence = self._raw.read_object(raw)
        if evidence is not None:
            hints.add_to(evidence)
        return evidence, None

    def _one_message(self, message: OneMessage, nameless: bool, among: list[int] | None = None) -> Candidate | None:
        """Return the candidate of a text in a message field that is nothing but one message and shows nothing else.

        Args:
            message: The text, and the status that belongs to it.
            nameless: Whether nothing names a provider, here or around it.
            among: The only templates that it may hold, if that is known.
        """
        seen = self._cues.words_in(message.text)
        cues = seen & self._cues.words
        if cues and not self._raw.are_silent(message.text, cues):
            return None
        templates = self._decider.index.candidates(seen, among)
        return self._decider.whole(message.text, templates, nameless, message.status) if templates else None


def _plain_text(raw: Any) -> str:
    """Return a text as the built-in type, whatever a subclass makes of its methods."""
    if issubclass(type(raw), str):
        return str.__getitem__(raw, slice(None))
    kind = bytes if issubclass(type(raw), bytes) else bytearray
    return bytes(kind.__getitem__(raw, slice(None))).decode("utf-8", "replace")
