"""Reads evidence out of text: a bare message, a body, a log line, a traceback, or any of them inside another."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from errdex.catalog.words import encode, words
from errdex.evidence.bodies import find_bodies
from errdex.evidence.cues import Cues
from errdex.evidence.evidence import Evidence, Message, SeenStatus
from errdex.evidence.objects import ObjectReader
from errdex.evidence.statuses import find_statuses

MAX_TEXT: Final = 1_000_000
"""Characters read of one text; the error of anything longer is at its start or its end."""

_ANSI: Final = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?)")
_STATUS_WORDS: Final = frozenset(str(status).encode() for status in range(400, 600))
_BODY: Final = "\x01"
_MAX_DEPTH: Final = 5
_CODE: Final = re.compile(
    r"\b(?:code|type|error_type|reason)'?[:=] ?'?([A-Za-z][A-Za-z0-9_.-]{2,60})(?![\w.-])", re.IGNORECASE
)
_FIELD: Final = re.compile(r"(?<![\w-])([a-z_]{3,40})'?[:=] ?<?(?:[A-Za-z]\w*\.)?'?([A-Za-z][\w-]{2,60})(?![\w-])")


class TextReader:
    """Reads texts for one catalog."""

    def __init__(self, cues: Cues, field_words: frozenset[bytes]) -> None:
        self._cues = cues
        self._field_words = field_words

    def read(
        self,
        text: str,
        evidence: Evidence,
        *,
        status: int | None = None,
        depth: int = 0,
        known: bool = False,
        whole: bool = False,
    ) -> None:
        """Add what a text shows to the evidence.

        Args:
            text: The text.
            evidence: Where to add it.
            status: The status that its surroundings say.
            depth: How many texts it stands in.
            known: It is the value of a message field.
            whole: It is all there is.
        """
        if depth > _MAX_DEPTH:
            return
        text = clean(text)
        if known and "{" not in text:
            message = Message(text, known=True, whole=whole, status=status)
            self._read_heads(message, evidence)
            evidence.messages.append(message)
            return
        bodies = find_bodies(text) if "{" in text or "\":" in text or "':" in text or "map[" in text else []
        outer = text
        if bodies:
            pieces = []
            position = 0
            for body in bodies:
                pieces.append(text[position : body.start])
                position = body.end
            outer = _BODY.join([*pieces, text[position:]])
        known = known and not bodies
        message = Message(outer, known=known, whole=whole and not bodies, status=status)
        self._read_outer(message, evidence)
        bare = message.text.strip(_BODY + " \n'\"[](),;.:") == ""
        place = -1
        for body in bodies:
            place = message.text.find(_BODY, place + 1)
            near = _nearest(message.statuses, place, status)
            nested = partial(self.read, evidence=evidence)
            ObjectReader(evidence, nested, depth).read(body.value, near, whole and bare)
        if message.text and not bare:
            evidence.messages.append(message)

    def _read_outer(self, message: Message, evidence: Evidence) -> None:
        text = message.text
        seen = words(encode(text))
        cues = self._cues
        statuses = not seen.isdisjoint(_STATUS_WORDS)
        if statuses or not seen.isdisjoint(cues.known_words):
            message.exceptions = cues.classes_in(text)
            evidence.exceptions += message.exceptions
        for provider in cues.providers_in(text):
            if provider not in evidence.providers:
                evidence.providers.append(provider)
        self._read_heads(message, evidence)
        if message.known:
            return  # a number inside a message is no status
        if statuses:
            message.statuses += find_statuses(text, cues, message.exceptions)
            for found in message.statuses:
                if found.strong or evidence.status is None:
                    if not evidence.strong or found.strong:
                        evidence.status = found.status
                    evidence.strong = evidence.strong or found.strong
        if not seen.isdisjoint(self._field_words):
            evidence.fields += [(key, value) for key, value in _FIELD.findall(text)]
        if "code" in message.low or "type" in message.low:
            evidence.codes += _CODE.findall(text)

    def _read_heads(self, message: Message, evidence: Evidence) -> None:
        for place, values, telling in self._cues.strip_heads(message.text, message.low, 0):
            message.starts.append(place)
            if "status" in values:
                number = int(values["status"][1].replace(",", "").replace("_", ""))
                if 400 <= number <= 599:
                    message.status = number if message.known else message.status
                    if telling or not evidence.strong:
                        evidence.status, evidence.strong = number, evidence.strong or telling
            if "code" in values:
                evidence.codes.append(values["code"][1])


def clean(text: str) -> str:
    """Cut an endless text to its two ends, and take terminal colours out."""
    if len(text) > MAX_TEXT:
        half = MAX_TEXT // 2
        text = text[:half] + "\n" + text[-half:]
    if "\x1b" in text:
        text = _ANSI.sub("", text)
    return text


def _nearest(statuses: list[SeenStatus], place: int, otherwise: int | None) -> int | None:
    if not statuses:
        return otherwise
    return min(statuses, key=lambda seen: abs(seen.position - place)).status
