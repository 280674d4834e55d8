"""Fits the wording model: logistic regression over words and pairs of words, pruned and rounded to small integers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from errdex.training.examples import Example
from errdex.wording.linear_model import FIRST, FOREIGN, OFFSET, UNKNOWN

FEATURES: Final = 4_720
_STRENGTH: Final = 10.0  # inverse of the regularisation
_STRENGTH_OF_RETRY: Final = 4.0  # a verdict to retry needs more examples to rest on
_STRENGTH_OF_CHOICE: Final = 0.15
_SMALLEST: Final = 2  # examples in which a feature must occur
_FOLDS: Final = 3
_LARGEST: Final = 31  # of a weight
_LONGEST: Final = 14  # of a length
_LENGTH_STEPS: Final = 1.5  # in a unit of inverse document frequency; the square must fit into a character
_DISGUISES: Final = ((400, "invalid_request_error"), (500, "server_error"), (429, "rate_limit_error"))
"""Statuses and codes behind which gateways hide others; the words must decide all the same."""
_OTHER_WEIGHT: Final = 0.3
_WEIGHT_OF_FOREIGN: Final = 1.5
"""There are many more texts that are no errors of an LLM API than training can show."""
_MANY_WORDS: Final = 4


class _Rows:
    """The rows that the model is fitted to: each example without a status, with its own, and with a misleading one."""

    def __init__(self, examples: Sequence[Example]) -> None:
        self.features: list[list[str]] = []
        self.labels: list[str] = []
        self.retryable: list[bool] = []
        self.groups: list[str] = []
        self.weights: list[float] = []
        self._fill(examples)
        self._balance()

    def _fill(self, examples: Sequence[Example]) -> None:
        for example in examples:
            self._add(example, example.features(with_status=False), 1.0)
            if example.status:
                self._add(example, example.features(with_status=True), 1.0)
            if sum(len(text.split()) for text in example.texts) >= _MANY_WORDS:
                for status, code in _DISGUISES:
                    if status != example.status:
                        disguised = example._replace(status=status, names=[code])
                        self._add(example, disguised.features(with_status=True), _OTHER_WEIGHT)

    def _balance(self) -> None:
        """Let rare classes count for more, but for less than the common ones: both extremes are right less often."""
        totals: defaultdict[str, float] = defaultdict(float)
        for label, weight in zip(self.labels, self.weights, strict=True):
            totals[label] += weight
        mean = sum(totals.values()) / len(totals)
        factors = {label: (mean / total) ** 0.5 for label, total in totals.items()}
        factors[FOREIGN] *= _WEIGHT_OF_FOREIGN
        self.weights = [weight * factors[label] for label, weight in zip(self.labels, self.weights, strict=True)]

    def _add(self, example: Example, features: set[str], weight: float) -> None:
        self.features.append(sorted(features))
        self.labels.append(example.label)
        self.retryable.append(example.retryable)
        self.groups.append(example.group)
        self.weights.append(weight)


def fit(examples: Sequence[Example], size: int = FEATURES, heat: float | None = None) -> dict[str, Any]:
    """Return the weights of a model for these examples, in the form that `WordingModel` reads.

    Args:
        examples: What to learn from.
        size: Number of features to keep.
        heat: What scores are divided by so that probabilities are right, if it is known. Measuring it takes most of the
            time.
    """
    rows = _Rows(examples)
    names = _chosen(rows, size)
    vectors, idf = _vectors(rows, names)
    lengths = np.round(idf * _LENGTH_STEPS).clip(1, _LONGEST)
    # Fitted to the rounded lengths that the run half computes with.
    matrix = vectors.multiply(lengths).tocsr()
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel() + _unknown(rows, names)).clip(1)
    matrix = matrix.multiply(1 / norms[:, None]).tocsr()
    model = _regression().fit(matrix, rows.labels, rows.weights)
    errors = np.asarray(rows.labels) != FOREIGN
    verdicts, counts = np.asarray(rows.retryable)[errors], np.asarray(rows.weights)[errors]
    retry = _regression(_STRENGTH_OF_RETRY).fit(matrix[errors], verdicts, counts)
    heat = heat or _temperature(matrix, rows)
    weights, unit = _rounded(model.coef_ * lengths)
    retry_weights, retry_unit = _rounded(retry.coef_ * lengths)
    columns = [*weights, *retry_weights, (lengths**2).astype(int)]
    packed = (np.concatenate([np.asarray(column, dtype=np.int64) for column in columns]) + FIRST).astype(np.uint8)
    return {
        "classes": [str(name) for name in model.classes_],
        "biases": [round(float(bias) / heat, 4) for bias in model.intercept_],
        "unit": round(unit / heat, 9),
        "heat": round(heat, 4),
        "retry_bias": round(float(retry.intercept_[0]), 4),
        "retry_unit": round(retry_unit, 9),
        "features": "\n".join(names),
        "weights": packed.tobytes().decode("latin-1"),
    }


def _regression(strength: float = _STRENGTH) -> LogisticRegression:
    return LogisticRegression(C=strength, max_iter=500)


def _chosen(rows: _Rows, size: int) -> list[str]:
    """Return the features that matter most, by the weights of a model of all of them.

    A support vector machine chooses alike, in a tenth of the time that logistic regression takes.
    """
    vectorizer = TfidfVectorizer(analyzer=_as_it_is, binary=True, min_df=_SMALLEST)
    matrix = vectorizer.fit_transform(rows.features)
    model = LinearSVC(C=_STRENGTH_OF_CHOICE).fit(matrix, rows.labels, rows.weights)
    spread = np.abs(model.coef_ * vectorizer.idf_).max(axis=0)
    often = np.asarray((matrix > 0).sum(axis=0)).ravel()
    worth = spread * np.sqrt(often)
    names = vectorizer.get_feature_names_out()
    return sorted(str(names[place]) for place in np.argsort(-worth, kind="stable")[:size])


def _vectors(rows: _Rows, names: list[str]) -> tuple[Any, Any]:
    """Return the rows as a matrix of zeros and ones, and each feature's inverse document frequency."""
    vectorizer = TfidfVectorizer(analyzer=_as_it_is, binary=True, vocabulary=names, norm=None)
    vectors = vectorizer.fit_transform(rows.features)
    vectors.data[:] = 1.0
    return vectors, vectorizer.idf_


