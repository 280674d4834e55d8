"""How far the beginnings of messages agree: a truncated text must go beyond that to tell them apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Set
from itertools import takewhile

from errdex.authoring.schema import Entry
from errdex.authoring.template import Hole, Part


def shared_literals(templates: list[tuple[Entry, list[Part]]], everywhere: Set[str]) -> list[int]:
    """Return, for each template, how many leading literal characters it shares with a template of another entry.

    Only entries that no provider cue tells apart count: those of the same provider and of `everywhere`. So no
    provider's texts affect another's; if two begin alike, the decider requires such a cue.

    Args:
        templates: Each with its entry. Families share nothing, since any listed message outranks them.
        everywhere: Providers whose messages may come from any API.
    """
    signatures: defaultdict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for place, (entry, parts) in enumerate(templates):
        if entry.kind != "family":
            signature = "".join("\x00" if isinstance(part, Hole) else part for part in parts)
            signatures[entry.provider].append((signature, entry.id, place))
    common = [row for name in sorted(everywhere) for row in signatures[name]]
    shared = [0] * len(templates)
    for provider, own in signatures.items():
        rows = sorted(common if provider in everywhere else own + common)
        for ordered in (rows, rows[::-1]):
            before = last = ""  # the nearest signature of another entry before this entry's run, and the last one
            running = ""
            for signature, name, place in ordered:
                if name != running:
                    before, running = last, name
                last = signature
                if before and templates[place][0].provider == provider:
                    shared[place] = max(shared[place], _alike(signature, before))
    return shared


def _alike(one: str, two: str) -> int:
    """Return how many literal characters two signatures have in common at their start."""
    both = takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False))
    return sum(left != "\x00" for left, _ in both)
