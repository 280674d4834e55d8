"""Fast path for texts that are one message from first word to last and cannot be any other."""

from __future__ import annotations

from collections.abc import Callable, Set

from errdex.decide.by_message import LONG, MessageCandidates
from errdex.decide.candidate import FULL, Candidate, contradicts
from errdex.match import template_matcher
from errdex.model.category import Basis
from errdex.model.type_names import Final
from errdex.read.lines import Lines
from errdex.read.raw_text import may_hold_body
from errdex.read.vocabulary import Vocabulary
from errdex.rules import Pattern, pattern, units
from errdex.rules.compiled import Rules
from errdex.rules.normal_form import fold, normalise
from errdex.rules.tables import Template

Named = Callable[[], Set[str]]
NOBODY: Final[Named] = frozenset
"""There is no surrounding text that could name a provider."""
_AT_ONCE: Final = [0]
# No words or numbers may follow the message: a header, a request id, a status or a second error would be further
# evidence.
_REST: Final[Pattern] = r"[\W_]*\Z"


class WholeMessages:
    """Recognises texts that are exactly one message, for one catalog."""

    def __init__(self, rules: Rules, vocabulary: Vocabulary, messages: MessageCandidates) -> None:
        self._rules = rules
        self._providers = vocabulary.providers
        self._finder = messages.finder
        self._matcher = messages.matcher
        self._heads = messages.matcher.heads
        self._templates = rules.templates

    def candidate(
        self, text: str, seen: Set[bytes], templates: list[int], named: Named, known: bool, status: int | None = None
    ) -> Candidate | None:
        """Return the candidate of a text that is exactly one message; None if it is anything else.

        Args:
            text: The text.
            seen: Its telling words.
            templates: The templates that it may contain, the longest first.
            named: Returns the providers named around the text; called only where they matter.
            known: Whether it is the value of a message field.
            status: Its status, if known.
        """
        if not text[:1].isalpha() and not text.lstrip()[:1].isalpha():
            return None  # a quote, a number or a bullet may precede the message
        if len(text) >= template_matcher.LONG and len(templates) > template_matcher.MOST:
            return None  # made of the words of many messages
        text = normalise(text).strip()
        low = fold(text)
        starts = self._finder.starts(low)
        prefixed = starts[1:]
        heads, all_templates = self._heads, self._templates
        best: Candidate | None = None
        others: list[int] = []
        for number in templates:
            template = all_templates[number]
            if best and template.literal < best.literal:
                break
            head = heads[number]
            found = None
            if low.startswith(head) or (prefixed and any(low.startswith(head, start) for start in prefixed)):
                found = _match(template, text, low, starts)
            if found is None:
                others.append(number)
                continue
            end, values = found
            if end != len(text) and not pattern(_REST).match(text, end):
                return None
            entry = self._rules.entries[template.entry]
            if entry.kind == "family":
                continue
            if best or template.conditions:
                return None
            if entry.provider == "http" and contradicts(entry, status):
                return None
            best = Candidate(FULL, entry, Basis.MESSAGE, False, template.literal, False, status, values, low, None)
        if best is None or (others and self._is_held(others, text, low, known)):
            return None
        if ("{" in text or "map[" in text) and may_hold_body(text):
            return None  # an object in a hole may be evidence of its own
        if named is not NOBODY or not seen.isdisjoint(self._providers.words):
            return best if self._is_its_own(best, templates, named, low, seen) else None
        return best

    def _is_its_own(self, best: Candidate, templates: list[int], named: Named, low: str, seen: Set[bytes]) -> bool:
        """Tell whether no other provider named has a claim: a message of its own, or one that any provider sends."""
        owner, entries = best.entry.provider, self._rules.entries
        is_gateway = owner in self._providers.gateways
        if owner != "http" and not is_gateway:
            templates = [
                number for number in templates if entries[self._rules.templates[number].entry].provider != owner
            ]
            if not (templates and self._matcher.shown_in(templates, low)):
                # A short wording of another provider than the one that is named counts for less.
                if best.literal >= LONG:
                    return True
                names = {*named(), *self._providers.named_in(low, seen)}
                return owner in names or names <= self._providers.vague
        names = {*named(), *self._providers.named_in(low, seen)}
        return not names or (names == {owner} and not is_gateway)

    def _is_held(self, templates: list[int], text: str, low: str, known: bool) -> bool:
        """Tell whether a text also contains all of one of these templates, such as in an open hole."""
        for number in templates:
            for part in self._rules.templates[number].parts:
                if type(part) is str and part not in low:
                    break
            else:
                found = self._finder.find(number, Lines(text), low, _AT_ONCE, known)
                if found and not found.cut:  # a whole message outranks a truncated one
                    return True
        return False


def _match(template: Template, text: str, low: str, starts: list[int]) -> tuple[int, units.Values] | None:
    """Match a template at any of these positions; return where it ends and the values of its holes, or None."""
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
