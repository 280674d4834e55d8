"""Log lines for which a scanner has told the templates they may hold: most hold none, or one and nothing else."""

from __future__ import annotations

from errdex.decide.by_message import MessageCandidates
from errdex.decide.candidate import FULL, Candidate
from errdex.match.template_matcher import Found
from errdex.model.category import Basis
from errdex.read.lines import Lines
from errdex.read.text import may_hold_body
from errdex.read.vocabulary import Vocabulary
from errdex.rules.compiled import Rules
from errdex.rules.normal_form import fold, normalise


class ScannedLines:
    """Judges lines without trigger words and backslashes, for one catalog."""

    def __init__(self, rules: Rules, vocabulary: Vocabulary, messages: MessageCandidates) -> None:
        self._templates = rules.templates
        self._entries = rules.entries
        self._vocabulary = vocabulary
        self._matcher = messages.matcher
        self._finder = messages.finder

    def judge(self, line: str, templates: list[int]) -> Candidate | list[int]:
        """Say what a line is, the only templates that it may hold being these, the longest first.

        Returns:
            The candidate of a line that holds one message at one place, and nothing that adds to it. For any other
            line, and where an entry asks for more than its words: the templates that may stand in it, perhaps none.
        """
        text = normalise(line).strip()
        low = fold(text)
        shown = self._matcher.shown_in(templates, low)
        if not shown:
            return shown  # the words of a message, but no message: most of what a scanner finds
        if may_hold_body(low):
            return shown
        first, standing = self._first(line, text, low, shown)
        best: Candidate | None = None
        for places in first:
            candidate = self._at_one_of(places, text, low)
            if candidate is None:
                best = None
                break
            best = candidate if best is None else min(best, candidate, key=_turn)
        return best or standing

    def _first(self, line: str, text: str, low: str, shown: list[int]) -> tuple[list[list[Found]], list[int]]:
        """Return where the longest of the templates stand in a text, and which may stand in it.

        The first is empty if others could outrank them, or anything adds to them.
        """
        first: list[list[Found]] = []
        standing: list[int] = []
        rest: list[int] = []
        longest, others = 0, False
        for place, number in enumerate(shown):
            template = self._templates[number]
            if first and template.literal < longest:
                rest = shown[place:]
                break
            places = self._matcher.everywhere(number, text, low)
            if not places and self._matcher.heads[number]:
                continue
            standing.append(number)
            entry = self._entries[template.entry]
            if entry.kind == "family":
                continue  # outranked by any that is none
            if places and all(found.cut for found in places):
                others = True
                continue  # outranked by any that stands there to its end
            if template.conditions or entry.support or not self._matcher.heads[number]:
                return [], standing + shown[place + 1 :]
            if first or entry.provider == "http" or entry.provider in self._vocabulary.providers.gateways:
                others = True
            longest = template.literal
            first.append(places)
        if not first or "retry-after" in low or "ratelimit-reset" in low or "<" in line or "](" in line:
            return [], standing + rest
        if others or rest:
            named = self._vocabulary.providers.named_in(low, self._vocabulary.words_in(line))
            if named:  # a provider's own message counts for more than a longer one of others
                own = {*named} - self._vocabulary.providers.gateways
                first = [places for places in first if self._provider(places[0].template) in own]
        return first, standing + rest

    def _provider(self, number: int) -> str:
        return self._entries[self._templates[number].entry].provider

    def _at_one_of(self, places: list[Found], text: str, low: str) -> Candidate | None:
        """Return the candidate of the one place where a template agrees with a text, if it may stand there."""
        if len(places) != 1:
            return None
        found = places[0]
        if found.cut or not _parted(found, low) or self._vocabulary.wrapper_heads.at_start(text, low):
            return None
        if not self._finder.is_begun(found, Lines(text), low):
            return None
        template = self._templates[found.template]
        entry = self._entries[template.entry]
        return Candidate(FULL, entry, Basis.MESSAGE, False, found.literal, False, None, found.values, low, None)


def _turn(candidate: Candidate) -> tuple[bool, str]:
    """Order candidates of which the message says no more of one than of another: a shared wording is nobody's."""
    return candidate.entry.provider != "http", candidate.entry.id


def _parted(found: Found, low: str) -> bool:
    """Tell whether a message neither begins nor ends within a word: only then a line has its key words."""
    before, after = low[found.start - 1 : found.start], low[found.end : found.end + 1]
    return not (before.isalnum() or before == "_" or after.isalnum() or after == "_")
