"""Lines of logs of which a scanner says which templates they may hold: most hold none, or one and nothing else.

They are judged in a fraction of the time of the whole way, which gives the same answer for them.
"""

from __future__ import annotations

from errdex.candidate import FULL, Candidate
from errdex.catalog.compiled import Rules
from errdex.catalog.normal import fold, normalise
from errdex.decide import Decider
from errdex.evidence import one_message
from errdex.evidence.cues import Cues
from errdex.evidence.text import may_hold_body
from errdex.matching.agreement import Found, head
from errdex.matching.lines import Lines
from errdex.taxonomy import Basis


class LogLines:
    """Judges lines without cues and backslashes for one catalog."""

    def __init__(self, rules: Rules, cues: Cues, decider: Decider) -> None:
        self._templates = rules.templates
        self._entries = rules.entries
        self._cues = cues
        self._agreement = decider.agreement
        self._finder = decider.finder

    def judge(self, line: str, templates: list[int]) -> Candidate | list[int]:
        """Say what a line is, the only templates that it may hold being these, the longest first.

        Returns:
            The candidate of a line that holds one message at one place, and nothing that adds to it. For any other
            line, and where an entry asks for more than its words: the templates that may stand in it, perhaps none.
        """
        text = normalise(line).strip()
        low = fold(text)
        standing = self._agreement.shown_in(templates, low)
        if not standing:
            return standing  # the words of a message, but no message: most of what a scanner finds
        if may_hold_body(low):
            if self._is_answer(line, low, standing):
                message = one_message.of_log_object(line, self._cues)
                if message is not None:
                    text = normalise(message).strip()
                    low = fold(text)
                    places = self._agreement.everywhere(standing[0], text, low)
                    return self._at_one_of(places, text, low) or standing
            return standing
        standing, places = self._standing_in(text, low, standing)
        if standing and self._is_answer(line, low, standing):
            return self._at_one_of(places, text, low) or standing
        return standing

    def _standing_in(self, text: str, low: str, shown: list[int]) -> tuple[list[int], list[Found]]:
        """Return those of some templates that may stand in a line, and the places of the first."""
        standing: list[int] = []
        places: list[Found] = []
        for number in shown:
            template = self._templates[number]
            if places and self._entries[template.entry].kind == "family":
                standing.append(number)  # no family outranks a message
                continue
            found = self._agreement.everywhere(number, text, low)
            if found or not head(template):
                places = places if standing else found
                standing.append(number)
        return standing, places

    def _is_answer(self, line: str, low: str, standing: list[int]) -> bool:
        """Tell whether the first of the templates that a line may hold is the answer, if it stands at one place.

        So it is where its entry asks for nothing but its words, and nothing else in the line could add to them.
        """
        template = self._templates[standing[0]]
        entry = self._entries[template.entry]
        if template.conditions or entry.support or entry.kind == "family":
            return False
        if "retry-after" in low or "ratelimit-reset" in low or "<" in line or "](" in line:
            return False
        # Of several templates the longest is the answer, and a shared wording is nobody's, if no provider is named.
        others = [other for other in map(self._templates.__getitem__, standing[1:]) if self._is_full(other.entry)]
        if others and others[0].literal == template.literal:
            return False
        if others or entry.provider == "http" or entry.provider in self._cues.providers.gateways:
            return self._cues.providers.words.isdisjoint(self._cues.words_in(line))
        return True

    def _is_full(self, entry: int) -> bool:
        return self._entries[entry].kind != "family"

    def _at_one_of(self, places: list[Found], text: str, low: str) -> Candidate | None:
        """Return the candidate of the one place where a line holds a message, if it may stand there."""
        if len(places) != 1:
            return None
        found = places[0]
        if found.cut or not _parted(found, low) or self._cues.heads.at_start(text, low):
            return None
        if not self._finder.is_begun(found, Lines(text), low):
            return None
        template = self._templates[found.template]
        entry = self._entries[template.entry]
        return Candidate(FULL, entry, Basis.MESSAGE, False, found.literal, False, None, found.values, low, None)


def _parted(found: Found, low: str) -> bool:
    """Tell whether a message neither begins nor ends within a word: only then a line has its key words."""
    before, after = low[found.start - 1 : found.start], low[found.end : found.end + 1]
    return not (before.isalnum() or before == "_" or after.isalnum() or after == "_")
