"""Which lines of a log are errors of an LLM API that no entry covers, and what the API's own words in them are."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from errdex.classifier.catalog import Catalog
from errdex.decide.candidate import EXCEPTION, Candidate
from errdex.logfilter.redaction import MAIL, masked
from errdex.read.evidence import BODY, Evidence
from errdex.read.hints import NO_HINTS, Hints
from errdex.read.lines import Lines
from errdex.read.signals.providers import Providers
from errdex.rules.secrets import MASK

TROUBLE: Final = re.compile(
    rb"(?i)error|exception|fail|fatal|critical|severe|status.?code|(?<![0-9])[45][0-9]{2}(?![0-9])|denied|refused"
)
"""A line without any of this is not looked at."""
_LEVEL: Final = re.compile(
    r"\b(?:ERROR|FATAL|CRITICAL|SEVERE|(?i:errors?|exception|failed|failure))\b|\w(?:Error|Exception)\b"
)
# What loggers and programs write before the API's words: up to the last label at the line's beginning.
_LABEL: Final = (
    r"\b(?:ERROR|FATAL|CRITICAL|SEVERE|WARN(?:ING)?)\b[^:\n]{0,60}|\w(?:Error|Exception)|\b(?i:failed|failure|error)"
    r"|\b[45][0-9]{2}"
)
_STATUS: Final = re.compile(r"^[45][0-9]{2}(?: [A-Z][a-z]+(?: [A-Z][a-z]+)*)?[:,]? (?=\S)")
_MASKED: Final = "REDACTED"
_LEAST_WORDS: Final = 3
_MOST: Final = 600  # characters of a message


class Unknown(NamedTuple):
    """An error that no entry covers.

    Attributes:
        message: The API's words in it, as far as they can be told from the log's; secrets are masked.
        provider: Whose error it is, or None.
        status: Its HTTP status, or None.
        category: What the wording model takes it for.
        confidence: How likely that is right.
    """

    message: str
    provider: str | None
    status: int | None
    category: str
    confidence: float


class UnknownErrors:
    """Judges lines, for one catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._full = catalog._full
        self._providers: Providers = self._full.vocabulary.providers
        names = "|".join(map(re.escape, sorted(self._providers.names, key=len, reverse=True))) or r"(?!)"
        self._labels = re.compile(rf"(?s)^.{{0,240}}(?:{_LABEL}|\b(?i:{names}))(?:\b[ \])]{{0,2}}:| -) +(?=\S)")

    def of(self, text: str) -> Unknown | None:
        """Return the error in a line, if it is one of an LLM API and no entry covers it."""
        if not self._catalog.detect(text):
            low = text.lower()
            if _LEVEL.search(text) is None or not self._providers.mentioned(low):
                return None
        evidence, candidates = self._full.why(text, NO_HINTS)
        if evidence is None or _is_known(candidates) or Lines(text).is_code(0):
            return None
        message = masked(self._message_in(evidence)).replace(MASK, _MASKED).replace(MAIL, _MASKED).strip(" '\"")
        if len(re.findall(r"[^\W\d_]{2,}", message)) < _LEAST_WORDS or len(message) > _MOST:
            return None
        provider = evidence.providers[0] if evidence.providers else None
        hints = Hints.of(provider if provider in self._catalog.providers else None, evidence.status, None, None)
        # What the catalog knows under another status, or of another provider, is no new wording either.
        if any(_is_known(self._full.why(message, given)[1]) for given in (hints, NO_HINTS)):
            return None
        answer = self._full.classify(message, hints)
        return Unknown(message, provider, evidence.status, str(answer.category), answer.confidence)

    def _message_in(self, evidence: Evidence) -> str:
        """Return the API's own words: the message field of a body, or what follows a client's and a logger's words."""
        for message in evidence.messages:
            if message.known:
                return message.text[max(message.starts) :]
        found = max(evidence.messages, key=lambda one: len(one.text), default=None)
        if found is None:
            return ""
        text = found.text[max(found.starts) :].replace(BODY, " ").strip().partition("\n")[0]
        labels = self._labels.match(text)
        text = text[labels.end() :] if labels else text
        return _STATUS.sub("", text)


def _is_known(candidates: list[Candidate]) -> bool:
    """Tell whether a message, a family, or a code of its own decides; a class or status says nothing of the words."""
    return bool(candidates) and candidates[0].rank < EXCEPTION
