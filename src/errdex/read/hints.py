"""Hints: what the caller knows besides the raw error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from errdex.model.foreign import TOLERATED
from errdex.model.type_names import Final, Protocol
from errdex.read.attributes import is_a
from errdex.read.evidence import Evidence, are_headers

_DIGITS: Final = 3  # of a status
ERRORS: Final = 400
"""The lowest status of an error."""


class HasItems(Protocol):
    """A mapping or similar, such as an `email.message.Message` or an HTTP client's headers."""

    def items(self) -> Iterable[tuple[str | bytes, object]]:
        """Return the names and values."""


Headers = HasItems | Sequence[tuple[str | bytes, object]]
"""Response headers: a mapping, anything with `items()`, or a list or tuple of pairs."""


class Hints:
    """What the caller knows besides the raw error; takes precedence over what the raw error suggests.

    Attributes:
        provider: Limits the candidates to this provider, `http` and gateways.
        status: Replaces the HTTP status found in the raw error.
        code: The machine code.
        headers: The response's headers.
    """

    __slots__ = ("code", "headers", "provider", "status")

    def __init__(
        self,
        provider: str | None = None,
        status: int | None = None,
        code: str | None = None,
        headers: Headers | None = None,
    ) -> None:
        self.provider = provider
        self.status = status
        self.code = code
        self.headers = headers

    @classmethod
    def of(cls, provider: object, status: object, code: object, headers: object) -> Hints:
        """Return hints in which any invalid value is None: an error handler must not fail because of a bad hint."""
        number = _number(status)
        return cls(
            _text(provider),
            number if number is not None and 100 <= number <= 599 else None,
            _text(code),
            headers if are_headers(headers) else None,  # type: ignore[arg-type]
        )

    def add_to(self, evidence: Evidence) -> None:
        """Add code and headers to the evidence; the headers replace those already read."""
        if self.status is not None and self.status < ERRORS:
            evidence.asserted = False  # an answer; whether it reports an error, its body must show
        if self.code:
            evidence.codes.insert(0, self.code)
        if self.headers is not None:
            evidence.headers.clear()
            # The mapping is foreign code: whatever it does, our own failure must not hide the error at hand.
            with TOLERATED:
                evidence.add_headers(self.headers)


def _text(value: object) -> str | None:
    """Return a text that is not empty as a plain string, by the built-in type's own methods; None for anything else."""
    return (str.__getitem__(value, slice(None)) or None) if is_a(value, str) else None


def _number(value: object) -> int | None:
    """Return a whole number, or one in digits, as a plain int; None for anything else."""
    if is_a(value, int):
        return None if type(value) is bool else int.__add__(value, 0)
    text = _text(value)
    return int(text) if text and len(text) == _DIGITS and text.isdecimal() else None


NO_HINTS: Final = Hints()
