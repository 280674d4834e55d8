"""The answer is a value."""

from __future__ import annotations

import pytest

from errdex.classifier.catalog import Catalog

MODEL = "model 'xyz' not found, make sure the correct model ID was used and that you have access to the model."


def test_answer_is_a_frozen_value(catalog: Catalog) -> None:
    """Two equal questions have equal answers, and nobody can change one."""
    answer = catalog.classify(MODEL)
    assert answer == catalog.classify(MODEL)
    with pytest.raises(AttributeError):
        answer.retryable = True
    assert not hasattr(answer, "__dict__")
