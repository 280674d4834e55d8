"""An entry → the facts that a release is compared by."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

from errdex.authoring.history import Facts
from errdex.rules.page import Page, action_of, is_retryable, scope_of


@dataclass(slots=True)
class Snapshot:
    """The facts of a catalog at one time, and the texts that belong to them, where they are known."""

    facts: dict[str, Facts] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    """Mark of a message → its template."""

    def add(self, page: Page) -> None:
        """Add an entry; a guide has no verdict and is left out."""
        if page.get("kind") == "guide":
            return
        texts = {mark_of(text): text for text in recognised(page)}
        self.messages |= texts
        self.titles[page["id"]] = str(page["title"])
        facts: Facts = {
            "category": str(page["category"]),
            "retryable": is_retryable(page),
            "retry_after": page.get("retry_after"),
            "scope": str(scope_of(page)),
            "action": str(action_of(page)),
            "withdrawn": bool(page.get("withdrawn")) or None,
            "replaced_by": page.get("replaced_by"),
            "messages": sorted(texts),
        }
        self.facts[page["id"]] = {key: value for key, value in facts.items() if value is not None}


def recognised(page: Page) -> list[str]:
    """Return what an entry is recognised by: templates of messages, and other conditions as JSON."""
    found = list(page.get("messages", ()))
    for item in page.get("match", ()):
        alone = item.keys() == {"message"}
        found.append(item["message"] if alone else json.dumps(item, ensure_ascii=False, sort_keys=True))
    return found


def mark_of(text: str) -> str:
    """Return the mark that stands for a message in the history: too short to read, long enough to tell two apart."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
