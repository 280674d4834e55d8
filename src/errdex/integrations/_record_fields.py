"""What the integrations share: what a log record holds → one answer → flat fields.

An exception, and what the program calls an error, is classified; of the message nobody says that it is one.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any, Final

import errdex
from errdex.read.causes import is_of_the_system

Fields = dict[str, str | float | bool | None]

NO_FIELDS: Final[Fields] = dict.fromkeys(
    (
        "error_entry",
        "error_provider",
        "error_category",
        "error_retryable",
        "error_retry_after",
        "error_fix",
        "error_docs",
    )
)
"""The fields of a record that is no API error; not to be changed."""

ERROR_NAMES: Final = ("error", "exc", "exception")
"""Names under which programs log an error beside their message."""
_MAX_SHOWN: Final = 20
"""Exceptions read of one chain: a group may hold thousands."""


def fields_of(answer: errdex.Classification | None) -> Fields:
    """Return an answer as flat plain values, all None where it is no API error.

    Plain, so that a record can be pickled and sent to a process that has no errdex.
    """
    if not answer:
        return NO_FIELDS
    return {
        "error_entry": answer.entry,
        "error_provider": answer.provider,
        "error_category": str(answer.category),
        "error_retryable": answer.retryable,
        "error_retry_after": answer.retry_after,
        "error_fix": answer.fix,
        "error_docs": answer.docs_url,
    }


def first_of(answers: Iterable[errdex.Classification]) -> errdex.Classification | None:
    """Return the first answer that is an API error; None if there is none.

    Never raises, for a program that logs its error must not get one of ours: nor does it what somebody's `__str__`
    raises while a message is formatted.
    """
    with suppress(Exception):
        return next(filter(None, answers), None)
    return None


def error_of(exc_info: object) -> BaseException | None:
    """Return the exception that an `exc_info` stands for: itself, of its triple, or, if just true, the current one."""
    if isinstance(exc_info, tuple):
        exc_info = exc_info[1] if len(exc_info) == 3 else None
    elif exc_info and not isinstance(exc_info, BaseException):
        exc_info = sys.exc_info()[1]
    return exc_info if isinstance(exc_info, BaseException) else None


def shown(error: object) -> Iterator[BaseException]:
    """Yield an exception and the others that its traceback would show: members of a group, cause, context.

    Yields nothing for what is no exception, and leaves out the operating system's: in a log of everything, a refused
    connection may be anybody's.
    """
    if not isinstance(error, BaseException):  # nearly always, so told at once
        return
    waiting: list[object] = [error]
    seen: set[int] = set()
    while waiting and len(seen) < _MAX_SHOWN:
        error = waiting.pop(0)
        if not isinstance(error, BaseException) or id(error) in seen:
            continue
        seen.add(id(error))
        if not is_of_the_system(error):
            yield error
        if isinstance(error, BaseExceptionGroup):
            waiting += error.exceptions[:_MAX_SHOWN]
        waiting.append(error.__cause__ if error.__suppress_context__ else error.__context__)


def of_exception(catalog: errdex.Catalog, error: object) -> Iterator[errdex.Classification]:
    """Yield the answers to an exception and to the others that its traceback would show; none to what is none."""
    return map(catalog.classify, shown(error))


def of_call(catalog: errdex.Catalog, values: Mapping[str, Any], message: object) -> Iterator[errdex.Classification]:
    """Yield the answers to what a program logged, by name or as the message: exceptions first, then bodies and texts.

    Args:
        catalog: The catalog to ask.
        values: The named values of a log call.
        message: Its message, or an exception in the place of one.
    """
    errors = [values[name] for name in ERROR_NAMES if name in values]
    for error in (*errors, message):
        yield from of_exception(catalog, error)
    for error in errors:
        if isinstance(error, str | Mapping):
            yield catalog.classify(error)
    # Last the texts as one: the message may say whose error it is.
    yield catalog.detect(": ".join(text for text in (message, *errors) if isinstance(text, str)))
