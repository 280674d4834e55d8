"""Reads evidence from text: a bare message, a body, a log line, a traceback, or any of them nested in another."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import partial
from itertools import islice

from errdex.model.type_names import TYPE_CHECKING, Any, Final
from errdex.read.evidence import BODY, Evidence, Message, SeenStatus
from errdex.read.json_text import as_json
from errdex.read.lines import Lines
from errdex.read.raw_text import FIELD, may_hold_body, without_colours
from errdex.read.vocabulary import Vocabulary
from errdex.read.wrappers import status_of
from errdex.rules import Pattern
from errdex.rules.tokens import STATUS_WORDS

if TYPE_CHECKING:
    from errdex.read.formats.embedded import Body

_MAX_DEPTH: Final = 5
_MAX_FOUND: Final = 64  # fields read from one free text
_LEADING_STATUS: Final[Pattern] = r"^(?:[^\n'({]{0,160}: )?([45][0-9][0-9]) (?=[A-Za-z'])"
_HEADER: Final[Pattern] = (
    r"(?im)^[<>* ]{0,3}(retry-after(?:-ms)?|x-should-retry|(?:x-)?ratelimit-[\w-]{1,40}): *([^\n]{1,60})"
)
_HEADERS: Final = ("retry-after", "should-retry", "ratelimit-reset")
"""Parts of the names of headers that decide something."""
_LEADS: Final[Pattern] = r"(?i)(?:[:=-]|(?:error|exception)\()\s*b?$"
_GOES_ON: Final[Pattern] = r"\\*['\"`],? [a-z]"  # a sentence after an object in it
_QUOTES: Final = ("'", '"', "`")
_BESIDE: Final = 200  # characters beside an object in which its quote and what follows are looked for


class TextReader:
    """Reads texts, for one catalog."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def read(
        self,
        text: str,
        evidence: Evidence,
        *,
        status: int | None = None,
        depth: int = 0,
        known: bool = False,
        whole: bool = False,
        seen: Set[bytes] | None = None,
        trouble: bool = False,
    ) -> None:
        """Add the contents of a text to the evidence.

        Args:
            text: The text.
            evidence: The evidence to add to.
            status: The HTTP status given by its surroundings.
            depth: Number of texts around it.
            known: Whether it is the value of a message field.
            whole: Whether there is nothing else.
            seen: Its telling words, if already known.
            trouble: Whether it is in a log record with the level of an error.
        """
        if depth > _MAX_DEPTH:
            return
        text = without_colours(text)
        if may_hold_body(text) and self._read_bodies(text, evidence, status, depth, known, whole):
            return
        message = Message(text, known=known, whole=whole, status=status)
        message.words = self._vocabulary.words_in(message.text) if seen is None or "\\" in text else seen
        self.read_message(message, evidence)
        if trouble:
            self._read_record(message, evidence)

    def read_content(self, text: str, evidence: Evidence, status: int | None = None) -> None:
        """Add the content of a response: JSON as a body, anything else as a message."""
        value = as_json(text)
        if value is None:
            self.read(text, evidence, status=status, known=True)
        else:
            self.read_body(value, evidence, status)

    def read_message(self, message: Message, evidence: Evidence) -> None:
        """Add a text without bodies, whose words are known: the message and the other evidence in it."""
        self._read_outer(message, evidence)
        evidence.messages.append(message)

    def read_body(
        self,
        value: Any,
        evidence: Evidence,
        status: int | None = None,
        depth: int = 0,
        whole: bool = True,
        pasted: bool = False,
    ) -> None:
        """Add the contents of a parsed body, including the texts in it.

        Args:
            value: The body, a mapping or a list.
            evidence: The evidence to add to.
            status: The HTTP status given by its surroundings.
            depth: Number of texts around it.
            whole: Whether nothing surrounds it.
            pasted: Whether it was found in a text.
        """
        from errdex.read.body import ObjectReader

        reader = ObjectReader(evidence, partial(self.read, evidence=evidence), depth, self._vocabulary, pasted)
        reader.read(value, status, whole)

    def _read_bodies(
        self, text: str, evidence: Evidence, status: int | None, depth: int, known: bool, whole: bool
    ) -> bool:
        """Read the objects in a text and the text around them; return False if there are none."""
        from errdex.read.body import reports
        from errdex.read.formats.embedded import find_bodies

        # An object that reports nothing, such as the parameters a message complains about, is part of the text.
        # One in a line of source code is an example.
        lines = Lines(text)
        found = find_bodies(text)
        bodies = reporting = [body for body in found if reports(body.value) and not lines.is_code(body.start)]
        if evidence.asserted and not reporting:
            every = [body for body in found if not lines.is_code(body.start)]
            bodies = every if _are_all(every, text) else []
        if known:  # a message may quote what the caller sent
            bodies = [body for body in bodies if not _is_quoted(text, body.start)]
        elif evidence.asserted:  # so may the text of a plain exception
            bodies = [body for body in bodies if not (_is_quoted(text, body.start) and _goes_on(text, body.end))]
        if not bodies:
            return False
        pieces = []
        position = 0
        for body in bodies:
            pieces.append(text[position : body.start])
            position = body.end
        outer = Message(BODY.join([*pieces, text[position:]]), known=False, status=status)
        outer.words = self._vocabulary.words_in(outer.text)
        self._read_outer(outer, evidence)
        bare = outer.text.strip(BODY + " \n'\"[](),;.:") == ""
        alone = whole and (bare or len(outer.starts) > 1 or outer.low.startswith("http/"))
        place = -1
        for body in bodies:
            place = outer.text.find(BODY, place + 1)
            if not evidence.asserted and text[body.start - 1 : body.start] == "`":
                continue  # prose sets examples in backticks
            near = _nearest(outer.statuses, place, status)
            self.read_body(body.value, evidence, near, depth, alone, pasted=True)
        if not bare:
            evidence.messages.append(outer)
        return bool(reporting or evidence.messages)

    def _read_outer(self, message: Message, evidence: Evidence) -> None:
        self._read_heads(message, evidence)
        if any(name in message.low for name in _HEADERS):
            evidence.add_headers(re.findall(_HEADER, message.text))
        seen = message.words
        vocabulary = self._vocabulary
        if not seen.isdisjoint(vocabulary.providers.words):
            for provider in vocabulary.providers.named_in(message.low, seen):
                if provider not in evidence.providers:
                    evidence.providers.append(provider)
        if seen.isdisjoint(vocabulary.triggers):
            return
        if not seen.isdisjoint(vocabulary.class_words):
            message.exceptions = vocabulary.classes.reported_in(message.lines, seen)
            evidence.exceptions += message.exceptions
        if message.known:
            return  # a number inside a message is not a status
        if not seen.isdisjoint(STATUS_WORDS):
            self._read_statuses(message, evidence)
        if not seen.isdisjoint(vocabulary.field_words):
            for found in islice(re.finditer(FIELD, message.text), _MAX_FOUND):
                evidence.fields.append((found[1], found[2]))
        if not seen.isdisjoint(vocabulary.code_words):
            from errdex.read.signals.codes import named_in, stated_in

            if evidence.asserted and not evidence.codes:
                evidence.codes += named_in(message.text, vocabulary.codes)
            evidence.codes += stated_in(message.lines, vocabulary.codes)

    def _read_record(self, message: Message, evidence: Evidence) -> None:
        """Read what only the text of a log record with the level of an error shows.

        A status begins it or follows a colon, as in `failed: 429 Rate limit reached`, with the message behind it; and
        beside the record's own status, a short wording needs no other support.
        """
        found = re.search(_LEADING_STATUS, message.text)
        if found:
            message.starts.append(found.end())
            message.statuses.append(SeenStatus(int(found[1]), found.end() - 4, strong=False))
            evidence.status = evidence.status or int(found[1])
        message.supported |= message.status is not None or found is not None

    def _read_statuses(self, message: Message, evidence: Evidence) -> None:
        from errdex.read.signals.status import find_stated, find_statuses

        read = message.statuses[-1].position if message.statuses else 0
        classes = self._vocabulary.classes
        message.statuses += find_statuses(message.lines, message.words, classes, message.exceptions, read)
        if evidence.asserted and not message.statuses:
            message.statuses += find_stated(message.lines, message.words)
        for found in message.statuses:
            if found.strong or evidence.status is None:
                if not evidence.strong or found.strong:
                    evidence.status = found.status
                evidence.strong = evidence.strong or found.strong

    def _read_heads(self, message: Message, evidence: Evidence) -> None:
        for place, values, telling in self._vocabulary.wrapper_heads.at_start(message.text, message.low):
            message.starts.append(place)
            message.supported |= telling
            number = status_of(values)
            if number:
                if message.known:
                    message.status = number
                elif telling:
                    message.statuses.append(SeenStatus(number, place - 1, strong=True))
                if telling or not evidence.strong:
                    evidence.status, evidence.strong = number, evidence.strong or telling
            if "code" in values:
                evidence.codes.append(values["code"][1])
            if "operation" in values:
                evidence.fields.append(("operation", values["operation"][1]))


def _are_all(bodies: list[Body], text: str) -> bool:
    """Tell whether a text is objects and nothing else."""
    return bool(bodies) and (text[: bodies[0].start] + text[bodies[-1].end :]).strip() == ""


def _is_quoted(text: str, place: int) -> bool:
    """Tell whether an object in a message is a quotation, as in `invalid tool id '{…}'`, and not what a client got."""
    before = text[max(0, place - _BESIDE) : place].rstrip("\\")
    return before[-1:] in _QUOTES and re.search(_LEADS, before[:-1]) is None


def _goes_on(text: str, place: int) -> bool:
    """Tell whether a sentence goes on after a quoted object."""
    return re.match(_GOES_ON, text[place : place + _BESIDE]) is not None


def _nearest(statuses: list[SeenStatus], place: int, otherwise: int | None) -> int | None:
    if not statuses:
        return otherwise
    return min(statuses, key=lambda seen: abs(seen.position - place)).status
