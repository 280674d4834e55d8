"""The facade: raw error → evidence → candidates in one total order → the answer."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from os import PathLike
from typing import Any

from errdex.classifier.fast.engine import Fast
from errdex.classifier.full import Full
from errdex.decide.answer import params
from errdex.model.classification import Classification
from errdex.read.hints import NO_HINTS, Hints
from errdex.rules import compiled
from errdex.rules.compiled import Entry, Rules


class Catalog:
    """A catalog, ready to classify. `errdex.classify` is `default_catalog().classify`."""

    def __init__(self, rules: Rules, pages: dict[str, Any] | None = None) -> None:
        self._rules = rules
        self._pages = pages
        self._full = Full(rules)
        self._fast = Fast(self._full)

    @classmethod
    def load(cls, folder: str | PathLike[str]) -> Catalog:
        """Load a user's own catalog over ours.

        An entry of the same id replaces ours; `disable: [ids]` in the folder's `errdex.yaml` takes entries out.

        Raises:
            CatalogError: Anything in the folder is wrong; holds every issue with its place.
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
        headers: Mapping[str, str] | None = None,
    ) -> Classification:
        """Say what a raw error is; see `errdex.classify`."""
        hints = NO_HINTS
        if not (provider is None and status is None and code is None and headers is None):
            hints = Hints.of(provider, status, code, headers)
        return self._fast.classify(raw, hints)

    def detect(self, text: str | bytes) -> Classification:
        """Say what a text is of which nobody says that it is an error; see `errdex.detect`."""
        return self._fast.classify(text, NO_HINTS)

    def classify_all(
        self,
        raw: object,
        *,
        provider: str | None = None,
        status: int | None = None,
        code: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> list[Classification]:
        """Return every answer that a raw error allows, best first, one for each entry; see `errdex.classify_all`."""
        return self._full.classify_all(raw, Hints.of(provider, status, code, headers))

    def why(
        self,
        raw: object,
        *,
        provider: str | None = None,
        status: int | None = None,
        code: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """Return the evidence and the ranked candidates, JSON-ready; see `errdex.why`."""
        evidence, candidates = self._full.why(raw, Hints.of(provider, status, code, headers))
        if evidence is None:
            return {"evidence": None, "candidates": []}
        return {
            "evidence": evidence.to_dict(),
            "candidates": [
                {
                    "entry": candidate.entry.id,
                    "basis": str(candidate.basis),
                    "rank": candidate.rank,
                    "cue": candidate.cue,
                    "literal": candidate.literal,
                    "status": candidate.status,
                    "params": params(candidate),
                }
                for candidate in candidates
            ],
        }

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All entries that can be an answer, ordered by id."""
        return tuple(self._rules.entries)

    @property
    def providers(self) -> list[str]:
        """Names of all providers, as they stand before the slash of an id."""
        return list(self._rules.providers)

    @cached_property
    def pages(self) -> dict[str, Any]:
        """Texts of the pages: `entries` (guides too) and `providers` by id, as in the YAML, and their `places`."""
        return self._pages or compiled.read_pages()
