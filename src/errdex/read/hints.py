"""What a caller knows beside the raw error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Final, NamedTuple, Protocol

from errdex.read.evidence import Evidence, are_headers


class HasItems(Protocol):
    """A mapping, or what is like one: the standard library's messages, an HTTP client's headers."""

    def items(self) -> Iterable[tuple[str | bytes, object]]:
        """Return names and values."""


Headers = HasItems | Sequence[tuple[str | bytes, object]]
"""Response headers: a mapping, anything with `items()`, or pairs in a list or tuple."""


class Hints(NamedTuple):
    """What a caller knows beside the raw error; it wins over what the text suggests."""

    provider: str | None = None
    """Only this provider, http and gateways are left."""
    status: int | None = None
    """Replaces what the text says."""
    code: str | None = None
    headers: Headers | None = None

    @classmethod
    def of(cls, provider: object, status: object, code: object, headers: object) -> Hints:
        """Return hints of which each is what it should be, or None: they come from an error handler in trouble."""
        if isinstance(status, str) and status.isdecimal():
            status = int(status)
        plain = isinstance(status, int) and not isinstance(status, bool) and 100 <= status <= 599
        return cls(
            provider if isinstance(provider, str) and provider else None,
            int(status) if plain else None,  # type: ignore[call-overload]
            code if isinstance(code, str) and code else None,
            headers if are_headers(headers) else None,  # type: ignore[arg-type]
        )

    def add_to(self, evidence: Evidence) -> None:
        """Add code and headers to the evidence."""
        if self.code:
            evidence.codes.insert(0, self.code)
        if self.headers is not None:
            evidence.headers.clear()
            # The mapping is somebody else's: whatever it does, the error at hand must not be hidden by one of ours.
            with suppress(Exception):
                evidence.add_headers(self.headers)


NO_HINTS: Final = Hints()
