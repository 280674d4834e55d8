"""The clock stands still, so that two answers to a message that says when a limit opens are equal."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.clock import stopped


@pytest.fixture(scope="module", autouse=True)
def _clock() -> Iterator[None]:
    with stopped():
        yield
