"""Clusters as YAML entries, with blanks for what only a person can say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final

import yaml

from errdex.mining.clusters import Cluster

BLANK: Final = "TODO"
"""Stands for what has to be filled in: title, meaning and fix."""
_EXAMPLES: Final = 3
_SLUG_WORDS: Final = 5
_IDLE: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "is",
        "are",
        "was",
        "of",
        "to",
        "for",
        "in",
        "on",
        "at",
        "by",
        "this",
        "that",
        "your",
        "you",
        "it",
        "be",
    ]
)
_ANY: Final = "http"
"""The folder of entries for any API."""


def files(clusters: Iterable[Cluster], taken: Iterable[str]) -> dict[str, str]:
    """Return the entries as files of a catalog: path → YAML.

    Args:
        clusters: What was found, the most frequent first.
        taken: Ids of entries that exist already.
    """
    texts: dict[str, list[str]] = {}
    ids = set(taken)
    for cluster in clusters:
        template = cluster.template()
        if template is None:
            continue
        provider = next((name for name, _ in cluster.providers.most_common() if name), None) or _ANY
        name = _id(provider, template, ids)
        ids.add(name)
        texts.setdefault(f"{provider}/mined.yaml", []).append("".join(_entry(name, template, cluster)))
    return {path: "\n".join(entries) for path, entries in texts.items()}


def _entry(name: str, template: str, cluster: Cluster) -> Iterator[str]:
    category, confidence = cluster.suggested
    count = f"{cluster.errors:,} line{'s' * (cluster.errors != 1)}"
    yield f"# {count}; category by the wording model, {confidence:.0%} sure: check it, then fill in each {BLANK}\n"
    status = next((status for status, _ in cluster.statuses.most_common() if status), None)
    entry: dict[str, Any] = {"id": name, "title": BLANK}
    if status:
        entry["status"] = status
    entry |= {
        "category": category,
        "messages": [template],
        "meaning": BLANK,
        "fix": BLANK,
        "examples": list(cluster.messages)[:_EXAMPLES],
        "provenance": "observed",
        "verified": date.today(),
    }
    yield yaml.safe_dump([entry], sort_keys=False, allow_unicode=True, width=100_000)


def _id(provider: str, template: str, taken: set[str]) -> str:
    words = [
        word for word in re.findall(r"[a-z]{2,}", re.sub(r"\{_:\w+\}", " ", template).lower()) if word not in _IDLE
    ]
    slug = "-".join(words[:_SLUG_WORDS])
    name, number = f"{provider}/{slug}", 2
    while name in taken:
        name, number = f"{provider}/{slug}-{number}", number + 1
    return name
