"""Candidates from evidence other than messages: codes, fields, exception classes and the bare status."""

from __future__ import annotations

from collections.abc import Iterator

from errdex.decide.candidate import CLASS, CODE, DEFAULT, EXCEPTION, STATUS, Candidate, item_rank
from errdex.decide.conditions import holds
from errdex.model.category import Basis
from errdex.model.type_names import Any
from errdex.read.evidence import Evidence, SeenException
from errdex.read.signals.classes import is_path
from errdex.read.vocabulary import Vocabulary
from errdex.rules.compiled import Rules


class SignalCandidates:
    """Finds the candidates that need no message, for one catalog."""

    def __init__(self, rules: Rules, vocabulary: Vocabulary) -> None:
        self._rules = rules
        self._vocabulary = vocabulary
        self._http = rules.defaults.get("http", {})
        self._by_value: dict[str, dict[Any, list[int]]] = {}

    def candidates(
        self, evidence: Evidence, hint: int | None, pointed: list[str], recognised: bool
    ) -> Iterator[Candidate]:
        """Yield the candidates of codes, fields, classes and statuses, in no particular order.

        Args:
            evidence: The evidence from a raw error.
            hint: The HTTP status given by the caller.
            pointed: Providers that a hint or the evidence points to.
            recognised: Whether a message was recognised, so that a status next to it counts.
        """
        found = [*self._items(evidence, hint, pointed), *self._classes(evidence, hint, pointed)]
        yield from found
        yield from self._defaults(evidence, hint, pointed, recognised or bool(found))

    def _items(self, evidence: Evidence, hint: int | None, pointed: list[str]) -> Iterator[Candidate]:
        rules = self._rules
        status = hint or evidence.status
        seen: set[int] = set()
        # A class that belongs to no known SDK, such as ThrottlingException, is the service's own code.
        classes = [seen.name for seen in evidence.exceptions if self._vocabulary.providers.owner_of(seen.path) is None]
        for code in dict.fromkeys([*evidence.codes, *classes]):
            for item in rules.codes.get(code, ()):
                yield from self._item(item, seen, Basis.CODE, evidence, status, pointed, code)
        # A body may have one field a thousand times, and each item looks at all of them: it is judged once.
        fields = dict.fromkeys((path.rpartition(".")[2], value) for path, value in evidence.fields)
        asked = (item for key, value in fields for item in self._with_field(key).get(value, ()))
        detailed = (item for key in dict.fromkeys(key for key, _ in fields) for item in rules.details.get(key, ()))
        for item in dict.fromkeys([*asked, *detailed]):
            yield from self._item(item, seen, Basis.FIELD, evidence, status, pointed, None)

    def _with_field(self, key: str) -> dict[Any, list[int]]:
        """Return, and cache, the items that ask for a field of this name, by its value."""
        found = self._by_value.get(key)
        if found is None:
            found = self._by_value[key] = {}
            for item in self._rules.fields.get(key, ()):
                wanted: dict[str, Any] = self._rules.items[item][1]["field"]
                for path, value in wanted.items():
                    if path.rpartition(".")[2] == key:
                        found.setdefault(value, []).append(item)
        return found

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
        number, conditions, generic = self._rules.items[item]
        if item in seen or not holds(conditions, evidence, status):
            return
        seen.add(item)
        entry = self._rules.entries[number]
        rank = item_rank(entry, generic, status)
        literal = len(code or "") + sum(len(str(value)) for value in conditions.get("field", {}).values())
        yield Candidate(rank, entry, basis, entry.provider in pointed, literal, False, status, {}, None, code)

    def _classes(self, evidence: Evidence, hint: int | None, pointed: list[str]) -> Iterator[Candidate]:
        status = hint or evidence.status
        done: set[int] = set()
        for seen in evidence.exceptions:
            for item in self._rules.exceptions.get(seen.name, ()):
                number, conditions, _ = self._rules.items[item]
                if item in done or not holds(conditions, evidence, status):
                    continue
                done.add(item)
                entry = self._rules.entries[number]
                cue = entry.provider in pointed
                yield Candidate(EXCEPTION, entry, Basis.EXCEPTION, cue, len(seen.name), False, status, {}, None, None)

    def _defaults(
        self, evidence: Evidence, hint: int | None, pointed: list[str], recognised: bool
    ) -> Iterator[Candidate]:
        """Yield the candidates of the bare status, or of the status that a class stands for."""
        status, basis = hint or evidence.status, Basis.STATUS
        if not hint and not (evidence.strong or evidence.error or recognised):
            status = None
        if status is None:
            status, owner = self._class_status(evidence.exceptions)
            basis = Basis.EXCEPTION
            pointed = [owner, *pointed] if owner else pointed
            if status is None and evidence.told:
                status = evidence.told.status
                basis = Basis.EXCEPTION if evidence.told.by_class else Basis.STATUS
        if status is None or status < 400:
            return
        for provider in pointed:
            own = self._rules.defaults.get(provider, {})
            yield from self._bare(evidence, own, str(status), DEFAULT, basis, status, provider != "http")
        yield from self._bare(evidence, self._http, str(status), STATUS, basis, status, cue=False)
        yield from self._bare(evidence, self._http, f"{status // 100}xx", CLASS, basis, status, cue=False)

    def _bare(
        self, evidence: Evidence, table: dict[str, list[int]], key: str, rank: int, basis: Basis, status: int, cue: bool
    ) -> Iterator[Candidate]:
        for item in table.get(key, ()):
            number, conditions, _ = self._rules.items[item]
            if not holds(conditions, evidence, status):
                continue
            entry = self._rules.entries[number]
            # An item with more conditions than the status says more than the bare status does.
            if len(conditions) > 1:
                rank = CODE
            yield Candidate(rank, entry, basis, cue, 0, False, status, {}, None, None)

    def _class_status(self, exceptions: list[SeenException]) -> tuple[int | None, str | None]:
        """Return the status that an SDK's class stands for, and its provider; the module or name must tell which."""
        for seen in exceptions:
            owner = self._vocabulary.providers.owner_of(seen.path)
            for provider, path, status in self._vocabulary.classes.statuses.get(seen.name, ()):
                if status is not None and provider == owner and is_path(path, seen.path):
                    return status, provider
        return None, None
