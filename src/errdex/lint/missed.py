"""Says why an example is not classified as its entry."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, Final, NamedTuple

from errdex.authoring.key_words import key_words
from errdex.authoring.schema import Entry, Match
from errdex.authoring.template import Hole, Part, compile_parts
from errdex.decide.candidate import INSIDE
from errdex.model.why import RankedCandidate, SeenEvidence, Why
from errdex.rules import units
from errdex.rules.holes import KINDS, OPEN
from errdex.rules.normal_form import fold, normalise

_RANKS: Final = (
    "a whole message", "a specific code or field", "a family", "a message in the middle of a text",
    "an exception class", "the wording", "a generic code", "the status at its provider", "the bare status",
    "the status class", "an unsure judgement of the wording", "a wording that the status contradicts",
)  # fmt: skip
_SHOWN: Final = 40  # characters of a text in a message


def reason(entry: Entry, raw: str, why: Why, providers: Collection[str], given: Mapping[str, Any]) -> str:
    """Return why the answer for a text is not this entry.

    Args:
        entry: The expected entry.
        raw: The text.
        why: The evidence and candidates for the text.
        providers: The providers in the catalog.
        given: The hints of the example.
    """
    candidates = why["candidates"]
    mine = next((candidate for candidate in candidates if candidate["entry"] == entry.id), None)
    if mine and mine["rank"] != INSIDE:
        return _outranked(candidates[0], mine)
    hint = given.get("provider", entry.provider)
    if hint != entry.provider:
        return f"`provider: {hint}` admits only entries of {hint}, of `http` and of gateways"
    evidence = why["evidence"]
    assert evidence is not None  # only exceptions of some classes have none, and an example is a text
    texts = [*(message["text"] for message in evidence["messages"]), normalise(raw).strip()]
    is_known = entry.provider in providers
    evidence["headers"] = {name.lower(): value for name, value in given.get("headers", {}).items()}
    reasons = [_item(entry, item, evidence, texts, is_known) for item in entry.items]
    return max(reasons, key=lambda reason: reason.near).text


class _Reason(NamedTuple):
    near: int
    """How close the item is to the text."""
    text: str


def _outranked(best: RankedCandidate, mine: RankedCandidate) -> str:
    if best["rank"] != mine["rank"]:
        return f"{_RANKS[best['rank']]} outranks {_RANKS[mine['rank']]}, which is how this entry was found"
    if best["cue"] != mine["cue"]:
        return f"the text points to the provider of {best['entry']}"
    if best["literal"] != mine["literal"]:
        return f"it matches {best['literal']} literal characters, this entry {mine['literal']}"
    return "nothing tells the two apart"


def _item(entry: Entry, item: Match, evidence: SeenEvidence, texts: list[str], is_known: bool) -> _Reason:
    """Return why an item of an entry does not match."""
    lacking = _lacking(item, evidence)
    if item.message is None:
        return _Reason(0, lacking or "nothing in the text shows that it is an API error")
    parts = compile_parts(item.message)
    if not key_words(parts):
        return _Reason(0, f"every word of {item.message!r} touches a hole, so the index cannot find it")
    best = max((_agreement(parts, text) for text in texts), key=lambda found: found.covered, default=None)
    if best is None or best.covered == 0:
        return _Reason(0, f"no part of it matches {item.message!r}")
    if best.stopped is None:
        return _Reason(best.covered, lacking or _around(entry, best, is_known))
    part = parts[best.stopped]
    wanted = f"{{{part.name}:{part.kind}}}" if isinstance(part, Hole) else repr(_cut(part[best.inside :]))
    seen = repr(_cut(best.text[best.end :])) if best.end < len(best.text) else "the end of the text"
    return _Reason(best.covered, f"the message has {wanted} where the text has {seen}")


def _lacking(item: Match, evidence: SeenEvidence) -> str:
    """Return what an item requires besides its message and the text lacks."""
    if item.code is not None and item.code not in evidence["codes"]:
        seen = ", ".join(map(repr, evidence["codes"])) or "none"
        return f"it requires the code {item.code!r}; codes read from the text: {seen}"
    if item.exception is not None and not any(
        f".{path}".endswith(f".{item.exception}") for path in evidence["exceptions"]
    ):
        seen = ", ".join(evidence["exceptions"]) or "none"
        return f"it requires the class {item.exception}; classes read from the text: {seen}"
    for path, value in (item.field or {}).items():
        if not any(f".{name}".endswith(f".{path}") and found == value for name, found in evidence["fields"].items()):
            seen = ", ".join(f"{name}: {found}" for name, found in evidence["fields"].items()) or "none"
            return f"it requires the field {path}: {value}; fields read from the text: {_cut(seen, 120)}"
    if item.detail and not any(name.rpartition(".")[2] in item.detail for name in evidence["fields"]):
        return f"it requires the keys {', '.join(item.detail)}, which the body does not have"
    if item.status is not None and str(evidence["status"])[:1] != str(item.status)[:1]:
        return f"it requires the status {item.status}, which the text itself must show: `HTTP/1.1 {item.status}`"
    for name, value in (item.header or {}).items():
        if (name.lower() in evidence["headers"]) is (value == "absent"):
            return f"it requires the header {name} ({value}); give the example `headers`"
    return ""


class _Agreement(NamedTuple):
    """How far a template matches a text."""

    text: str
    start: int
    end: int
    covered: int
    """Number of literal characters that match."""
    stopped: int | None
    """Number of the part that does not match; None if all do."""
    inside: int
    """Number of leading characters of that part that still match."""


def _agreement(parts: list[Part], text: str) -> _Agreement:
    """Return the position in a text where a template matches furthest."""
    low = fold(text)
    literal = next((part for part in parts if isinstance(part, str)), "")
    begin = literal[: max(4, len(literal) // 3)] if parts[0] is literal else ""
    starts = [0]
    place = low.find(begin) if begin else -1
    while place >= 0 and len(starts) < _SHOWN:
        starts.append(place)
        place = low.find(begin, place + 1)
    return max((_agreement_at(parts, text, low, start) for start in starts), key=lambda found: found.covered)


def _agreement_at(parts: list[Part], text: str, low: str, start: int) -> _Agreement:
    position, covered = start, 0
    for number, part in enumerate(parts):
        if isinstance(part, str):
            same = next((size for size in range(len(part), 0, -1) if low.startswith(part[:size], position)), 0)
            position, covered = position + same, covered + same
            if same < len(part):
                return _Agreement(text, start, position, covered, number, same)
        elif part.kind in OPEN:
            following = parts[number + 1] if number + 1 < len(parts) else None
            place = len(text) if following is None else low.find(str(following), position)
            if place < 0:
                return _Agreement(text, start, position, covered, number + 1, 0)
            position = place
        else:
            found = re.compile(KINDS[part.kind]).match(text, position)
            if found is None:
                return _Agreement(text, start, position, covered, number, 0)
            position = found.end()
    return _Agreement(text, start, position, covered, None, 0)


def _around(entry: Entry, found: _Agreement, is_known: bool) -> str:
    """Return why a message in the text does not count where it is."""
    before, after = found.text[: found.start], found.text[found.end :]
    if after and not units.ends(found.text, found.end, len(found.text), closed=True):
        return f"the message ends before {_cut(after)!r}"
    if entry.support:
        return (
            "`support: required`: it counts only alone, in a message field, or beside a status, an exception class or "
            f"a provider's name, but here it follows {_cut(before)!r}"
        )
    if before:
        where = f"add it to `heads` in {entry.provider}/provider.yaml"
        if not is_known:
            where = f"there is no {entry.provider}/provider.yaml with `heads` to add it to"
        return f"{_cut(before)!r} is not known to precede a message; {where}"
    return "the status or a code beside it contradicts it"


def _cut(text: str, most: int = _SHOWN) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
