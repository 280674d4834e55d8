"""A text that is one message from its first to its last word, and that no other message could be as well."""

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

# What follows the message may neither be words nor numbers: a header, a request id, a status or a second error
# would be evidence of its own.
_REST: Final = re.compile(r"[\W_]*\Z").match


class WholeMessages:
    """Recognises such texts, for one catalog."""

    def __init__(self, rules: Rules, vocabulary: Vocabulary, messages: MessageCandidates) -> None:
        self._rules = rules
        self._gateways = vocabulary.providers.gateways
        self._finder = messages.finder
        self._matcher = messages.matcher

    def candidate(
        self, text: str, templates: list[int], named: Set[str], status: int | None = None
    ) -> Candidate | None:
        """Return the candidate of the one message that a text is; None if it is anything else.

        Args:
            text: The text.
            templates: Those that it may hold, the longest first.
            named: The providers that anything in or around the text names.
            status: The status that belongs to it.
        """
        if not text.lstrip()[:1].isalpha():
            return None  # a quote, a number or a bullet may stand before the message
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
                return None  # a message of theirs may count for more, or the answer is theirs
            if entry.provider == "http" and contradicts(entry, status):
                return None
            best = Candidate(FULL, entry, Basis.MESSAGE, False, template.literal, False, status, values, low, None)
        if best and others and self._matcher.shown_in(others, low):
            return None  # a longer message may stand where this one has an open hole
        return best


def _match(template: Template, text: str, low: str, starts: list[int]) -> tuple[int, units.Values] | None:
    """Return where a template ends that begins at one of these places, and the values of its holes."""
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
