"""The wording model: adds up the weights of an error's features and tells how likely each category is.

A linear model over words, written by `errdex train`. All weights are small integers, and those of one feature lie side
by side in one large integer, so that one addition adds a feature to the scores of all categories.
"""

from __future__ import annotations

import json
import math
import os.path
import struct
from collections.abc import Collection
from functools import cached_property

from errdex.model.category import Category
from errdex.model.type_names import Any, Final

WEIGHTS: Final = os.path.join(os.path.dirname(os.path.abspath(__file__)), "weights.json")
FOREIGN: Final = "foreign"
"""The class of texts that are no errors of an LLM API: other programs' errors, a program's own bugs, mere talk."""
TRANSIENT: Final = frozenset(str(category) for category in Category if category.retryable)
"""The categories whose errors usually pass."""
OFFSET: Final = 32
"""Added to each weight, so that none is negative."""
FIRST: Final = 48
"""Code of the character that stands for 0: a weight a character, which packs better than any other text."""
_VALUES: Final = bytes(max(0, code - FIRST) for code in range(256))
_LANE: Final = 4  # bytes; no sum of weights exceeds them
LEAST: Final = 2
"""Known features that a judgement needs, beside those of the status."""
_OF_STATUS: Final = ("=", "4xx", "5xx")
"""How the features of a status begin."""
UNKNOWN: Final = 36
"""What a word that the model does not know adds to the square of a text's length: few known words are no judgement."""


class Judgement:
    """What the wording model says about an error.

    Attributes:
        category: The most likely category other than `FOREIGN`.
        probability: How likely it is, given that the error is one of an LLM API; 0 to 1.
        retry: How likely a retry is to help; 0 to 1.
        foreign: How likely the text is no error of an LLM API; 0 to 1.
        transient: How likely the category is one whose errors usually pass, given that the error is one of an LLM API;
            0 to 1.
    """

    __slots__ = ("category", "foreign", "probability", "retry", "transient")

    def __init__(self, category: str, probability: float, retry: float, foreign: float, transient: float) -> None:
        self.category = category
        self.probability = probability
        self.retry = retry
        self.foreign = foreign
        self.transient = transient

    def __eq__(self, other: object) -> bool:
        """Tell whether two judgements say the same, to the last bit."""
        slots = self.__slots__
        return isinstance(other, Judgement) and all(getattr(self, name) == getattr(other, name) for name in slots)


class WordingModel:
    """Judges features; reads its weights on first use.

    Args:
        data: The weights, as `errdex train` writes them; by default those of the package.
    """

    def __init__(self, data: dict[str, Any] | None = None) -> None:
        self._given = data

    @cached_property
    def _data(self) -> dict[str, Any]:
        if self._given is not None:
            return self._given
        with open(WEIGHTS, "rb") as file:
            data: dict[str, Any] = json.loads(file.read())
        return data

    @cached_property
    def classes(self) -> list[str]:
        """Names of the classes: the categories that occur in training, and `FOREIGN`."""
        return list(self._data["classes"])

    @cached_property
    def _transient(self) -> list[int]:
        """Places of the categories whose errors usually pass."""
        return [place for place, name in enumerate(self.classes) if name in TRANSIENT]

    @cached_property
    def _rows(self) -> dict[str, int]:
        """Feature → its lanes: a weight for each class, one for the retry, and its share of the length."""
        columns = self._data["weights"].encode("latin-1").translate(_VALUES)
        names: list[str] = self._data["features"].split("\n")
        lanes = len(self.classes) + 2
        width = lanes * _LANE
        rows = bytearray(len(names) * width)
        for lane in range(lanes):
            rows[lane * _LANE :: width] = columns[lane * len(names) : (lane + 1) * len(names)]
        return {
            name: int.from_bytes(rows[place * width : (place + 1) * width], "little")
            for place, name in enumerate(names)
        }

    @cached_property
    def _unpack(self) -> struct.Struct:
        return struct.Struct(f"<{len(self.classes) + 2}I")

    def judge(self, features: Collection[str], least: int = LEAST) -> Judgement | None:
        """Return what the features say; None if the model knows fewer than `least` of them, those of a status aside."""
        rows = self._rows
        known = [name for name in features if name in rows]
        if len(known) < least + sum(name.startswith(_OF_STATUS) for name in known):
            return None
        added = sum(map(rows.__getitem__, known))
        *sums, retry, length = self._unpack.unpack(added.to_bytes(self._unpack.size, "little"))
        data, shift = self._data, OFFSET * len(known)
        scale = 1.0 / math.sqrt(length + self._unknown(features))
        scores = [
            (total - shift) * scale * data["unit"] + bias for total, bias in zip(sums, data["biases"], strict=True)
        ]
        odds = (retry - shift) * scale * data["retry_unit"] + data["retry_bias"]
        best = max(scores)
        powers = [math.exp(score - best) for score in scores]
        foreign = self.classes.index(FOREIGN)
        total, others = sum(powers), sum(powers) - powers[foreign]
        place = max((number for number in range(len(powers)) if number != foreign), key=powers.__getitem__)
        return Judgement(
            self.classes[place],
            powers[place] / others,
            1.0 / (1.0 + math.exp(-odds)),
            powers[foreign] / total,
            sum(map(powers.__getitem__, self._transient)) / others,
        )

    def _unknown(self, features: Collection[str]) -> int:
        """Return what unknown words add to the square of a text's length."""
        return UNKNOWN * sum(name.isalpha() for name in features if name not in self._rows)

    def weights_of(self, features: Collection[str], category: str) -> list[tuple[str, float]]:
        """Return the features that speak for or against a class and their shares of the score, the largest first."""
        place = self.classes.index(category)
        rows = {
            name: self._unpack.unpack(self._rows[name].to_bytes(self._unpack.size, "little"))
            for name in features
            if name in self._rows
        }
        length = sum(row[-1] for row in rows.values()) + self._unknown(features)
        scale = self._data["unit"] / math.sqrt(length or 1)
        shares = [(name, (row[place] - OFFSET) * scale) for name, row in rows.items()]
        return sorted(shares, key=lambda share: (-abs(share[1]), share[0]))
