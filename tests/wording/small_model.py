"""A wording model of a few words, to compute by hand with."""

from __future__ import annotations

from collections.abc import Mapping

from errdex.wording.linear_model import FIRST, FOREIGN, OFFSET, WordingModel

CLASSES = ["billing", FOREIGN, "rate_limit"]


def small_model(words: Mapping[str, tuple[int, int, int, int]]) -> WordingModel:
    """Return a model; each word has its weights for billing, foreign, rate_limit and a retry."""
    columns = [*zip(*words.values(), strict=True)]
    packed = "".join(chr(weight + OFFSET + FIRST) for column in columns for weight in column)
    return WordingModel(
        {
            "classes": CLASSES,
            "biases": [0.0, 0.0, 0.0],
            "unit": 0.2,
            "retry_bias": 0.0,
            "retry_unit": 0.2,
            "features": "\n".join(words),
            "weights": packed + chr(1 + FIRST) * len(words),
        }
    )


WORDS = {
    "credit": (30, -10, -10, -20),
    "top": (10, 0, 0, -5),
    "slow": (-10, -5, 25, 20),
    "down": (-5, 0, 10, 10),
    "table": (-10, 30, -10, -5),
    "column": (-10, 30, -10, -5),
}
