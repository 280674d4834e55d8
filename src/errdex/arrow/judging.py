"""Texts → encoded answers; of texts that differ only in numbers that mean nothing, one is judged."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

from errdex.arrow.schema import encode
from errdex.classifier import net
from errdex.classifier.catalog import Catalog
from errdex.decide.answer import NO_ERROR
from errdex.logfilter.learning import Judged
from errdex.logfilter.shapes import Shapes
from errdex.model.classification import Classification

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
        lines = [number for number, text in enumerate(texts) if b"\n" not in text]  # only lines have shapes
        known = dict(zip(lines, self._shapes.judge([texts[number] for number in lines]), strict=True))
        return [
            (known.get(number) or self._judged(text, *(more[number] if more else ())))[1]
            for number, text in enumerate(texts)
        ]

    def _judged(self, text: bytes, *more: Any) -> Judged:
        answer = net.call(self._ask, NO_ERROR, text.decode("utf-8", "replace"), *more)
        return answer, encode(answer)
