"""Every target, for a few seconds; `python -m tests.fuzz` runs one for as long as you like."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.clock import stopped
from tests.fuzz.targets import TARGETS


@pytest.mark.parametrize("name", TARGETS)
def test_target(name: str) -> None:
    @given(st.integers(0, 2**32))
    def check(seed: int) -> None:
        TARGETS[name](Random(seed))

    with stopped():
        check()
