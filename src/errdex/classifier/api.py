"""The functions of the package: methods of the catalog in use."""

from __future__ import annotations

from typing import TYPE_CHECKING, overload

from errdex.classifier.default import default_catalog
from errdex.model.classification import Classification
from errdex.read.hints import Headers

if TYPE_CHECKING:
    from errdex.classifier.exception_notes import Explaining, Function
    from errdex.model.why import Why


def classify(
    raw: object,
    *,
    provider: str | None = None,
    status: int | None = None,
    code: str | None = None,
    headers: Headers | None = None,
) -> Classification:
    """Say what a raw error is, whether to retry, and what to change. Never raises on any input.

    For whoever holds an error: in an `except` block, with a response in hand, with a text that somebody pasted as an
    error. For a text of which nobody says that it is one, such as a line of a log, there is `errdex.detect`.

    Args:
        raw: An exception, a response, a text (a message, a body, a log line, a traceback), bytes, a mapping (a parsed
            body), or an SDK's answer.
        provider: Hint: whose error it is, such as `cohere`; wins over what the text suggests.
        status: Hint: the HTTP status.
        code: Hint: the machine code.
        headers: Hint: the response headers.

    Returns:
        The answer; falsy when this is no API error at all.

    >>> classify("too many tokens: multi-hop prompt is too long even after truncation").category
    <Category.CONTEXT_LENGTH: 'context_length'>
    """
    return default_catalog().classify(raw, provider=provider, status=status, code=code, headers=headers)


def detect(text: str | bytes) -> Classification:
    """Say which API error a text shows, if it shows one. Never raises on any input.

    For a text of which nobody says that it is an error: a line of a log, a log record's message, what a program
    printed. Who holds an error asks `errdex.classify`, which takes that for granted and answers more often.

    Args:
        text: The text, or its bytes.

    Returns:
        The answer; falsy when the text shows no API error.

    >>> bool(detect("chat 429 of 512 done")), detect("Cohere: invalid api token").entry
    (False, 'cohere/invalid-api-key')
    """
    return default_catalog().detect(text)


def classify_all(
    raw: object,
    *,
    provider: str | None = None,
    status: int | None = None,
    code: str | None = None,
    headers: Headers | None = None,
) -> list[Classification]:
    """Return every answer that a raw error allows, best first; the arguments are those of `errdex.classify`."""
    return default_catalog().classify_all(raw, provider=provider, status=status, code=code, headers=headers)


def why(
    raw: object,
    *,
    provider: str | None = None,
    status: int | None = None,
    code: str | None = None,
    headers: Headers | None = None,
) -> Why:
    """Return the evidence read from a raw error and the ranked candidates; the arguments are those of `classify`."""
    return default_catalog().why(raw, provider=provider, status=status, code=code, headers=headers)


def is_retryable(error: BaseException) -> bool:
    """Tell whether an exception is an API error that is worth a retry; for `tenacity.retry_if_exception`."""
    return default_catalog().is_retryable(error)


def add_note(error: BaseException, *, provider: str | None = None) -> Classification:
    """Put title, verdict, fix and docs link on an exception as a note, and return the answer. Never raises.

    An exception that is no API error stays as it is, and one that has our note already. The members of a group get
    theirs one by one. Text of the error that stands in the note has lost its control characters.

    Args:
        error: The exception.
        provider: Hint: whose error it is; see `errdex.classify`.

    >>> error = RuntimeError("Cohere: invalid api token")
    >>> add_note(error).entry
    'cohere/invalid-api-key'
    >>> print(error.__notes__[0].splitlines()[1])
      cohere/invalid-api-key, authentication: not worth a retry
    """
    return default_catalog().add_note(error, provider=provider)


@overload
def explaining(function: Function, /) -> Function: ...
@overload
def explaining(*, provider: str | None = None) -> Explaining: ...
def explaining(function: Function | None = None, /, *, provider: str | None = None) -> Function | Explaining:
    """Return what adds our note to API errors that pass: a context manager, and a decorator of functions.

    Functions may be plain, `async`, generators or asynchronous generators, and methods of these kinds. The exception
    goes on; only its traceback says more.

    Args:
        function: The function, where `@explaining` stands without parentheses.
        provider: Hint: whose errors they are; see `errdex.classify`.

    >>> with explaining(provider="cohere"):
    ...     raise RuntimeError("invalid api token")
    Traceback (most recent call last):
        ...
    RuntimeError: invalid api token
    errdex: The API key is not valid
    ...
    """
    from errdex.classifier.exception_notes import Explaining

    explaining = Explaining(lambda error: add_note(error, provider=provider))
    return explaining if function is None else explaining(function)
