"""Texts → encoded answers: each text once, and of texts that differ only in numbers that mean nothing, one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from errdex.arrow.schema import encode
from errdex.classifier import net
from errdex.classifier.catalog import Catalog
from errdex.decide.answer import NO_ERROR
from errdex.logfilter.shapes import Judged, Shapes
from errdex.model.classification import Classification


class Judge:
    """Judges texts one at a time, and keeps what it learned about their shapes for the next batch.

    Args:
        catalog: The catalog.
        ask: Returns the answer for a text; more arguments can make that faster, but change no answer.
    """

    def __init__(self, catalog: Catalog, ask: Callable[..., Classification]) -> None:
        self._ask = ask
        self._shapes = Shapes(self._judged, catalog._full.rules.literals)

    def note(self, text: bytes, *more: Any) -> bytes:
        """Return the encoded answer for a text, as it is known of its shape or as its judgement says.

        Args:
            text: The text.
            more: Further arguments for `ask`.
        """
        return (self._shapes.judge(text) or self._judged(text, *more))[1]

    def _judged(self, text: bytes, *more: Any) -> Judged:
        answer = net.call(self._ask, NO_ERROR, text.decode("utf-8", "replace"), *more)
        return answer, encode(answer)
