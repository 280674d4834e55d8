"""The package's functions: each calls the method of the same name on the catalog in use."""

from __future__ import annotations

from errdex.classifier.default import default_catalog
from errdex.model.classification import Classification
from errdex.model.type_names import TYPE_CHECKING, overload
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
    """Identify a raw error: what it is, whether to retry, and what to change. Never raises, whatever the input.

    Use it when you have an error: in an `except` block, for a response, or for text that a user pasted as an error.
    For text that may or may not be an error, such as a log line, use `errdex.detect`.

    Args:
        raw: An exception, a response, text (a message, a body, a log line, a traceback), bytes, a mapping (a parsed
            body), or another SDK object.
        provider: Hint: the provider, such as `cohere`; takes precedence over what the raw error suggests.
        status: Hint: the HTTP status.
        code: Hint: the machine code.
        headers: Hint: the response headers.

    Returns:
        The answer; falsy if this is not an API error.

    >>> classify("too many tokens: multi-hop prompt is too long even after truncation").category
    <Category.CONTEXT_LENGTH: 'context_length'>
    """
    catalog = default_catalog()
    if provider is None and status is None and code is None and headers is None:
        return catalog.classify(raw)  # keywords would make the call slower
    return catalog.classify(raw, provider=provider, status=status, code=code, headers=headers)


def detect(text: str | bytes) -> Classification:
    """Identify the API error in a text, if there is one. Never raises, whatever the input.

    For text that may or may not be an error: a log line, a log record's message, the output of a program. If you know
    that it is an error, use `errdex.classify`, which takes that for granted and answers more often.

    Args:
        text: The text, or its bytes.

    Returns:
        The answer; falsy if the text contains no API error.

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
    """Return every possible answer for a raw error, best first; takes the arguments of `errdex.classify`."""
    return default_catalog().classify_all(raw, provider=provider, status=status, code=code, headers=headers)


def why(
    raw: object,
    *,
    provider: str | None = None,
    status: int | None = None,
    code: str | None = None,
    headers: Headers | None = None,
) -> Why:
    """Return the evidence read from a raw error and the ranked candidates; takes the arguments of `classify`."""
    return default_catalog().why(raw, provider=provider, status=status, code=code, headers=headers)


def is_retryable(error: BaseException) -> bool:
    """Tell whether an exception is an API error worth retrying; for `tenacity.retry_if_exception`."""
    return default_catalog().is_retryable(error)


def add_note(error: BaseException, *, provider: str | None = None) -> Classification:
    """Add title, verdict, fix and docs link to an exception as a note, and return the answer. Never raises.

    Exceptions that are not API errors, or already have such a note, stay unchanged. In a group, each member gets its
    own note. Control characters in the error's text are replaced with spaces.

    Args:
        error: The exception.
        provider: Hint: the provider; see `errdex.classify`.

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
    """Return a context manager, also usable as a decorator, that adds a note to the API errors that pass through it.

    Functions may be plain functions, coroutine functions, generators or asynchronous generators, and methods of these
    kinds. The exception propagates unchanged except for the note; see `errdex.add_note`.

    Args:
        function: The function, if `@explaining` is used without parentheses.
        provider: Hint: the provider whose errors these are; see `errdex.classify`.

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
