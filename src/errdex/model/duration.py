"""Durations in words."""

from __future__ import annotations

from errdex.model.type_names import Final

_UNITS: Final = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def duration(seconds: float) -> str:
    """Return a duration with its two largest units: `5 d 22 h`, `9 min 38 s`, `7 s`."""
    rest = max(1, round(seconds))
    parts: list[str] = []
    for unit, size in _UNITS:
        count, rest = divmod(rest, size)
        if count or parts:
            parts.append(f"{count} {unit}" if count else "")
        if len(parts) == 2:
            break
    return " ".join(filter(None, parts))
