"""Finds the exceptions behind an exception: its causes, and what was being handled when it was raised."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from errdex.model.type_names import Any, Final
from errdex.read.attributes import attributes, module_of, name_of

_WRAPPED: Final = ("reason", "last_attempt", "original_exception", "original_error")
"""Attributes in which urllib, urllib3, tenacity (its last failed attempt) and wrappers keep the error they report."""
_NO_API_ERRORS: Final = (KeyboardInterrupt, SystemExit, GeneratorExit)
_OWN_BUGS: Final = (
    ArithmeticError, AssertionError, AttributeError, ImportError, LookupError, MemoryError, NameError,
    NotImplementedError, RecursionError, SyntaxError, TypeError,
)  # fmt: skip
_PLAIN: Final = (Exception, RuntimeError, ValueError)
"""What programs raise when they have no class of their own."""
_STANDARD: Final = frozenset({"builtins", "socket", "_socket", "ssl", "urllib.error", "shutil", "subprocess"})
_SYSTEM: Final = frozenset({"builtins", "socket", "_socket", "ssl"})


def is_no_api_error(kind: type[Any]) -> bool:
    """Tell whether exceptions of a class only end a program or a task, and report no error."""
    if issubclass(kind, _NO_API_ERRORS):
        return True
    # asyncio's CancelledError is recognised by name: importing asyncio would add 30 ms of start-up time.
    for base in vars(type)["__mro__"].__get__(kind):
        if name_of(base) == "CancelledError" and module_of(base) == "asyncio.exceptions":
            return True
    return False


def is_of_the_system(error: BaseException) -> bool:
    """Tell whether an exception comes from the operating system, and so does not say which service was called."""
    return issubclass(type(error), OSError) and module_of(type(error)) in _SYSTEM


def is_of_the_machine(error: BaseException) -> bool:
    """Tell whether an exception reports that a file, a disk or a process failed, not a connection."""
    kind = type(error)
    network = issubclass(kind, (ConnectionError, TimeoutError)) or module_of(kind) in ("socket", "ssl")
    return issubclass(kind, OSError) and module_of(kind) in _STANDARD and not network


def is_group(error: BaseException) -> bool:
    """Tell whether an exception is an exception group."""
    return issubclass(type(error), BaseExceptionGroup)


def members(group: BaseException) -> tuple[BaseException, ...]:
    """Return the exceptions of a group."""
    found: tuple[BaseException, ...] = _own(BaseExceptionGroup, "exceptions", group)
    return found


def causes(error: BaseException) -> Iterator[BaseException]:
    """Yield the causes that an exception names: its explicit cause, and the errors it wraps."""
    found = [_own(BaseException, "__cause__", error)]
    for wrapped in attributes(error, _WRAPPED).values():
        found += [wrapped, attributes(wrapped, ["_exception"]).get("_exception")]
    yield from (cause for cause in found if issubclass(type(cause), BaseException))


def held(error: BaseException) -> list[BaseException]:
    """Return the exceptions among an exception's arguments."""
    return [found for found in _own(BaseException, "args", error) if issubclass(type(found), BaseException)]


def is_own_bug(error: BaseException) -> bool:
    """Tell whether an exception is of a kind that Python raises for bugs in the program."""
    return issubclass(type(error), _OWN_BUGS)


def context(error: BaseException) -> BaseException | None:
    """Return the exception that was being handled when this one was raised, if this one may report it.

    What Python or its standard library raises in a handler, because of a bug or a missing file, does not report it.
    """
    module = module_of(type(error)).partition(".")[0]
    if module in sys.stdlib_module_names and type(error) not in _PLAIN:
        return None
    if _own(BaseException, "__suppress_context__", error):
        return None
    found: BaseException | None = _own(BaseException, "__context__", error)
    return found


def _own(kind: type[BaseException], name: str, error: BaseException) -> Any:
    """Return an attribute through the built-in class's descriptor: a subclass may hide it behind a property."""
    return vars(kind)[name].__get__(error)
