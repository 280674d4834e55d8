"""Raw error of any kind → evidence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from contextlib import suppress
from typing import Any

from errdex.rules.normal_form import fold, normalise
from errdex.rules.tokens import STATUS_WORDS
from errdex.read.causes import is_no_api_error
from errdex.read.vocabulary import Cues
from errdex.read.evidence import Evidence, Message
from errdex.read.body_keys import ERROR_OBJECT
from errdex.read.signals.numbers import find_numbers
from errdex.read.text import TextReader, as_json, may_hold_body


class RawReader:
    """Reads raw errors for one catalog."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues
        self._text = TextReader(cues)

    def may_report(self, text: str, cues: Set[bytes]) -> bool:
        """Tell whether a text without a template's key words can report an error, by the cues among its words."""
        if cues and (not cues <= STATUS_WORDS or find_numbers(text, cues, self._cues.providers.names)):
            return True
        return "rror" in text and "{" in text and re.search(ERROR_OBJECT, text) is not None

    def are_idle(self, text: str, cues: Set[bytes]) -> bool:
        """Tell whether these cues of a text say nothing: words of fields, in a text without such a field."""
        return cues <= self._cues.field_words and not self._text.has_fields(text)

    def are_silent(self, text: str, cues: Set[bytes]) -> bool:
        """Tell whether these cues of a message field say nothing: only classes and a wrapper's head count in it."""
        classes = self._cues.classes
        if "\\" in text or not text.isascii() or cues & classes.words - classes.unnamed_in(text, cues):
            return False
        text = normalise(text).strip()
        return not self._cues.heads.at_start(text, fold(text))

    def read_text(self, text: str, seen: Set[bytes]) -> Evidence:
        """Return what a text shows; `seen` are its telling words."""
        evidence = Evidence()
        value = as_json(text)
        if value is not None:
            self._text.read_body(value, evidence)
            return evidence
        self._text.read(text, evidence, whole=True, seen=seen)
        self._point_to_owners(evidence)
        return evidence

    def read_plain(self, line: Message, seen: Set[bytes]) -> Evidence | None:
        """Return what a text without cues shows, its telling words being `seen`; None if it may hold bodies."""
        if may_hold_body(line.low):
            return None
        line.words = seen
        evidence = Evidence()
        self._text.read_message(line, evidence)
        return evidence

    def read_object(self, raw: object) -> Evidence | None:
        """Return what a mapping, an exception or another object shows; None for what is no API error by its class."""
        evidence = Evidence()
        kind: type[Any] = type(raw)
        # What is read here is somebody else's object: whatever it does, the error at hand must not be hidden
        # by one of ours, so what was read up to then is the evidence.
        with suppress(Exception):
            if issubclass(kind, (dict, list, tuple, Mapping)):
                self._text.read_body(raw, evidence)
            elif is_no_api_error(kind):
                return None
            elif raw is not None:
                from errdex.read.exceptions import read_object

                read_object(raw, evidence, self._text, self._cues)
                self._point_to_owners(evidence)
        return evidence

    def is_owner(self, raw: object, provider: str) -> bool:
        """Tell whether an exception's class is of a provider's SDK."""
        return self._cues.providers.modules.get(type(raw).__module__.partition(".")[0]) == provider

    def _point_to_owners(self, evidence: Evidence) -> None:
        for seen in evidence.exceptions:
            owner = self._cues.providers.owner_of(seen.path)
            if owner and owner not in evidence.providers:
                evidence.providers.append(owner)
