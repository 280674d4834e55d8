"""Short way: a text that is one message from its first word to its last, and cannot be any other."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import Final

from errdex.decide.by_message import MessageCandidates
from errdex.decide.candidate import FULL, Candidate, contradicts
from errdex.model.category import Basis
from errdex.read.vocabulary import Vocabulary
from errdex.rules import units
from errdex.rules.compiled import Rules, Template
from errdex.rules.normal_form import fold, normalise

# No words or numbers may follow the message: a header, a request id, a status or a second error would be further
# evidence.
_REST: Final = re.compile(r"[\W_]*\Z").match


class WholeMessages:
    """Recognises texts that are exactly one message, for one catalog."""

    def __init__(self, rules: Rules, vocabulary: Vocabulary, messages: MessageCandidates) -> None:
        self._rules = rules
        self._gateways = vocabulary.providers.gateways
        self._finder = messages.finder
        self._matcher = messages.matcher

    def candidate(
        self, text: str, templates: list[int], named: Set[str], status: int | None = None
    ) -> Candidate | None:
        """Return the candidate of a text that is exactly one message; None if it is anything else.

        Args:
            text: The text.
            templates: The templates that it may contain, the longest first.
            named: The providers named in or around the text.
            status: The HTTP status that belongs to it.
        """
        if not text.lstrip()[:1].isalpha():
            return None  # a quote, a number or a bullet may precede the message
        text = normalise(text).strip()
        low = fold(text)
        starts = self._finder.starts(low)
        best: Candidate | None = None
        others: list[int] = []
        for number in templates:
            template = self._rules.templates[number]
            if best and template.literal < best.literal:
                break
            found = _match(template, text, low, starts)
            if found is None:
                others.append(number)
                continue
            end, values = found
            if not _REST(text, end):
                return None
            entry = self._rules.entries[template.entry]
            if entry.kind == "family":
                continue
            if best or template.conditions:
                return None
            if named and (named != {entry.provider} or entry.provider in self._gateways):
                return None  # their message may outrank this one, or the answer may name them
            if entry.provider == "http" and contradicts(entry, status):
                return None
            best = Candidate(FULL, entry, Basis.MESSAGE, False, template.literal, False, status, values, low, None)
        if best and others and self._matcher.shown_in(others, low):
            return None  # a longer message may be inside an open hole of this one
        return best


def _match(template: Template, text: str, low: str, starts: list[int]) -> tuple[int, units.Values] | None:
    """Match a template at one of these positions; return where it ends and the values of its holes, or None."""
    parts = template.parts
    first = parts[0]
    for start in starts:
        if type(first) is str:
            if not low.startswith(first, start):
                continue
            if len(parts) == 1 and len(low) == start + len(first):
                return len(low), {}
        found = units.match(parts, text, low, start, len(text), closed=False)
        if found:
            return found
    return None
