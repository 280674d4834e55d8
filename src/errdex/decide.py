"""Evidence → candidates in one total order; the first is the answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from errdex.catalog.compiled import Entry, Rules
from errdex.catalog.normal import fold, normalise
from errdex.evidence.conditions import holds, is_path
from errdex.evidence.cues import Cues
from errdex.evidence.evidence import Evidence, Message, SeenException
from errdex.hints import Hints
from errdex.matching import units
from errdex.matching.index import WordIndex
from errdex.matching.places import Finder, Found, whole
from errdex.taxonomy import Basis, Category

_FULL, _CODE, _FAMILY, _EXCEPTION, _DEFAULT, _STATUS, _CLASS, _CONTRADICTED = range(8)
"""Ranks. A family of another status than the one seen comes after everything."""

_SPENT: Final = (Category.BILLING, Category.QUOTA)
_SUPPORT_SPAN: Final = 300  # characters around a short text in which a cue supports it


class Candidate(NamedTuple):
    """One entry that a raw error may be, with what speaks for it."""

    rank: int
    """0 full template, 1 code, field or detail, 2 family, 3 exception, 4 default of the status at its provider,
    5 http/<status>, 6 http/4xx or http/5xx, 7 a family or shared wording whose status differs from the one seen."""
    entry: Entry
    basis: Basis
    cue: bool
    """A hint or the text points to the entry's provider."""
    literal: int
    """Literal characters that matched."""
    cut: bool
    """The text shows only the beginning of the message."""
    status: int | None
    """The status that belongs to it."""
    values: units.Values
    low: str | None
    """The folded text that holds the message."""
    code: str | None

    @property
    def order(self) -> tuple[int, bool, bool, int, bool, str]:
        """The smallest is the answer."""
        agrees = self.status is not None and self.status in self.entry.statuses
        return self.rank, not self.cue, self.cut, -self.literal, not agrees, self.entry.id


