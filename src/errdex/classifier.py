"""The facade: raw error → evidence → candidates in one total order → the answer."""

from __future__ import annotations

import json
import warnings
from collections.abc import Mapping
from functools import cache, cached_property
from os import PathLike
from typing import Any, Final

from errdex.catalog import compiled
from errdex.catalog.compiled import Entry, Rules
from errdex.catalog.words import encode, words
from errdex.classification import Classification
from errdex.decide import Candidate, Decider
from errdex.evidence import exceptions, retry_after
from errdex.evidence.cues import Cues
from errdex.evidence.evidence import Evidence
from errdex.evidence.objects import ObjectReader, read_headers
from errdex.evidence.text import TextReader
from errdex.matching.values import Param, convert
from errdex.taxonomy import Basis, Category

SITE: Final = "https://errdex.github.io/errdex/errors/"
"""Where the entries' pages stand."""

_NOTHING: Final = Classification()
_CATEGORIES: Final = {str(category): category for category in Category}
_NO_API_ERRORS: Final = (KeyboardInterrupt, SystemExit, GeneratorExit)
_CANCELLED: Final = ("asyncio.exceptions", "CancelledError")
_RETRYABLE_STATUSES: Final = frozenset({408, 425, 429})


class Catalog:
    """A catalog, ready to classify. `errdex.classify` is `default_catalog().classify`."""

    def __init__(self, rules: Rules, pages: dict[str, Any] | None = None) -> None:
        self._rules = rules
        self._pages = pages
        self._cues = Cues(rules)
        self._gateways = self._cues.gateways
        self._decider = Decider(rules, self._cues)
        self._reader = TextReader(rules, self._cues)

    @classmethod
    def load(cls, folder: str | PathLike[str]) -> Catalog:
        """Load a user's own catalog over ours.

        An entry of the same id replaces ours; `disable: [ids]` in the folder's `errdex.yaml` takes entries out.

        Raises:
            CatalogError: Anything in the folder is wrong; holds every issue with its place.
        """
        from errdex.catalog.layers import load_over

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
        evidence = self._read(raw, status, code, headers)
        if evidence is None:
            return _NOTHING
        return self._answer(evidence, self._decider.best(evidence, provider, status), provider, status)

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
        evidence = self._read(raw, status, code, headers)
        if evidence is None:
            return []
        candidates = self._decider.candidates(evidence, provider, status)
        best: dict[str, Candidate] = {}
        for candidate in candidates:
            best.setdefault(candidate.entry.id, candidate)
        answers = [self._answer(evidence, candidate, provider, status) for candidate in best.values()]
        return answers or [answer for answer in [self._answer(evidence, None, provider, status)] if answer]

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
        evidence = self._read(raw, status, code, headers)
        if evidence is None:
            return {"evidence": None, "candidates": []}
        candidates = self._decider.candidates(evidence, provider, status)
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
                    "params": self._params(candidate),
                }
                for candidate in candidates
            ],
        }

    @property
    def entries(self) -> list[Entry]:
        """All entries that can be an answer, ordered by id."""
        return self._rules.entries

    @cached_property
    def pages(self) -> dict[str, Any]:
        """Texts of the pages: `entries` (guides too) and `providers`, each by id, as in the YAML."""
        return self._pages or compiled.read_pages()

    def _read(
        self, raw: object, status: int | None, code: str | None, headers: Mapping[str, str] | None
    ) -> Evidence | None:
        evidence = Evidence()
        if isinstance(raw, str | bytes | bytearray):
            text = raw if isinstance(raw, str) else bytes(raw).decode("utf-8", "replace")
            seen = words(encode(text))
            if not (status or code or self._has_cue(text, seen)):
                return None
            self._read_text(text, evidence, seen)
        elif isinstance(raw, Mapping | list | tuple):
            self._object_reader(evidence).read(raw, None, whole=True)
        elif isinstance(raw, BaseException):
            if isinstance(raw, _NO_API_ERRORS) or (type(raw).__module__, type(raw).__qualname__) == _CANCELLED:
                return None
            exceptions.read_object(raw, evidence, self._reader)
            self._point_to_owner(evidence)
        elif raw is not None:
            exceptions.read_object(raw, evidence, self._reader)
        if code:
            evidence.codes.insert(0, code)
        if headers:
            evidence.headers.clear()
            read_headers(evidence, headers)
        return evidence

    def _read_text(self, text: str, evidence: Evidence, seen: set[bytes]) -> None:
        if text[:1] in "{[ \n\t" and text.lstrip()[:1] in ("{", "["):
            try:
                value = json.loads(text)
            except (ValueError, RecursionError):
                pass
            else:
                if isinstance(value, dict | list):
                    self._object_reader(evidence).read(value, None, whole=True)
                    return
        self._reader.read(text, evidence, whole=True, seen=seen)
        self._point_to_owner(evidence)

    def _object_reader(self, evidence: Evidence) -> ObjectReader:
        return ObjectReader(evidence, lambda text, **context: self._reader.read(text, evidence, **context), 0)

    def _point_to_owner(self, evidence: Evidence) -> None:
        for seen in evidence.exceptions:
            owner = self._cues.owner_of(seen.path)
            if owner and owner not in evidence.providers:
                evidence.providers.append(owner)

    def _has_cue(self, text: str, seen: set[bytes]) -> bool:
        """Tell whether a text can be an error at all; a line without any cue costs only this."""
        if not seen.isdisjoint(self._reader.cue_words) or self._decider.index.candidates(seen):
            return True
        # Markdown's escape cuts a key word in two.
        return "\\_" in text and bool(self._decider.index.candidates(words(encode(text.replace("\\_", "_")))))

    def _params(self, candidate: Candidate) -> dict[str, Param]:
        return {name: convert(kind, value) for name, (kind, value) in candidate.values.items() if kind != "secret"}

    def _answer(
        self, evidence: Evidence, candidate: Candidate | None, provider: str | None, hint: int | None
    ) -> Classification:
        if candidate is None:
            return self._unidentified(evidence, provider, hint)
        entry = candidate.entry
        params = self._params(candidate)
        status = candidate.status
        retryable = entry.retryable
        wait = self._wait(evidence, candidate, params) if retryable else None
        if wait is not None and wait > retry_after.LONGEST:
            retryable, wait = False, None
        owner: str | None = entry.provider
        if owner == "http" or owner in self._gateways:
            others = [name for name in evidence.providers if name not in self._gateways]
            owner = provider or (others[0] if others else None if owner == "http" else owner)
        return Classification(
            entry=entry.id,
            provider=owner,
            status=status if status is not None else entry.statuses[0] if entry.statuses else None,
            code=candidate.code or self._code(evidence),
            category=_CATEGORIES[entry.category],
            retryable=retryable,
            retry_after=wait,
            title=entry.title,
            fix=fill(entry.fix, params),
            params=params,
            basis=candidate.basis,
            docs_url=f"{SITE}{entry.id}/",
            source_url=entry.source,
        )

    def _unidentified(self, evidence: Evidence, provider: str | None, hint: int | None) -> Classification:
        """Answer for an error that no entry matches: its status or class says that it is one."""
        known = [seen for seen in evidence.exceptions if self._cues.owner_of(seen.path)]
        status = hint or evidence.status
        if not (hint or evidence.strong or evidence.error or known):
            return _NOTHING
        retryable = status is not None and (status >= 500 or status in _RETRYABLE_STATUSES)
        wait = retry_after.from_headers(evidence.headers, status) if retryable else None
        owner = provider or next(iter(evidence.providers), None)
        return Classification(
            provider=owner,
            status=status,
            code=self._code(evidence),
            category=Category.UNKNOWN,
            retryable=retryable,
            retry_after=wait,
            title="An error that no entry describes yet",
            fix="Read the message itself; nothing in it is known to the catalog.",
            basis=Basis.STATUS if status else Basis.EXCEPTION if known else Basis.CODE,
        )

    def _code(self, evidence: Evidence) -> str | None:
        known = self._rules.codes
        return next((code for code in evidence.codes if code in known), next(iter(evidence.codes), None))

    def _wait(self, evidence: Evidence, candidate: Candidate, params: dict[str, Param]) -> float | None:
        wait = retry_after.from_headers(evidence.headers, candidate.status)
        if wait is None:
            promised = params.get("wait")
            wait = promised if isinstance(promised, float) else None
        if wait is None:
            message = candidate.message or (evidence.messages[0] if evidence.messages else None)
            wait = retry_after.from_message(message.text) if message else None
        return candidate.entry.retry_after if wait is None else wait


def fill(fix: str, params: Mapping[str, Param]) -> str:
    """Put params into a fix; a hole that a cut message did not show keeps its name in angle brackets."""
    if "{" not in fix:
        return fix
    for name, value in params.items():
        shown = (
            ", ".join(value) if isinstance(value, list) else f"{value:g}" if isinstance(value, float) else str(value)
        )
        fix = fix.replace("{" + name + "}", shown)
    if "{" not in fix:
        return fix
    return _left_over(fix)


def _left_over(fix: str) -> str:
    import re

    return re.sub(r"\{([a-z_]+)\}", r"<\1>", fix.replace("{{", "{").replace("}}", "}"))


@cache
def default_catalog() -> Catalog:
    """Return the catalog that comes with the package; in a checkout, the one its YAML gives now."""
    if not compiled.is_stale():
        return Catalog(Rules(compiled.read_rules()))
    warnings.warn(
        f"the YAML in {compiled.CHECKOUT} is newer than the compiled catalog; it was compiled in memory: "
        "run `errdex build` to save that time",
        stacklevel=2,
    )
    from errdex.catalog.layers import load_alone

    rules, pages = load_alone(compiled.CHECKOUT)
    return Catalog(Rules(rules), pages)
