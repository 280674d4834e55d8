"""The exceptions that stand behind an exception: what it was made of, and what was being handled when it was raised."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from errdex.evidence.plain import attributes

_MAX_MEMBERS: Final = 20
"""Members read of one group: it may hold thousands."""
_WRAPPED: Final = ("reason", "last_attempt")
"""Where urllib and urllib3 keep the error that they report, and tenacity the attempt that failed last."""
_NO_API_ERRORS: Final = (KeyboardInterrupt, SystemExit, GeneratorExit)
_OWN_BUGS: Final = (
    ArithmeticError, AssertionError, AttributeError, ImportError, LookupError, MemoryError, NameError,
    NotImplementedError, RecursionError, SyntaxError, TypeError,
)  # fmt: skip
_SYSTEM: Final = frozenset({"builtins", "socket", "_socket", "ssl"})


def is_no_api_error(kind: type[Any]) -> bool:
    """Tell whether exceptions of a class end a program or a task, and report nothing."""
    if issubclass(kind, _NO_API_ERRORS):
        return True
    # asyncio's CancelledError is known by its name, for asyncio costs 30 ms of start-up
    for base in vars(type)["__mro__"].__get__(kind):
        if base.__name__ == "CancelledError" and vars(base).get("__module__") == "asyncio.exceptions":
            return True
    return False


def is_of_the_system(error: BaseException) -> bool:
    """Tell whether an exception is the operating system's, which does not say what service was asked."""
    return issubclass(type(error), OSError) and type(error).__module__ in _SYSTEM


def is_group(error: BaseException) -> bool:
    """Tell whether an exception holds others side by side."""
    return issubclass(type(error), BaseExceptionGroup)


def members(group: BaseException) -> tuple[BaseException, ...]:
    """Return the exceptions of a group."""
    found: tuple[BaseException, ...] = _own(BaseExceptionGroup, "exceptions", group)
    return found[:_MAX_MEMBERS]


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield what an exception says it was made of: its explicit cause, and errors that it holds."""
    held = [_own(BaseException, "__cause__", error)]
    for found in attributes(error, _WRAPPED).values():
        held += [found, attributes(found, ["_exception"]).get("_exception")]
    held += _own(BaseException, "args", error)
    yield from (found for found in held if issubclass(type(found), BaseException))


def context(error: BaseException) -> BaseException | None:
    """Return the exception that was being handled when this one was raised, if this one may be a report of it.

    A bug in a handler reports nothing of what it was about to handle.
    """
    if _own(BaseException, "__suppress_context__", error) or issubclass(type(error), _OWN_BUGS):
        return None
    found: BaseException | None = _own(BaseException, "__context__", error)
    return found


def _own(kind: type[BaseException], name: str, error: BaseException) -> Any:
    """Return an attribute by the descriptor of the built-in class: a subclass may hide it behind a property."""
    return vars(kind)[name].__get__(error)
