"""Turns a candidate into a Classification, filling in params, fix and wait."""

from __future__ import annotations

from errdex.decide.candidate import EXCEPTION, WORDING, Candidate
from errdex.decide.fix import NO_RETRY, RETRY, fill
from errdex.match.param_values import convert
from errdex.model.category import Basis, Category
from errdex.model.classification import Classification
from errdex.model.params import NO_PARAMS, FrozenParams
from errdex.model.type_names import TYPE_CHECKING, Final
from errdex.read.evidence import Evidence
from errdex.read.hints import ERRORS, Hints
from errdex.read.signals import retry_after
from errdex.read.signals.should_retry import should_retry
from errdex.read.vocabulary import Vocabulary
from errdex.rules.compiled import Rules
from errdex.rules.secrets import is_secret, masked
from errdex.rules.tables import Entry

if TYPE_CHECKING:
    from errdex.model.param_types import Params

SITE: Final = "https://errdex.github.io/errdex/errors/"
"""Base URL of the entries' pages."""

WAIT: Final = "retry_after"
"""Name of the param that holds the wait, in seconds."""
LIMITED: Final = (429, 503)
"""Statuses for which a rate limit's reset says how long to wait."""

OPENING: Final = frozenset({"rate_limit", "quota", "billing", "overloaded", "not_ready"})
"""Categories of limits, which open again some time even where a retry cannot help."""

_NUMBERS: Final = frozenset({"int", "number", "duration"})
_ABOUT_KEYS: Final = frozenset({str(Category.AUTHENTICATION)})
"""Categories in whose messages a token among the values is more likely a key than an id."""
_NO_VALUES: Final[Params] = {}
_CATEGORIES: Final = {str(category): category for category in Category}
_CONFIDENCE: Final = {
    Basis.MESSAGE: 0.99,
    Basis.CODE: 0.97,
    Basis.FIELD: 0.93,
    Basis.EXCEPTION: 0.92,
    Basis.STATUS: 0.95,
}
"""How often answers of each basis are right, measured by `python -m benchmarks --only precision`."""
_CONFIDENCE_IN_UNKNOWN: Final = 0.5


NO_ERROR: Final = Classification()
"""The answer for anything that is not an API error."""


class Answers:
    """Makes answers, for one catalog."""

    def __init__(self, rules: Rules, vocabulary: Vocabulary) -> None:
        self._codes = rules.codes
        self._own = rules.own
        self._gateways = vocabulary.providers.gateways
        self._providers = vocabulary.providers
        self._constants: dict[str, tuple[Category, str | None, int | None, bool]] = {}
        """Entry → what its answers have in common: category, page, usual status, whether others may own the error."""

    def make(self, evidence: Evidence, candidate: Candidate | None, hints: Hints) -> Classification:
        """Return the answer for a candidate; without one, the answer that the evidence alone allows."""
        if candidate is None:
            return self._unidentified(evidence, hints)
        entry = candidate.entry
        found = params(candidate) if candidate.values else _NO_VALUES
        probability = candidate.probability
        category, page, status, is_shared = self._constants.get(entry.id) or self._constants_of(entry)
        if candidate.status is not None:
            status = candidate.status
        retryable, action, fix = self._verdict(evidence, candidate, category)
        wait = resets_in = None
        if retryable:
            wait = resets_in = _wait(evidence, candidate, found, status)
            if wait is not None and wait > retry_after.LONGEST:
                retryable, wait = False, None
                if action == "retry":
                    action = "wait"
        elif entry.category in OPENING and entry.scope != "request":
            resets_in = _reset(evidence, candidate, found)
        provider: str | None = entry.provider
        if is_shared or (evidence.called and provider in self._providers.compatible):
            provider = self._owner(entry.provider, evidence, hints)
        return Classification(
            entry.id or None,
            provider,
            status,
            candidate.code or (self._code(evidence) if evidence.codes else None),
            category,
            retryable,
            wait,
            entry.scope,
            action,
            resets_in,
            entry.title,
            fill(fix, found),
            FrozenParams.of(found) if found else NO_PARAMS,  # type: ignore[arg-type]
            candidate.basis,
            page,
            entry.source,
            _CONFIDENCE[candidate.basis] if probability is None else min(0.99, round(probability, 2)),
        )

    def _verdict(self, evidence: Evidence, candidate: Candidate, category: Category) -> tuple[bool, str, str]:
        """Return whether to retry, what to do and the fix: the entry's, unless the service itself says otherwise.

        A no counts where no message or specific code tells what happened; a yes where not even the wording does.
        """
        entry = candidate.entry
        if candidate.rank >= EXCEPTION and (evidence.headers or evidence.fields):
            said = should_retry(evidence.headers, evidence.fields)
            if said is not None and said is not entry.retryable and (not said or candidate.rank > WORDING):
                return said, str(category.action_for(said)), RETRY if said else NO_RETRY
        return entry.retryable, entry.action, entry.fix

    def _constants_of(self, entry: Entry) -> tuple[Category, str | None, int | None, bool]:
        """Return what the answers of an entry have in common, and keep it; an entry of no catalog has no id."""
        constants = (
            _CATEGORIES[entry.category],
            f"{SITE}{entry.id}/" if entry.id and entry.id not in self._own else None,
            entry.statuses[0] if entry.statuses else None,
            entry.provider == "http" or entry.provider in self._gateways,
        )
        if entry.id:
            self._constants[entry.id] = constants
        return constants

    def _owner(self, provider: str, evidence: Evidence, hints: Hints) -> str | None:
        """Return the provider of an error whose entry others share: the one that the evidence points to, if any.

        Others share the entries of `http` and of gateways, and, if they copy its API, those of a provider whose host
        was not the one called.
        """
        if hints.provider:
            return hints.provider
        named = (name for name in evidence.providers if name not in self._gateways)
        return next(named, provider if provider in self._gateways else None)

    def _unidentified(self, evidence: Evidence, hints: Hints) -> Classification:
        """Return the answer for an error that no entry matches, as shown by a class, a code or an unusual status."""
        known = any(self._providers.owner_of(seen.path) for seen in evidence.exceptions)
        told = hints.code is not None or (hints.status is not None and hints.status >= ERRORS)
        if not (told or evidence.strong or evidence.error or known):
            return NO_ERROR
        status = hints.status or evidence.status
        basis = Basis.STATUS if status else Basis.EXCEPTION if known else Basis.CODE
        return Classification(
            provider=hints.provider or next(iter(evidence.providers), None),
            status=status,
            code=self._code(evidence),
            title=Category.UNKNOWN.summary,
            fix=Category.UNKNOWN.fix,
            basis=basis,
            confidence=_CONFIDENCE_IN_UNKNOWN,
        )

    def _code(self, evidence: Evidence) -> str | None:
        if not evidence.codes:
            return None
        known = next((code for code in evidence.codes if code in self._codes), None)
        return known or next((code for code in evidence.codes[:1] if not is_secret(code)), None)


