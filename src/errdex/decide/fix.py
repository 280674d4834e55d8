"""Fills in fixes, and has those for when the service itself says whether to retry."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from errdex.model.type_names import Final
from errdex.rules import Pattern, pattern

NO_RETRY: Final = (
    "The service says that a retry does not help: change the request, or note the request id and tell support."
)
RETRY: Final = "The service says that a retry can help: send it again with backoff (1 s, 2 s, 4 s, with jitter)."
_HOLE: Final[Pattern] = r"\{([a-z_][a-z0-9_]*)\}"


def fill(fix: str, found: Mapping[str, object]) -> str:
    """Put params into a fix; a hole that a truncated message did not show becomes its name in angle brackets."""
    if "{" not in fix:
        return fix
    parts = _parts_of(fix).copy()
    for place in range(1, len(parts), 2):
        name = parts[place]
        parts[place] = _shown(found[name]) if name in found else f"<{name}>"
    return "".join(parts)


@cache
def _parts_of(fix: str) -> list[str]:
    """Split a fix into texts and, between them, names of holes; cached, as a catalog has only some hundred fixes."""
    return pattern(_HOLE).split(fix)


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(value)
    return value if isinstance(value, str) else f"{value:.15g}" if isinstance(value, float) else str(value)
