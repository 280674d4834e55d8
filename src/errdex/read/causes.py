"""The exceptions that stand behind an exception: what it was made of, and what was being handled when it was raised."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any, Final

from errdex.read.attributes import attributes

_WRAPPED: Final = ("reason", "last_attempt", "original_exception", "original_error")
"""Where urllib and urllib3, tenacity (the attempt that failed last) and wrappers keep the error that they report."""
_NO_API_ERRORS: Final = (KeyboardInterrupt, SystemExit, GeneratorExit)
_OWN_BUGS: Final = (
    ArithmeticError, AssertionError, AttributeError, ImportError, LookupError, MemoryError, NameError,
    NotImplementedError, RecursionError, SyntaxError, TypeError,
)  # fmt: skip
_PLAIN: Final = (Exception, RuntimeError, ValueError)
"""What programs raise for want of a class of their own."""
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
    return found


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield what an exception says it was made of: its explicit cause, and the error that it wraps."""
    found = [_own(BaseException, "__cause__", error)]
    for wrapped in attributes(error, _WRAPPED).values():
        found += [wrapped, attributes(wrapped, ["_exception"]).get("_exception")]
    yield from (cause for cause in found if issubclass(type(cause), BaseException))


def held(error: BaseException) -> list[BaseException]:
    """Return the exceptions among the arguments of one."""
    return [found for found in _own(BaseException, "args", error) if issubclass(type(found), BaseException)]


def is_own_bug(error: BaseException) -> bool:
    """Tell whether an exception is one that Python itself raises for a mistake in a program."""
    return issubclass(type(error), _OWN_BUGS)


def context(error: BaseException) -> BaseException | None:
    """Return the exception that was being handled when this one was raised, if this one may be a report of it.

    What Python or its library raises in a handler, such as a bug or a missing file, reports nothing of that.
    """
    module = type(error).__module__.partition(".")[0]
    if module in sys.stdlib_module_names and type(error) not in _PLAIN:
        return None
    if _own(BaseException, "__suppress_context__", error):
        return None
    found: BaseException | None = _own(BaseException, "__context__", error)
    return found


def _own(kind: type[BaseException], name: str, error: BaseException) -> Any:
    """Return an attribute by the descriptor of the built-in class: a subclass may hide it behind a property."""
    return vars(kind)[name].__get__(error)
