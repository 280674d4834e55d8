"""The wall: a fake provider on this machine that fails on demand, with any error of the catalog. Needs `errdex[serve]`.

>>> from errdex.wall import Wall  # doctest: +SKIP
>>> with Wall() as wall:  # doctest: +SKIP
...     wall.answer("cohere/trial-key-per-minute; times=3")
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from errdex.wall.received import Received
    from errdex.wall.server import Wall

__all__ = ["Received", "Wall"]


def __getattr__(name: str) -> Any:
    """Import the server when it is asked for; importing this package costs nothing."""
    if name == "Wall":
        try:
            from errdex.wall.server import Wall
        except ImportError as error:
            raise ImportError(f"the wall needs a server: pip install 'errdex[serve]' ({error})") from error
        return Wall
    if name == "Received":
        from errdex.wall.received import Received

        return Received
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
