"""What a caller knows beside the raw error."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Final, NamedTuple

from errdex.read.evidence import Evidence, are_headers


class Hints(NamedTuple):
    """What a caller knows beside the raw error; it wins over what the text suggests."""

    provider: str | None = None
    """Only this provider, http and gateways are left."""
    status: int | None = None
    """Replaces what the text says."""
    code: str | None = None
    headers: Any = None
    """A mapping, an object with `items()` such as the standard library's messages, or pairs."""

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
            headers if are_headers(headers) else None,
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
