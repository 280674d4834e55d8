"""Fast path for scanned log lines: a scanner has limited the templates, and most lines contain none or just one."""

from __future__ import annotations

from errdex.decide.by_message import MessageCandidates
from errdex.decide.candidate import FULL, Candidate
from errdex.match.template_matcher import Found
from errdex.model.category import Basis
from errdex.read.lines import Lines
from errdex.read.raw_text import may_hold_body
from errdex.read.vocabulary import Vocabulary
from errdex.rules.compiled import Rules
from errdex.rules.normal_form import fold, normalise


class ScannedLines:
    """Judges log lines without trigger words and backslashes, for one catalog."""

    def __init__(self, rules: Rules, vocabulary: Vocabulary, messages: MessageCandidates) -> None:
        self._templates = rules.templates
        self._entries = rules.entries
        self._vocabulary = vocabulary
        self._matcher = messages.matcher
        self._finder = messages.finder

    def judge(self, line: str, templates: list[int]) -> Candidate | list[int]:
        """Judge a line, given the only templates that it may contain, the longest first.

        Returns:
            The candidate, if the line contains one message at one position and no other evidence. Otherwise, or if an
            entry asks for more than its wording, the templates that the line may contain, perhaps none.
        """
        text = normalise(line).strip()
        low = fold(text)
        shown = self._matcher.shown_in(templates, low)
        if not shown:
            return shown  # the words of a message, but not the message: most of what a scanner finds
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
        """Return the matches of the longest templates in a text, and all templates that it may contain.

        The first list is empty if others could outrank these templates, or if there is other evidence.
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
                continue  # outranked by any template that is not a family's
            if places and all(found.cut for found in places):
                others = True
                continue  # outranked by any template that matches in full
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
            if named:  # the named provider's message outranks a longer one of another
                own = {*named} - self._vocabulary.providers.gateways
                first = [places for places in first if self._provider(places[0].template) in own]
        return first, standing + rest

    def _provider(self, number: int) -> str:
        return self._entries[self._templates[number].entry].provider

    def _at_one_of(self, places: list[Found], text: str, low: str) -> Candidate | None:
        """Return the candidate of a template that matches at exactly one position, if a message may be there."""
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
    """Order candidates with the same wording: the shared `http` entry first, as the wording names no provider."""
    return candidate.entry.provider != "http", candidate.entry.id


def _parted(found: Found, low: str) -> bool:
    """Tell whether a message begins and ends at word boundaries: only then does the line have its key words."""
    before, after = low[found.start - 1 : found.start], low[found.end : found.end + 1]
    return not (before.isalnum() or before == "_" or after.isalnum() or after == "_")