def _unknown(rows: _Rows, names: list[str]) -> Any:
    """Return what the words that the model does not keep add to the square of each row's length."""
    known = set(names)
    return np.array([UNKNOWN * sum(name.isalpha() for name in row if name not in known) for row in rows.features])


def _temperature(matrix: Any, rows: _Rows) -> float:
    """Return what the scores are divided by so that probabilities are right on examples held back."""
    labels = np.asarray(rows.labels)
    weights = np.asarray(rows.weights)
    scores, places = [], []
    for kept, held in GroupKFold(_FOLDS).split(matrix, labels, rows.groups):
        model = _regression().fit(matrix[kept], labels[kept], weights[kept])
        scores.append(model.decision_function(matrix[held]))
        places.append(np.searchsorted(model.classes_, labels[held]))
    # A class of one group is missing where that group is held back.
    width = min(score.shape[1] for score in scores)
    usable = [(score, place) for score, place in zip(scores, places, strict=True) if score.shape[1] == width]
    found = minimize_scalar(
        lambda heat: sum(_surprise(score / heat, place) for score, place in usable), bounds=(0.2, 5), method="bounded"
    )
    return float(found.x)


def _surprise(scores: Any, places: Any) -> float:
    """Return the negative log-likelihood of the right classes."""
    top = scores.max(axis=1)
    totals = top + np.log(np.exp(scores - top[:, None]).sum(axis=1))
    return float((totals - scores[np.arange(len(places)), places.clip(max=scores.shape[1] - 1)]).sum())


def _rounded(weights: Any) -> tuple[list[Any], float]:
    """Return weights as integers from 1 to 255, and what a step is worth."""
    unit = float(np.abs(weights).max()) / _LARGEST
    return [np.round(row / unit).astype(int) + OFFSET for row in weights], unit


def _as_it_is(features: list[str]) -> list[str]:
    return features
