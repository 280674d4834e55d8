"""Foreign code may fail as it likes, unless it fails because our caller has left us no stack."""

from __future__ import annotations

from _thread import get_ident

from errdex.model.type_names import Final

FRESH: Final[set[int]] = set()
"""The threads that began with an empty stack, only to read one raw error."""


class Tolerated:
    """A context in which what foreign code raises is suppressed, and what was read until then is kept.

    A full stack is not its fault: the error passes, and the raw error is read again on a stack of its own.
    """

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: object, traceback: object) -> bool:
        if kind is None or not issubclass(kind, Exception):
            return False
        return not issubclass(kind, RecursionError) or get_ident() in FRESH


TOLERATED: Final = Tolerated()
