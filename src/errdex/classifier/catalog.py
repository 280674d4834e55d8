"""The facade: turns a raw error into evidence, evidence into ranked candidates, and the best one into the answer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from os import PathLike

from errdex.classifier import safety_net
from errdex.classifier.fast.engine import Fast
from errdex.classifier.full import Full
from errdex.decide.answer import NO_ERROR, params
from errdex.model.classification import Classification
from errdex.model.params import as_json
from errdex.model.type_names import TYPE_CHECKING, Any, overload
from errdex.read.hints import NO_HINTS, Headers, Hints
from errdex.rules import compiled
from errdex.rules.compiled import Rules
from errdex.rules.tables import Entry

if TYPE_CHECKING:
    from errdex.classifier.exception_notes import Explaining, Function
    from errdex.model.why import Why
    from errdex.wording.linear_model import WordingModel


class Catalog:
    """A catalog that is ready to classify: the built-in one, or your own, loaded with `Catalog.load`.

    Each function of `errdex` is also a method here: `errdex.classify` is `errdex.default_catalog().classify`.

    >>> import errdex
    >>> catalog = errdex.default_catalog()
    >>> catalog.entry("cohere/invalid-api-key").title
    'The API key is not valid'
    """

    def __init__(self, rules: Rules, pages: dict[str, Any] | None = None, model: WordingModel | None = None) -> None:
        self._rules = rules
        self._pages = pages
        self._full = Full(rules, model)
        self._fast = Fast(self._full)

    @classmethod
    def load(cls, folder: str | PathLike[str]) -> Catalog:
        """Load your own catalog on top of the built-in one.

        An entry with the same id replaces the built-in one; `disable: [ids]` in the folder's `errdex.yaml` removes
        entries.

        Raises:
            CatalogError: The folder contains mistakes; lists every issue with its location.
        """
        from errdex.authoring.overlay import load_over

        rules, pages = load_over(folder)
        return cls(Rules(rules), pages)

    def classify(
        self,
        raw: object,
        *,
        provider: str | None = None,
        status: int | None = None,
        code: str | None = None,
        headers: Headers | None = None,
    ) -> Classification:
        """Identify a raw error; see `errdex.classify`."""
        hints = NO_HINTS
        try:
            if not (provider is None and status is None and code is None and headers is None):
                hints = Hints.of(provider, status, code, headers)
            return self._fast.classify(raw, hints)
        except RecursionError:
            return safety_net.on_fresh_stack(self._fast.classify, NO_ERROR, raw, hints)
        except safety_net.FOREIGN:
            if safety_net.is_open:
                raise
            return NO_ERROR

    def detect(self, text: str | bytes) -> Classification:
        """Identify the API error in a text, if there is one; see `errdex.detect`."""
        return safety_net.call(self._fast.detect, NO_ERROR, text)

    def classify_all(
        self,
        raw: object,
        *,
        provider: str | None = None,
        status: int | None = None,
        code: str | None = None,
        headers: Headers | None = None,
    ) -> list[Classification]:
        """Return every possible answer for a raw error, best first, one per entry; see `errdex.classify_all`."""
        hints = Hints.of(provider, status, code, headers)
        nothing: list[Classification] = []
        return safety_net.call(self._full.classify_all, nothing, raw, hints)

    def why(
        self,
        raw: object,
        *,
        provider: str | None = None,
        status: int | None = None,
        code: str | None = None,
        headers: Headers | None = None,
    ) -> Why:
        """Return the evidence and the ranked candidates; see `errdex.why`."""
        nothing: Why = {"evidence": None, "candidates": [], "wording": None}
        return safety_net.call(self._why, nothing, raw, Hints.of(provider, status, code, headers))

    def _why(self, raw: object, hints: Hints) -> Why:
        evidence, candidates = self._full.why(raw, hints)
        if evidence is None:
            return {"evidence": None, "candidates": [], "wording": None}
        return {
            "evidence": evidence.to_dict(),
            "candidates": [
                {
                    "entry": candidate.entry.id or None,
                    "category": candidate.entry.category,
                    "basis": str(candidate.basis),
                    "rank": candidate.rank,
                    "cue": candidate.cue,
                    "literal": candidate.literal,
                    "status": candidate.status,
                    "params": as_json(params(candidate)),
                }
                for candidate in candidates
            ],
            "wording": self._full.decider.by_wording.explain(evidence, hints.status),
        }

    def is_retryable(self, error: BaseException) -> bool:
        """Tell whether an exception is an API error worth retrying; see `errdex.is_retryable`."""
        return self.classify(error).retryable

    def add_note(self, error: BaseException, *, provider: str | None = None) -> Classification:
        """Add title, verdict, fix and docs link to an exception as a note; see `errdex.add_note`."""
        from errdex.classifier.exception_notes import add_note

        return add_note(lambda raw: self.classify(raw, provider=provider), error)

    @overload
    def explaining(self, function: Function, /) -> Function: ...
    @overload
    def explaining(self, /, *, provider: str | None = None) -> Explaining: ...
    def explaining(self, function: Function | None = None, /, *, provider: str | None = None) -> Function | Explaining:
        """Return a context manager and decorator that adds a note to API errors; see `errdex.explaining`."""
        from errdex.classifier.exception_notes import Explaining

        explaining = Explaining(lambda error: self.add_note(error, provider=provider))
        return explaining if function is None else explaining(function)

    def entry(self, name: str) -> Entry:
        """Return the entry with an id.

        Raises:
            UnknownEntryError: No entry has this id; suggests similar ones.
        """
        try:
            return self._by_id[name]
        except KeyError:
            from errdex.model.errors import unknown_entry

            raise unknown_entry(name, self._by_id) from None

    @cached_property
    def _by_id(self) -> dict[str, Entry]:
        return {entry.id: entry for entry in self._rules.entries.all()}

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries that can be an answer, sorted by id."""
        return tuple(self._rules.entries.all())

    @property
    def providers(self) -> list[str]:
        """Names of all providers, as written before the slash of an id."""
        return [*self._rules.providers]

    @cached_property
    def pages(self) -> Mapping[str, Any]:
        """Texts of the pages: `entries` (guides included) and `providers` by id, as in the YAML, and their `places`."""
        return self._pages or compiled.read_pages()
