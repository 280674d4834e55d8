"""The candidate of the wording model, for errors that no entry lists."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Mapping
from itertools import chain, islice

from errdex.decide.candidate import CONTRADICTED, FINAL, GENERIC, UNSURE, WORDING, Candidate
from errdex.model.category import Basis, Category
from errdex.model.type_names import TYPE_CHECKING, Final
from errdex.read.evidence import BODY, Evidence
from errdex.read.signals.retry_after import LONGEST
from errdex.rules import Pattern
from errdex.rules.compiled import Rules
from errdex.rules.tables import Entry
from errdex.wording.features import THEME, ends_of, features, is_bare, names_of, texts_of, words_alone
from errdex.wording.linear_model import Judgement, WordingModel
from errdex.wording.statements import statements_of

if TYPE_CHECKING:
    from errdex.model.why import SeenWording

_LIMITS: Final = (Category.RATE_LIMIT, Category.QUOTA)
"""Limits over short and long periods; when the limit opens again tells which."""
_UNANSWERED: Final = (Category.CONNECTION, Category.CANCELLED, Category.TIMEOUT, Category.SERVER_ERROR)
"""What speaks against a status with which a service refuses a request."""
_BUG: Final[Pattern] = (
    r"(?:^|\n)(?:[\w.]+\.)?(?:Arithmetic|Assertion|Attribute|Import|Index|Integrity|JSONDecode|Key|Lookup|Memory"
    r"|ModuleNotFound|Name|NotImplemented|Operational|Programming|Recursion|Reference|Syntax|Indentation|Type"
    r"|UnboundLocal|UnicodeDecode|UnicodeEncode|ZeroDivision|FileExists|FileNotFound|IsADirectory|NotADirectory|Permission)Error\b(?!.{0,400}\b[45][0-9][0-9]\b)"
)
"""A report of a bug of the program, a database or a missing file: what Python and JavaScript raise. A connection's
failure is none, although JavaScript reports it as a TypeError; nor is an error whose text names a status."""
_USUAL: Final = (400, 401, 402, 403, 404, 408, 409, 413, 422, 424, 429, 500, 501, 502, 503, 504, 520, 524, 529)
"""Statuses that the model judges with; others are too rare in training, and mean what their own entries say."""
_GUESS: Final = 0.4
"""Probability below which a judgement alone identifies nothing."""
_SHOWN_WORDS: Final = 8
_SHOWN_ENTRIES: Final = 3
_FOREIGN: Final = 0.65
_SURE: Final = 0.55
"""Probability of a category from which a judgement counts."""
_SURE_OF_RETRY: Final = 0.55
"""How likely a retry must be to help."""
_SURE_ENOUGH_TO_RETRY: Final = 0.65
"""Probability of a category from which a retry may follow: a retry in vain costs more than a lost one."""
_PASSING: Final = 0.75
"""How likely an error of which only words are known must be to pass, by the words and by the categories that they may
mean, so that a retry follows whichever of these it is."""
_CERTAIN: Final = 0.95
"""Probability of a category from which its own verdict stands, unless a retry is unlikely to help, and from which a
failure to answer outweighs a status that refuses the request."""
_SURE_AGAINST_UNUSUAL: Final = 0.9
"""Probability of a category that outweighs an unusual status, which says exactly what happened."""
_LIKELY: Final = 0.2
"""How likely a retry must be to help so that the verdict of a listed entry of the category stands."""
_SURE_AGAINST_RETRY: Final = 0.85
"""Probability of a category that outweighs a status or code that speaks for a retry."""


class WordingCandidates:
    """Finds the candidate of the wording model, for one catalog.

    Args:
        rules: The compiled catalog.
        model: The wording model.
        names: Names of providers, in lower case.
    """

    def __init__(self, rules: Rules, model: WordingModel, names: Collection[str]) -> None:
        self._rules = rules
        self._model = model
        self._names = names
        self._entries = {
            (category, verdict): Entry(
                "", "wording", category, verdict, None, (), False, title, fix, None, scope, actions[not verdict], "http"
            )
            for category, title, fix, _, scope, actions in rules.categories
            for verdict in (True, False)
        }
        self._retryable = rules.retryable

    def is_guess(self, judgement: Judgement) -> bool:
        """Tell whether a judgement alone identifies nothing."""
        return judgement.probability < _GUESS

    def is_bare(self, evidence: Evidence, hint: int | None, found: list[Candidate]) -> bool:
        """Tell whether the words of a raw error say no more than its status, or its listed code or message, does."""
        listed = found[0].rank == GENERIC
        generic = {other.low for other in found if other.rank == GENERIC and other.entry.kind != "family"}
        status = hint or evidence.status
        others = [message.text for message in evidence.messages if message.low not in generic]
        if generic and all(BODY in text and is_bare([words_alone(text)], status, self._names) for text in others):
            return listed
        if evidence.codes and not listed:
            return False
        texts = texts_of(evidence)
        for code in evidence.codes:  # SDKs write it before the message
            texts = [text.replace(code, " ") for text in texts]
        return is_bare(texts, status, self._names)

    def repeats_status(self, evidence: Evidence, hint: int | None) -> bool:
        """Tell whether the words of a raw error say no more than its status, so that they cannot be foreign."""
        status = hint or evidence.status
        return bool(status and evidence.messages) and is_bare(texts_of(evidence), status, self._names)

    def judge(self, evidence: Evidence, hint: int | None) -> Judgement | None:
        """Return what the model says about the words of a raw error; `hint` is the HTTP status given by the caller."""
        classes = {seen.name for seen in evidence.exceptions}
        if not evidence.messages and classes.issuperset(names_of(evidence)):
            return None  # the name of a class alone
        return self._judged(evidence, hint)[1]

    def _judged(self, evidence: Evidence, hint: int | None) -> tuple[set[str], Judgement | None]:
        """Return the features that decide, and what the model says about them.

        They are those of the whole error. Where these identify nothing, they are those of the line that says most.
        """
        found = _features(evidence, hint)
        if sum(not name.startswith(THEME) for name in found) == 1:
            return found, self._of_word(evidence, found)
        whole = self._model.judge(found)
        if _weight(whole) >= _GUESS or (whole and whole.foreign >= _FOREIGN):
            return found, whole
        best, most = found, _GUESS
        for line in chain.from_iterable(statements_of(ends_of(message.text)) for message in evidence.messages):
            stated = features([words_alone(line)], None)
            if (weight := _weight(self._model.judge(stated))) > most:
                best, most = stated, weight
        if best is found:
            return found, whole
        best |= features((), _usual(evidence, hint))
        return best, self._model.judge(best)

    def _of_word(self, evidence: Evidence, found: Collection[str]) -> Judgement | None:
        """Return what a single word says, such as `Unauthorized`: only what is certain, and only of an error.

        A quoted word is a key that a mapping lacks, as Python reports it.
        """
        if not evidence.asserted or not all(message.text[:1].isalpha() for message in evidence.messages):
            return None
        judgement = self._model.judge(found, least=1)
        return judgement if judgement and judgement.probability >= _CERTAIN else None

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
        needed = _LIKELY if judgement.probability >= _CERTAIN else _SURE_OF_RETRY
        passes = not found and min(judgement.transient, judgement.retry) >= _PASSING
        likely = judgement.retry >= needed and judgement.probability >= _SURE_ENOUGH_TO_RETRY
        retryable = category in self._retryable and (likely or passes)
        sure = judgement.probability >= self._surely(category, status) or passes
        if found and found[0].entry.retryable and found[0].entry.category == category:
            retryable = retryable or sure  # the status says so, too
        elif found and found[0].entry.retryable and not retryable:
            sure = sure and judgement.probability >= _SURE_AGAINST_RETRY
        if promise is not None and category in _LIMITS:
            sure = True
            retryable = promise <= LONGEST
            category = Category.RATE_LIMIT if retryable else Category.QUOTA
        if any(other.rank == CONTRADICTED and other.entry.category == category for other in found):
            retryable = False  # the status says that it is not what the words say
        rank = WORDING if sure else UNSURE
        for other in found:
            agrees = other.entry.retryable == retryable or (other.entry.retryable and judgement.retry >= _LIKELY)
            if other.entry.category == category and agrees and rank < other.rank < UNSURE:
                return other.judged(rank, judgement.probability)
        entry = self._entries[category, retryable and rank == WORDING]
        return Candidate(rank, entry, Basis.WORDING, False, 0, False, status, {}, None, None, judgement.probability)

    def _surely(self, category: str, status: int | None) -> float:
        """Return the probability of a category from which a judgement counts beside a status."""
        if status in FINAL and category in _UNANSWERED:
            return _CERTAIN
        return _SURE if status is None or status in _USUAL else _SURE_AGAINST_UNUSUAL

    def explain(self, evidence: Evidence, hint: int | None) -> SeenWording | None:
        """Return what the model says about a raw error and why; None if it knows too few of its words."""
        found, judgement = self._judged(evidence, hint)
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
        for template in self._rules.templates.all():
            entry = self._rules.entries[template.entry]
            if entry.category == category:
                own = features([part for part in template.parts if type(part) is str], None)
                shared = sum(speaking[name] for name in own & speaking.keys())
                score = shared / math.sqrt(len(own) or 1)
                best[entry.id] = max(best.get(entry.id, 0.0), score)
        ranked = sorted((name for name in best if best[name] > 0), key=lambda name: (-best[name], name))
        return ranked[:_SHOWN_ENTRIES]


def _features(evidence: Evidence, hint: int | None) -> set[str]:
    """Return the features of a raw error."""
    return features([*texts_of(evidence), *names_of(evidence)], _usual(evidence, hint))


def _usual(evidence: Evidence, hint: int | None) -> int | None:
    """Return the status of a raw error if the model judges with it."""
    status = hint or evidence.status_or_told
    return status if status in _USUAL else None


def _weight(judgement: Judgement | None) -> float:
    """Return how likely a judgement's category is, given that the text may be no error of an LLM API."""
    return judgement.probability * (1 - judgement.foreign) if judgement else 0.0


def is_foreign(judgement: Judgement, evidence: Evidence, named: bool) -> bool:
    """Tell whether a raw error is something other than an error of an LLM API: another program's, or a bug.

    Args:
        judgement: What the model says.
        evidence: The evidence in the raw error.
        named: Whether a provider is named, so that only a bug is foreign.
    """
    texts = [*(message.text for message in evidence.messages), *(seen.path for seen in evidence.exceptions)]
    if judgement.category != Category.CONNECTION and any(re.search(_BUG, text) for text in texts):
        return True
    return not named and judgement.foreign >= _FOREIGN
