"""Turns a raw error of any kind into evidence."""

from __future__ import annotations

from collections.abc import Mapping, Set

from errdex.model.foreign import TOLERATED
from errdex.model.type_names import Any, Final
from errdex.read.causes import is_no_api_error
from errdex.read.evidence import Evidence
from errdex.read.json_text import as_json
from errdex.read.text import TextReader
from errdex.read.vocabulary import Vocabulary

_EVENT: Final = "data:"
"""What precedes the body in a server-sent event."""


class RawReader:
    """Reads raw errors, for one catalog."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._text = TextReader(vocabulary)

    def read_text(self, text: str, seen: Set[bytes] | None = None, *, asserted: bool = False) -> Evidence:
        """Return the evidence in a text.

        Args:
            text: The text.
            seen: Its telling words, if already known.
            asserted: Whether the caller says that it is an error.
        """
        evidence = Evidence(asserted)
        value = as_json(text.removeprefix(_EVENT).lstrip())
        if value is not None:
            self._text.read_body(value, evidence, pasted=True)
            _doubt(evidence)
            self._read_classes(evidence)
            return evidence
        self._text.read(text, evidence, whole=True, seen=seen)
        self._read_classes(evidence)
        return evidence

    def read_object(self, raw: object) -> Evidence | None:
        """Return the evidence in a mapping, exception or other object; None if its class rules out an API error."""
        evidence = Evidence(asserted=True)
        kind: type[Any] = type(raw)
        # The object is foreign code: whatever it does, our own failure must not hide the error at hand, so the
        # evidence is what was read up to that point.
        with TOLERATED:
            if issubclass(kind, (dict, list, tuple, Mapping)):
                self._text.read_body(raw, evidence)
                _doubt(evidence)
                self._read_classes(evidence)
            elif is_no_api_error(kind):
                return None
            elif raw is not None:
                from errdex.read.exceptions import read_object

                read_object(raw, evidence, self._text, self._vocabulary)
                self._read_classes(evidence)
        return evidence

    def _read_classes(self, evidence: Evidence) -> None:
        """Add what classes say of the provider, and what words tell of the status of an error without one."""
        if evidence.asserted and evidence.status is None:
            from errdex.read.signals.told import told

            evidence.told = told(evidence, self._vocabulary.classes)
        for seen in evidence.exceptions:
            owner = self._vocabulary.providers.owner_of(seen.path)
            if evidence.called and owner in self._vocabulary.providers.compatible:
                continue  # the host tells, and this SDK is used for many
            if owner and owner not in evidence.providers:
                evidence.providers.append(owner)


def _doubt(evidence: Evidence) -> None:
    """Take back that a body is an error if nothing in it reports one: a successful answer has a body too."""
    if not (evidence.messages or evidence.codes or evidence.status or evidence.error):
        evidence.asserted = False
