"""Lines of logs of which a scanner says which templates they may hold: most hold none, or one and nothing else.

They are judged in a fraction of the time of the whole way, which gives the same answer for them.
"""

from __future__ import annotations

from errdex.candidate import FULL, Candidate
from errdex.catalog.compiled import Rules, Template
from errdex.decide import Decider
from errdex.evidence import one_message
from errdex.evidence.cues import Cues
from errdex.evidence.evidence import Message
from errdex.evidence.text import may_hold_body
from errdex.taxonomy import Basis


class LogLines:
    """Judges lines without cues for one catalog."""

    def __init__(self, rules: Rules, cues: Cues, decider: Decider) -> None:
        self._rules = rules
        self._cues = cues
        self._agreement = decider.agreement
        self._finder = decider.finder

    def standing_in(self, line: Message, templates: list[int]) -> list[int]:
        """Return those of some templates that may stand in a line."""
        text, low = line.text, line.low
        shown = self._agreement.shown_in(templates, low)
        if not shown or may_hold_body(low):
            return shown
        return [number for number in shown if self._agreement.anywhere(number, text, low)]

    def _is_full(self, template: Template) -> bool:
        return self._rules.entries[template.entry].kind != "family"

    def only(self, raw: str, line: Message, standing: list[int]) -> Candidate | None:
        """Return the candidate of a line that holds one message at one place, and nothing that adds to it.

        None for any other line, and where an entry asks for more than its words.
        """
        template = self._rules.templates[standing[0]]
        entry = self._rules.entries[template.entry]
        if template.conditions or entry.support or entry.kind == "family":
            return None
        # Of several templates the longest is the answer, and a shared wording is nobody's, if no provider is named.
        others = [other for other in map(self._rules.templates.__getitem__, standing[1:]) if self._is_full(other)]
        if others and others[0].literal == template.literal:
            return None
        shared = entry.provider == "http" or entry.provider in self._cues.providers.gateways
        if (shared or others) and not self._cues.providers.words.isdisjoint(line.words):
            return None
        if "retry-after" in line.low or "ratelimit-reset" in line.low:
            return None
        if may_hold_body(line.low):
            text = one_message.of_log_object(raw, self._cues)
            if text is None:
                return None
            line = Message(text, known=False)
        if self._cues.heads.at_start(line.text, line.low):
            return None
        found = self._finder.at_one_place(standing[0], line.lines, line.low)
        if found is None or found.cut:
            return None
        return Candidate(FULL, entry, Basis.MESSAGE, False, template.literal, False, None, found.values, line.low, None)
