"""A report as annotations of a run of GitHub Actions."""

from __future__ import annotations

from typing import Final

from errdex.logfilter.incident import Group, Incident

_SHOWN: Final = 10
"""So many of a kind does GitHub show of a step."""


def for_github(incident: Incident) -> str:
    """Return a line for each kind of error, the most frequent first: `::error`, or `::warning` if a retry can help."""
    lines: list[str] = []
    for retryable in (False, True):
        groups = [group for group in incident.groups if group.retryable is retryable]
        lines += map(_line, sorted(groups, key=lambda group: -group.errors)[:_SHOWN])
    return "".join(f"{line}\n" for line in lines)


def _line(group: Group) -> str:
    kind = "warning" if group.retryable else "error"
    title = f"{group.entry} ({group.errors:,} ×)"
    said = f"{group.title}. {group.fix}" + (f"\n{group.docs_url}" if group.docs_url else "")
    return f"::{kind} title={_escaped(title, ',:')}::{_escaped(said)}"


def _escaped(text: str, more: str = "") -> str:
    """Return a text whose characters cannot end a command or begin one."""
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
