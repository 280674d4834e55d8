"""The fixture `errdex_wall`, which pytest finds by itself where errdex is installed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from errdex.wall.server import Wall


@pytest.fixture(scope="session")
def _errdex_wall() -> Iterator[Wall]:
    pytest.importorskip("starlette", reason="errdex_wall needs `pip install 'errdex[serve]'`")
    pytest.importorskip("uvicorn", reason="errdex_wall needs `pip install 'errdex[serve]'`")
    from errdex.wall.server import Wall

    with Wall() as wall:
        yield wall


@pytest.fixture
def errdex_wall(_errdex_wall: Wall) -> Iterator[Wall]:
    """A fake provider on this machine that answers plainly until the test tells it to fail; see `errdex.wall.Wall`."""
    _errdex_wall.clear()
    yield _errdex_wall
    _errdex_wall.clear()