def params(candidate: Candidate) -> Params:
    """Return the values of a candidate's holes, without secrets."""
    found = {}
    for name, (kind, value) in candidate.values.items():
        if kind in _NUMBERS:
            found[name] = convert(kind, value)
        elif kind != "secret":
            found[name] = convert(kind, masked(value, candidate.entry.category in _ABOUT_KEYS, name))
    return found  # type: ignore[return-value]  # lint holds names and kinds to it


def _wait(evidence: Evidence, candidate: Candidate, found: Params, status: int | None) -> float | None:
    """Return the seconds to wait for a retry.

    From the first of: Retry-After, the message, the body, a limit's reset, the entry.
    """
    headers = evidence.headers
    if headers:
        wait = retry_after.from_headers(headers)
        if wait is not None:
            return wait
    wait = _stated(evidence, candidate, found)
    if wait is None and evidence.fields:
        wait = retry_after.from_fields(evidence.fields, headers)
    if wait is None and headers and status in LIMITED:
        wait = retry_after.from_reset(headers)
    return candidate.entry.retry_after if wait is None else wait


def _reset(evidence: Evidence, candidate: Candidate, found: Params) -> float | None:
    """Return the seconds until a limit opens that no retry can wait for.

    A short wait in a header or field is the usual one of the API's rate limit, not of the limit that was hit; so is
    the reset of a limit of which something is left.
    """
    wait = _stated(evidence, candidate, found)
    if wait is None and evidence.fields:
        wait = retry_after.from_fields(evidence.fields, evidence.headers, least=retry_after.LONGEST)
    if wait is None and evidence.headers:
        wait = retry_after.from_headers(evidence.headers)
        if wait is None or wait <= retry_after.LONGEST:
            wait = retry_after.from_reset(evidence.headers, surely=True)
    return wait


def _stated(evidence: Evidence, candidate: Candidate, found: Params) -> float | None:
    """Return the seconds after which the message says that the limit opens."""
    promised = found.get(WAIT)
    if isinstance(promised, float):
        return promised
    for low in [candidate.low] if candidate.low else [message.low for message in evidence.messages]:
        wait = retry_after.from_message(low)
        if wait is None:
            wait = retry_after.from_moment(low, evidence.headers)
        if wait is not None:
            return wait
    return None
