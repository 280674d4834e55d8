"""Two states of a catalog → what changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from errdex.authoring.history import Facts, History
from errdex.changes.facts import Snapshot

ADDED, GONE, WITHDRAWN, RETURNED = "added", "gone", "withdrawn", "returned"
CATEGORY, VERDICT, ADVICE, MESSAGES = "category", "verdict", "advice", "messages"
KINDS: Final = {
    ADDED: "new entries",
    GONE: "entries that are gone",
    WITHDRAWN: "withdrawn entries",
    RETURNED: "entries that are no longer withdrawn",
    CATEGORY: "other category",
    VERDICT: "other verdict",
    ADVICE: "other scope or action",
    MESSAGES: "other messages",
}
"""Kind of a change → what it is, in the order in which changes are listed."""
_COMPARED: Final = {CATEGORY: ("category",), VERDICT: ("retryable", "retry_after"), ADVICE: ("scope", "action")}


class Change(NamedTuple):
    """One change of one entry."""

    kind: str
    entry: str
    old: dict[str, Any]
    """The facts that changed, as they were; of messages, those that are gone."""
    new: dict[str, Any]
    """The same as they are; of messages, those that are new."""

    def to_dict(self) -> dict[str, Any]:
        """Return the change as JSON-ready values."""
        return {"change": self.kind, "entry": self.entry, "old": self.old, "new": self.new}


def compare(old: Snapshot, new: Snapshot) -> list[Change]:
    """Return what changed, by kind and id."""
    found: list[Change] = []
    for name in {**old.facts, **new.facts}:
        found += _of_entry(name, old, new)
    order = [*KINDS]
    return sorted(found, key=lambda change: (order.index(change.kind), change.entry))


def counts(changes: list[Change]) -> dict[str, int]:
    """Return how many changes there are of each kind."""
    found = Counter(change.kind for change in changes)
    return {kind: found[kind] for kind in KINDS if found[kind]}


def _of_entry(name: str, old: Snapshot, new: Snapshot) -> Iterator[Change]:
    before, after = old.facts.get(name), new.facts.get(name)
    if after is None:
        yield Change(GONE, name, _plain(before or {}), {})
        return
    if before is None:
        yield Change(ADDED, name, {}, _plain(after))
        return
    if bool(before.get("withdrawn")) != bool(after.get("withdrawn")):
        kind = WITHDRAWN if after.get("withdrawn") else RETURNED
        yield Change(kind, name, {}, {"replaced_by": after.get("replaced_by")})
    for kind, keys in _COMPARED.items():
        if any(before.get(key) != after.get(key) for key in keys):
            yield Change(kind, name, {key: before.get(key) for key in keys}, {key: after.get(key) for key in keys})
    lost, found = (set(one["messages"]) - set(other["messages"]) for one, other in ((before, after), (after, before)))
    if lost or found:
        yield Change(MESSAGES, name, {"messages": _texts(old, lost)}, {"messages": _texts(new, found)})


def _plain(facts: Facts) -> dict[str, Any]:
    return {key: value for key, value in facts.items() if key != "messages"}


def _texts(state: Snapshot, marks: set[str]) -> list[str | None]:
    """Return the messages behind some marks, sorted; None where only the mark is known."""
    texts = [state.messages.get(mark) for mark in marks]
    return sorted(texts, key=lambda text: (text is None, text or ""))


def release(history: History, now: Snapshot, version: str, date: str) -> list[Change]:
    """Add a release to a history: what the catalog is now; return what it changes."""
    changes = compare(Snapshot(dict(history.facts)), now)
    history.releases.append((version, date))
    history.steps[version] = {}
    for name in sorted({change.entry for change in changes}):
        history.add(name, now.facts.get(name))
    history.next = None
    return changes
