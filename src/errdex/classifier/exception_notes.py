"""Adds the answer to an exception as a note (PEP 678), so that the traceback itself says what to do."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Generator
from contextlib import aclosing, suppress
from functools import wraps
from typing import Any, Final, TypeVar, cast

from errdex.model.classification import Classification
from errdex.model.duration import duration
from errdex.read import causes

_START: Final = "errdex: "
_MAX_NOTED: Final = 1_000  # exceptions in one group
Function = TypeVar("Function", bound=Callable[..., Any])
"""A function that `explaining` decorates."""


def add_note(classify: Callable[[BaseException], Classification], error: BaseException) -> Classification:
    """Add the answer of `classify` to an exception as a note, and return the answer; see `errdex.add_note`."""
    answer = classify(error)
    if answer and issubclass(type(error), BaseException):
        waiting, seen = [error], {id(error)}  # groups may share members
        while waiting and len(seen) <= _MAX_NOTED:
            one = waiting.pop()
            if causes.is_group(one):
                members = [member for member in causes.members(one) if id(member) not in seen]
                seen.update(map(id, members))
                waiting += members
            else:
                found = answer if one is error else classify(one)
                with suppress(Exception):  # an exception may refuse notes, for example because it is frozen
                    if found and not any(_is_ours(note) for note in getattr(one, "__notes__", ())):
                        BaseException.add_note(one, _note(found))
    return answer


class Explaining:
    """Adds a note to the API errors that pass through; see `errdex.explaining`."""

    def __init__(self, note: Callable[[BaseException], object]) -> None:
        self._note = note

    def __enter__(self) -> Explaining:
        return self

    def __exit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        if error is not None:
            self._note(error)

    async def __aenter__(self) -> Explaining:
        return self

    async def __aexit__(self, kind: object, error: BaseException | None, traceback: object) -> None:
        self.__exit__(kind, error, traceback)

    def __call__(self, function: Function) -> Function:
        """Wrap a function so that API errors that leave it get a note."""
        import inspect  # imported here: it costs 8 ms of start-up time, and decorators are rare

        if isinstance(function, (staticmethod, classmethod)):
            return cast(Function, type(function)(self(function.__func__)))
        given: object = function
        if not callable(given) or isinstance(given, type):
            raise TypeError(f"explaining() decorates functions, not {function!r}; pass a hint as provider='cohere'")
        explained: Callable[..., Any]
        if inspect.iscoroutinefunction(function):

            @wraps(function)
            async def explained(*args: Any, **kwargs: Any) -> Any:
                with self:
                    return await function(*args, **kwargs)

        elif inspect.isasyncgenfunction(function):

            @wraps(function)
            async def explained(*args: Any, **kwargs: Any) -> AsyncIterator[Any]:
                with self:
                    async with aclosing(function(*args, **kwargs)) as items:
                        with suppress(StopAsyncIteration):
                            item = await anext(items)
                            while True:  # what `yield from` does in a plain generator
                                try:
                                    sent = yield item
                                except GeneratorExit:
                                    raise
                                except BaseException as error:
                                    item = await items.athrow(error)
                                else:
                                    item = await items.asend(sent)

        elif inspect.isgeneratorfunction(function):

            @wraps(function)
            def explained(*args: Any, **kwargs: Any) -> Generator[Any, Any, Any]:
                with self:
                    return (yield from function(*args, **kwargs))

        else:

            @wraps(function)
            def explained(*args: Any, **kwargs: Any) -> Any:
                with self:
                    result = function(*args, **kwargs)
                return self._awaited(result) if inspect.isawaitable(result) else result

        return cast(Function, explained)

    async def _awaited(self, result: Awaitable[Any]) -> Any:
        with self:
            return await result


def printable(text: str) -> str:
    """Replace every unprintable character with a space, so that the text cannot control a terminal."""
    return text if text.isprintable() else "".join(char if char.isprintable() else " " for char in text)


def _is_ours(note: object) -> bool:
    return isinstance(note, str) and note.startswith(_START)


def _note(answer: Classification) -> str:
    verdict = "worth a retry" if answer.retryable else "not worth a retry"
    if answer.retry_after:
        verdict += f" after {answer.retry_after:g} s"
    elif answer.resets_in:
        verdict += f", the limit opens in {duration(answer.resets_in)}"
    lines = [
        _START + answer.title,
        f"  {answer.entry or 'no entry'}, {answer.category}: {verdict}",
        f"  fix: {answer.fix}",
        f"  more: {answer.docs_url}" if answer.docs_url else "",
    ]
    return "\n".join(printable(line) for line in lines if line)
