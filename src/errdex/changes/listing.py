"""Changes of a catalog as text and as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from errdex.changes.compare import ADDED, GONE, KINDS, MESSAGES, WITHDRAWN, Change, counts
from errdex.changes.facts import Snapshot

BEGIN: Final = "<!-- errdex history: begin -->"
END: Final = "<!-- errdex history: end -->"
NONE: Final = "No entry has changed."


def summary(changes: list[Change]) -> str:
    """Return how much changed, in one line."""
    return ", ".join(f"{number} × {KINDS[kind]}" for kind, number in counts(changes).items()) or NONE


def course(facts: dict[str, Any]) -> str:
    """Return a verdict in words."""
    if not facts.get("retryable"):
        return "do not retry"
    wait = facts.get("retry_after")
    return f"retry after {wait:g} s" if wait else "retry"


def told(change: Change, new: Snapshot) -> str:
    """Return one change of an entry in words, without its id."""
    if change.kind == ADDED:
        return f"{change.new['category']}, {course(change.new)}: {new.titles.get(change.entry, '')}".removesuffix(": ")
    if change.kind == GONE:
        return f"was {change.old['category']}, {course(change.old)}"
    if change.kind == WITHDRAWN:
        by = change.new.get("replaced_by")
        return f"replaced by {by}" if by else "no replacement"
    if change.kind == MESSAGES:
        lost, found = change.old["messages"], change.new["messages"]
        return ", ".join(f"{len(some)} {what}" for some, what in ((found, "new"), (lost, "gone")) if some)
    if "retryable" in change.new:
        return f"{course(change.old)} → {course(change.new)}"
    pairs = [(change.old[key], change.new[key]) for key in change.new if change.old[key] != change.new[key]]
    return ", ".join(f"{before} → {after}" for before, after in pairs)


def messages(change: Change) -> Iterator[tuple[str, str]]:
    """Yield ("-" or "+", text) for each known message that is gone or new."""
    if change.kind == MESSAGES:
        for sign, facts in (("-", change.old), ("+", change.new)):
            yield from ((sign, text) for text in facts["messages"] if text is not None)


def markdown(
    changes: list[Change],
    old: Snapshot,
    new: Snapshot,
    name_of: Callable[[str], str] = str,
    link: Callable[[str], str] = "`{}`".format,
    plain: Callable[[str], str] = str,
) -> list[str]:
    """Return a list of the changes as lines of Markdown.

    Args:
        changes: What changed from `old` to `new`.
        old: The state before.
        new: The state after.
        name_of: Provider's folder → its name.
        link: Entry's id → how it is shown.
        plain: Any other text → how it is shown.
    """
    known = {entry.partition("/")[0] for entry in old.facts}
    added: dict[str, list[str]] = {}
    for change in changes:
        if change.kind == ADDED:
            added.setdefault(change.entry.partition("/")[0], []).append(change.entry)
    lines = []
    if providers := sorted(name_of(provider) for provider in added if provider not in known):
        lines.append(f"- New providers: {', '.join(providers)}.")
    for provider, entries in added.items():
        if provider in known:
            lines.append(f"- New, {name_of(provider)}: {', '.join(map(link, entries))}.")
    for kind, what in KINDS.items():
        some = [change for change in changes if change.kind == kind and kind != ADDED]
        if some:
            lines.append(f"- {what[0].upper()}{what[1:]}:")
            lines += (f"    - {link(change.entry)}: {plain(told(change, new))}" for change in some)
    return lines or [NONE]


def placed(text: str, lines: list[str]) -> str | None:
    """Return a changelog with its first generated list replaced; None if it has no place for one."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        return None
    return "\n".join([before + begin, *lines, end + after])
