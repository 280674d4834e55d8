"""What keeps the public functions from raising: a fresh stack where this one is full, and no answer where all fails.

Raw errors are foreign code, and the caller is in an `except` block: whatever happens in here must not hide the error
at hand. Nothing below relies on it; the tests and the fuzzers run without it.
"""

from __future__ import annotations

from _thread import allocate_lock, get_ident, start_new_thread  # `threading` would cost start-up time
from collections.abc import Callable

from errdex.model.foreign import FRESH
from errdex.model.type_names import Any, Final, TypeVar

FOREIGN: Final = (Exception, SystemExit, GeneratorExit)
"""What foreign code may raise in here; Ctrl-C is the user's."""
is_open = False
"""Whether failures pass, so that tests see them."""
Found = TypeVar("Found")


def call(function: Callable[..., Found], nothing: Found, *args: Any) -> Found:
    """Return what a function returns; if it fails, what it returns on a stack of its own, or `nothing`."""
    try:
        return function(*args)
    except RecursionError:
        return on_fresh_stack(function, nothing, *args)
    except FOREIGN:
        if is_open:
            raise
        return nothing


def on_fresh_stack(function: Callable[..., Found], nothing: Found, *args: Any) -> Found:
    """Return what a function returns in a thread of its own, whose stack is empty; `nothing` if it fails."""
    found = [nothing]
    done = allocate_lock()

    def work() -> None:
        me = get_ident()
        FRESH.add(me)
        try:
            found[0] = function(*args)
        except BaseException:  # noqa: S110 (there is nobody to tell)
            pass
        finally:
            FRESH.discard(me)
            done.release()

    try:
        done.acquire()
        start_new_thread(work, ())
        done.acquire()
    except FOREIGN:  # no more threads, or the interpreter ends
        pass
    return found[0]
