"""Texts → encoded answers; of texts that differ only in numbers that mean nothing, one is judged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from errdex.arrow.answer_rows import encode
from errdex.classifier import safety_net
from errdex.classifier.catalog import Catalog
from errdex.decide.answer import NO_ERROR
from errdex.logfilter.learning import Judged
from errdex.logfilter.shapes import Shapes
from errdex.model.classification import Classification

_TOGETHER: Final = 1_024  # texts whose shapes are looked up, and learned, at once
_PATIENCE: Final = 100_000  # a fleet's log has many more shapes than that of one program


class Judge:
    """Judges texts, and keeps what it learned about their shapes for the next batch.

    Args:
        catalog: The catalog.
        ask: Returns the answer for a text; more arguments can make that faster, but change no answer.
    """

    def __init__(self, catalog: Catalog, ask: Callable[..., Classification]) -> None:
        self._ask = ask
        full = catalog._full
        self._shapes = Shapes(self._judged, full.rules.literals, full.vocabulary.telling, _PATIENCE)

    def notes(self, texts: Sequence[bytes], more: Sequence[tuple[Any, ...]] | None = None) -> list[bytes]:
        """Return the encoded answers for texts, as they are known of their shapes or as their judgements say.

        Args:
            texts: The texts.
            more: For each text further arguments for `ask`.
        """
        notes: list[bytes] = []
        for start in range(0, len(texts), _TOGETHER):
            some = texts[start : start + _TOGETHER]
            lines = [place for place, text in enumerate(some) if b"\n" not in text]  # only lines have shapes
            known = dict(zip(lines, self._shapes.judge([some[place] for place in lines]), strict=True))
            for place, text in enumerate(some):
                judged = known.get(place) or self._judged(text, *(more[start + place] if more else ()))
                notes.append(judged[1])
        return notes

    def _judged(self, text: bytes, *more: Any) -> Judged:
        answer = safety_net.call(self._ask, NO_ERROR, text.decode("utf-8", "replace"), *more)
        return answer, encode(answer)