class Decider:
    """Finds and orders the candidates for one catalog."""

    def __init__(self, rules: Rules, cues: Cues) -> None:
        self._rules = rules
        self._cues = cues
        self.index = WordIndex(rules)
        self._finder = Finder(rules, cues.prefixes, cues.labels)
        self._http = rules.defaults.get("http", {})

    def whole(self, text: str, templates: list[int]) -> Candidate | None:
        """Return the one message that a text is from its first to its last word, if no other could be it as well."""
        if not text.lstrip()[:1].isalpha():
            return None  # a quote, a number or a bullet may stand before the message
        text = normalise(text).strip()
        low = fold(text)
        starts = self._finder.starts(low)
        best: Candidate | None = None
        for number in templates:
            template = self._rules.templates[number]
            if best and template.literal < best.literal:
                break
            values = whole(template, text, low, starts)
            if values is None or template.conditions:
                continue
            entry = self._rules.entries[template.entry]
            if entry.kind == "family":
                continue
            if best or entry.provider == "http" or entry.provider in self._cues.providers.gateways:
                return None
            best = Candidate(_FULL, entry, Basis.MESSAGE, False, template.literal, False, None, values, low, None)
        return best

    def finds_any(self, message: Message) -> bool:
        """Tell whether a text holds any template."""
        numbers = self.index.candidates(self._cues.words_in(message.text))
        return any(
            self._finder.find(number, message.lines, message.low, message.starts, message.known) for number in numbers
        )

    def best(self, evidence: Evidence, hints: Hints) -> Candidate | None:
        """Return the first of `candidates`, without the work for the others where a full template decides."""
        pointed = [hints.provider] if hints.provider else evidence.providers
        full = list(self._templates(evidence, hints.status, pointed, families=False))
        found = self._order(full, hints.provider)
        if found and found[0].rank == _FULL:
            return found[0]
        return next(iter(self.candidates(evidence, hints)), None)

    def candidates(self, evidence: Evidence, hints: Hints) -> list[Candidate]:
        """Return the candidates, best first."""
        pointed = [hints.provider] if hints.provider else evidence.providers
        status = hints.status
        found = [
            *self._templates(evidence, status, pointed),
            *self._items(evidence, status, pointed),
            *self._classes(evidence, status, pointed),
        ]
        found += self._defaults(evidence, status, pointed, bool(found))
        return self._order(found, hints.provider)

    def _order(self, found: list[Candidate], provider: str | None) -> list[Candidate]:
        if provider:
            allowed = {provider, "http", *self._cues.providers.gateways}
            found = [candidate for candidate in found if candidate.entry.provider in allowed]
        if len(found) > 1:
            found.sort(key=lambda candidate: candidate.order)
            found = _share(found)
        return found

    def _templates(
        self, evidence: Evidence, hint: int | None, pointed: list[str], families: bool = True
    ) -> Iterator[Candidate]:
        for message in evidence.messages:
            enough = 0
            if message.templates is None:
                message.templates = self._finder.narrow(self.index.candidates(message.words), message.low)
            for number in message.templates:
                template = self._rules.templates[number]
                if template.literal < enough:
                    break
                entry = self._rules.entries[template.entry]
                if entry.kind == "family" and not families:
                    continue
                if number not in message.found:
                    message.found[number] = self._finder.find(
                        number, message.lines, message.low, message.starts, message.known
                    )
                found = message.found[number]
                if found is None:
                    continue
                if entry.support and not self._supported(found, message, evidence, hint):
                    continue
                status = hint or message.status_near(found.start, found.end) or self._elsewhere(evidence, message)
                if template.conditions and not holds(template.conditions, evidence, status):
                    continue
                rank = _family_rank(entry, status) if entry.kind == "family" else _FULL
                if entry.provider == "http" and _contradicts(entry, status):
                    rank = _CONTRADICTED  # anybody's words do not stand against the status that was seen
                elif entry.provider == "http" and entry.retryable and self._is_spent(evidence):
                    rank = _FAMILY  # nor against a code of money or allowances: a retry would cost more of it
                cue = entry.provider in pointed
                if found.alone and not found.cut and not families and (cue or not pointed):
                    enough = found.literal  # nothing shorter can win
                yield Candidate(
                    rank, entry, Basis.MESSAGE, cue, found.literal, found.cut, status, found.values, message.low, None
                )

    def _is_spent(self, evidence: Evidence) -> bool:
        """Tell whether a machine code says that money or an allowance is used up."""
        rules = self._rules
        items = (item for code in evidence.codes for item in rules.codes.get(code, ()))
        return any(rules.entries[rules.items[item][0]].category in _SPENT for item in items)

    @staticmethod
    def _elsewhere(evidence: Evidence, message: Message) -> int | None:
        """Return the status of the whole, unless it was read inside the message."""
        inside = message.statuses and any(seen.status == evidence.status for seen in message.statuses)
        return None if inside else evidence.status

    def _supported(self, found: Found, message: Message, evidence: Evidence, hint: int | None) -> bool:
        if message.known or hint or (message.supported and found.before in message.starts):
            return True
        text = message.text
        if message.lines.is_code(found.start) or message.lines.is_item(found.start):
            return False
        if found.alone and message.whole:
            return True
        start = text.rfind("\n", 0, found.start) + 1
        end = text.find("\n", found.end)
        end = len(text) if end < 0 else end
        start, end = max(start, found.start - _SUPPORT_SPAN), min(end, found.end + _SUPPORT_SPAN)
        cues = [seen.position for seen in message.statuses] + [seen.position for seen in message.exceptions]
        if any(start <= position <= end for position in cues):
            return True
        return self._cues.providers.mentioned((text[start : found.start] + text[found.end : end]).lower())

    def _items(self, evidence: Evidence, hint: int | None, pointed: list[str]) -> Iterator[Candidate]:
        rules = self._rules
        status = hint or evidence.status
        seen: set[int] = set()
        # A class of no known SDK, such as ThrottlingException, is the service's own code.
        classes = [seen.name for seen in evidence.exceptions if self._cues.providers.owner_of(seen.path) is None]
        for code in dict.fromkeys([*evidence.codes, *classes]):
            for item in rules.codes.get(code, ()):
                yield from self._item(item, seen, Basis.CODE, evidence, status, pointed, code)
        for key in dict.fromkeys(path.rpartition(".")[2] for path, _ in evidence.fields):
            for table in (rules.fields, rules.details):
                for item in table.get(key, ()):
                    yield from self._item(item, seen, Basis.FIELD, evidence, status, pointed, None)

    def _item(
        self,
        item: int,
        seen: set[int],
        basis: Basis,
        evidence: Evidence,
        status: int | None,
        pointed: list[str],
        code: str | None,
    ) -> Iterator[Candidate]:
        number, conditions = self._rules.items[item]
        if item in seen or not holds(conditions, evidence, status):
            return
        seen.add(item)
        entry = self._rules.entries[number]
        rank = _family_rank(entry, status) if entry.kind == "family" else _CODE
        literal = len(code) if code else sum(len(str(value)) for value in conditions.get("field", {}).values())
        yield Candidate(rank, entry, basis, entry.provider in pointed, literal, False, status, {}, None, code)

    def _classes(self, evidence: Evidence, hint: int | None, pointed: list[str]) -> Iterator[Candidate]:
        status = hint or evidence.status
        done: set[int] = set()
        for seen in evidence.exceptions:
            for item in self._rules.exceptions.get(seen.name, ()):
                number, conditions = self._rules.items[item]
                if item in done or not holds(conditions, evidence, status):
                    continue
                done.add(item)
                entry = self._rules.entries[number]
                cue = entry.provider in pointed
                yield Candidate(_EXCEPTION, entry, Basis.EXCEPTION, cue, len(seen.name), False, status, {}, None, None)

    def _defaults(
        self, evidence: Evidence, hint: int | None, pointed: list[str], recognised: bool
    ) -> Iterator[Candidate]:
        """Yield what the bare status, or the status that a class stands for, means."""
        status, basis = hint or evidence.status, Basis.STATUS
        if not hint and not (evidence.strong or evidence.error or recognised):
            status = None
        if status is None:
            status, owner = self._class_status(evidence.exceptions)
            basis = Basis.EXCEPTION
            pointed = [owner, *pointed] if owner else pointed
        if status is None or status < 400:
            return
        for provider in pointed:
            own = self._rules.defaults.get(provider, {})
            yield from self._bare(evidence, own, str(status), _DEFAULT, basis, status, provider != "http")
        yield from self._bare(evidence, self._http, str(status), _STATUS, basis, status, cue=False)
        yield from self._bare(evidence, self._http, f"{status // 100}xx", _CLASS, basis, status, cue=False)

    def _bare(
        self, evidence: Evidence, table: dict[str, list[int]], key: str, rank: int, basis: Basis, status: int, cue: bool
    ) -> Iterator[Candidate]:
        for item in table.get(key, ()):
            number, conditions = self._rules.items[item]
            if not holds(conditions, evidence, status):
                continue
            entry = self._rules.entries[number]
            # An item that asks for more than the status says more than the bare status does.
            if len(conditions) > 1:
                rank = _CODE
            yield Candidate(rank, entry, basis, cue, 0, False, status, {}, None, None)

    def _class_status(self, exceptions: list[SeenException]) -> tuple[int | None, str | None]:
        """Return the status that an SDK's class stands for, if its module or name tells whose it is."""
        for seen in exceptions:
            owner = self._cues.providers.owner_of(seen.path)
            for provider, path, status in self._cues.classes.statuses.get(seen.name, ()):
                if status is not None and provider == owner and is_path(path, seen.path):
                    return status, provider
        return None, None


def _family_rank(entry: Entry, status: int | None) -> int:
    return _CONTRADICTED if _contradicts(entry, status) else _FAMILY


def _contradicts(entry: Entry, status: int | None) -> bool:
    return status is not None and bool(entry.statuses) and status not in entry.statuses


def _share(found: list[Candidate]) -> list[Candidate]:
    """Where providers share a wording and nothing tells them apart, put the shared http entry first."""
    best = found[0]
    if best.rank != _FULL or best.cue or best.entry.provider == "http":
        return found
    for place, other in enumerate(found[1:], 1):
        if other.rank != best.rank or other.literal != best.literal:
            break
        if other.entry.provider == "http":
            return [other, *found[:place], *found[place + 1 :]]
    return found
