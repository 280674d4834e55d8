"""What the integrations share: the content of a log record → one answer → flat fields.

Exceptions, and values that the program calls an error, are classified; in the message, which may not be an error, an
error is detected.
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
        "error_scope",
        "error_action",
        "error_resets_in",
        "error_fix",
        "error_docs",
    )
)
"""The fields of a record that is not an API error; must not be modified."""

ERROR_NAMES: Final = ("error", "exc", "exception")
"""Names under which programs log an error beside their message."""
_MAX_SHOWN: Final = 20
"""Exceptions read from one chain at most: a group may hold thousands."""


def fields_of(answer: errdex.Classification | None) -> Fields:
    """Return an answer as flat, plain values, all None if it is not an API error.

    They are plain so that a record can be pickled and sent to a process without errdex.
    """
    if not answer:
        return NO_FIELDS
    return {
        "error_entry": answer.entry,
        "error_provider": answer.provider,
        "error_category": str(answer.category),
        "error_retryable": answer.retryable,
        "error_retry_after": answer.retry_after,
        "error_scope": str(answer.scope),
        "error_action": str(answer.action),
        "error_resets_in": answer.resets_in,
        "error_fix": answer.fix,
        "error_docs": answer.docs_url,
    }


def first_of(answers: Iterable[errdex.Classification]) -> errdex.Classification | None:
    """Return the first answer that is an API error; None if there is none.

    Never raises, because a program that logs an error must not get another one from errdex. This includes exceptions
    raised by other people's `__str__` while a message is formatted.
    """
    with suppress(Exception):
        return next(filter(None, answers), None)
    return None


def error_of(exc_info: object) -> BaseException | None:
    """Return the exception in an `exc_info`, which may be an exception, a triple, or true for the current exception."""
    if isinstance(exc_info, tuple):
        exc_info = exc_info[1] if len(exc_info) == 3 else None
    elif exc_info and not isinstance(exc_info, BaseException):
        exc_info = sys.exc_info()[1]
    return exc_info if isinstance(exc_info, BaseException) else None


def shown(error: object) -> Iterator[BaseException]:
    """Yield an exception and the others that its traceback would show: members of a group, cause, context.

    Yields nothing for anything but an exception, and leaves out those of the operating system: in a general log, a
    refused connection may come from anywhere.
    """
    if not isinstance(error, BaseException):  # nearly always, so checked first
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
    """Yield the answers for an exception and the others that its traceback would show; nothing for anything else."""
    return map(catalog.classify, shown(error))


def of_call(catalog: errdex.Catalog, values: Mapping[str, Any], message: object) -> Iterator[errdex.Classification]:
    """Yield the answers for what a program logged, by name or as the message: exceptions first, then bodies and texts.

    Args:
        catalog: The catalog to use.
        values: The named values of a log call.
        message: Its message, or an exception instead of one.
    """
    errors = [values[name] for name in ERROR_NAMES if name in values]
    for error in (*errors, message):
        yield from of_exception(catalog, error)
    for error in errors:
        if isinstance(error, Mapping):
            yield catalog.classify(error)
        elif isinstance(error, str):
            yield catalog.detect(error)
    # Finally, all texts as one: the message may name the provider.
    yield catalog.detect(": ".join(text for text in (message, *errors) if isinstance(text, str)))
