"""The candidate of the wording model, for errors that no entry lists."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Final

from errdex.decide.candidate import UNSURE, WORDING, Candidate
from errdex.model.category import Basis, Category
from errdex.read.evidence import Evidence
from errdex.read.signals.retry_after import LONGEST
from errdex.rules.compiled import Entry, Rules
from errdex.wording.features import features, names_of, texts_of
from errdex.wording.model import Judgement, WordingModel

if TYPE_CHECKING:
    from errdex.model.why import SeenWording

_LIMITS: Final = (Category.RATE_LIMIT, Category.QUOTA)
"""Limits over short and long periods; when the limit opens again tells which."""
_SHOWN_WORDS: Final = 8
_SHOWN_ENTRIES: Final = 3
_FOREIGN: Final = 0.8
_SURE: Final = 0.5
_SURE_OF_RETRY: Final = 0.55
"""Probabilities from which a judgement counts. A retry needs more: a wrong one costs money, a lost one a failed call."""
_LIKELY: Final = 0.4
"""How likely a retry must be to help so that the verdict of a listed entry of the category stands."""
_HOPELESS: Final = 0.2
"""How likely a retry must at least be to help where only a status or a generic code speaks for it."""


class WordingCandidates:
    """Finds the candidate of the wording model, for one catalog."""

    def __init__(self, rules: Rules, model: WordingModel) -> None:
        self._rules = rules
        self._model = model
        self._entries = {
            (category, verdict): Entry("", "wording", category, verdict, None, (), False, title, fix, None, "http")
            for category, (title, fix) in rules.categories.items()
            for verdict in (True, False)
        }
        self._retryable = rules.retryable

    def judge(self, evidence: Evidence, hint: int | None) -> Judgement | None:
        """Return what the model says about the words of a raw error; `hint` is the HTTP status given by the caller."""
        return self._model.judge(features([*texts_of(evidence), *names_of(evidence)], hint or evidence.status))

    def candidate(
        self, judgement: Judgement, status: int | None, promise: float | None, found: list[Candidate]
    ) -> Candidate:
        """Return the candidate of a judgement.

        Args:
            judgement: What the model says.
            status: The HTTP status.
            promise: Seconds after which a message says that the limit opens again, if it does.
            found: The other candidates, best first. One of the same category has a page, and so takes the judgement's
                place.
        """
        category = judgement.category
        retryable = category in self._retryable and judgement.retry >= _SURE_OF_RETRY
        if promise is not None and category in _LIMITS:
            retryable = promise <= LONGEST
            category = Category.RATE_LIMIT if retryable else Category.QUOTA
        sure = judgement.probability >= (_SURE_OF_RETRY if retryable else _SURE)
        hopeless = judgement.retry < _HOPELESS
        rank = WORDING if sure or (hopeless and found and found[0].entry.retryable) else UNSURE
        for other in found:
            agrees = other.entry.retryable == retryable or (other.entry.retryable and judgement.retry >= _LIKELY)
            if other.entry.category == category and agrees and rank < other.rank < UNSURE:
                return other._replace(rank=rank, probability=judgement.probability)
        entry = self._entries[category, retryable]
        return Candidate(rank, entry, Basis.WORDING, False, 0, False, status, {}, None, None, judgement.probability)

    def explain(self, evidence: Evidence, hint: int | None) -> SeenWording | None:
        """Return what the model says about a raw error and why; None if it knows too few of its words."""
        found = features([*texts_of(evidence), *names_of(evidence)], hint or evidence.status)
        judgement = self._model.judge(found)
        if judgement is None:
            return None
        shares = dict(self._model.weights_of(found, judgement.category))
        return {
            "category": judgement.category,
            "probability": round(judgement.probability, 3),
            "retry": round(judgement.retry, 3),
            "foreign": round(judgement.foreign, 3),
            "words": {name: round(share, 2) for name, share in islice(shares.items(), _SHOWN_WORDS)},
            "nearest": self._nearest(judgement.category, shares),
        }

    def _nearest(self, category: str, shares: Mapping[str, float]) -> list[str]:
        """Return the entries of a category whose messages share the features that speak most for it."""
        speaking = {name: share for name, share in shares.items() if share > 0}
        best: dict[str, float] = {}
        for template in self._rules.templates:
            entry = self._rules.entries[template.entry]
            if entry.category == category:
                own = features([part for part in template.parts if type(part) is str], None)
                shared = sum(speaking[name] for name in own & speaking.keys())
                score = shared / math.sqrt(len(own) or 1)
                best[entry.id] = max(best.get(entry.id, 0.0), score)
        ranked = sorted((name for name in best if best[name] > 0), key=lambda name: (-best[name], name))
        return ranked[:_SHOWN_ENTRIES]


def is_foreign(judgement: Judgement | None) -> bool:
    """Tell whether the model takes a text for something other than an error of an LLM API."""
    return judgement is not None and judgement.foreign >= _FOREIGN
