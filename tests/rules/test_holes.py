"""Durations are in seconds, whatever their unit."""

from __future__ import annotations

from errdex.match.param_values import seconds


def test_seconds() -> None:
    """Durations are in seconds, whatever their unit."""
    assert seconds("2 days 3h") == 2 * 86400 + 3 * 3600
    assert seconds("1.5 minutes") == 90
    assert seconds("250 milliseconds") == 0.25
