"""The corpus: what every entry says × shapes × what else a text holds, composed by rule and seed.

Nothing of it is stored. What is drawn for a message is drawn with a seed of its own words, and other errors beside it
from a ring of all examples, so that a new, changed or renamed entry changes hardly any input but its own.
"""

from __future__ import annotations

import json
from bisect import bisect
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

from errdex import Category

from . import structured
from .access import Catalog, entries_of, providers_of
from .inputs import Input, an_exception
from .messages import UNLISTED, Said, said_by, texts_of
from .shapes import JSON_LINES, LINES, SHAPES, Shape, provider_label
from .trails import APPENDED, AROUND, ESCAPED, ON_MESSAGE, OPENED, OTHERS, WAITS, Beside, Other

INNOCENT, PARTED, REPORTED = "innocent", "parted", "reported"
_DATA = Path(__file__).parents[1] / "data"
_BARE = next(shape for shape in SHAPES if shape.__name__ == "bare")
_LINES, _SHAPED, _RAISED, _BODIES = 1, 1, 1, 1  # inputs of each item
_AROUND_EXAMPLES = 1  # of an entry's examples these many are put beside something else
_INNOCENT = 300


class _Ring:
    """The messages of a catalog on a ring, from which others are drawn; a new one takes the place of few."""

    def __init__(self, entries: Mapping[str, Mapping[str, Any]]) -> None:
        self._of: dict[str | None, list[tuple[int, str, int]]] = {}
        for name, entry in entries.items():
            text = texts_of(entry["examples"])[0]
            status = entry.get("status")
            number = status[0] if isinstance(status, list) else status
            place = (crc32(text.encode()), text, number if isinstance(number, int) else 500)
            for provider in (None, name.partition("/")[0]):
                self._of.setdefault(provider, []).append(place)
        for places in self._of.values():
            places.sort()

    def beside(self, pick: Random, provider: str) -> Beside:
        """Return what the trails of one input may draw from."""
        return Beside(pick, lambda: self.draw(pick, provider), lambda: self.draw(pick))

    def draw(self, pick: Random, provider: str | None = None) -> Other:
        places = self._of[provider]
        _, text, status = places[bisect(places, (int(pick.random() * 2**32), "", 0)) % len(places)]
        return Other(text, status)


def compose(catalog: Catalog, seed: int = 0) -> list[Input]:
    """Return the corpus of a catalog, ordered by entry; of another seed another one."""
    return inputs(entries_of(catalog), providers_of(catalog), seed)


def inputs(
    entries: Mapping[str, Mapping[str, Any]], providers: Mapping[str, Mapping[str, Any]], seed: int = 0
) -> list[Input]:
    """Return the inputs of all entries, those of one entry together, and innocent texts; of another seed others."""
    ring = _Ring(entries)
    found: dict[str, Input] = {}
    made = chain(
        chain.from_iterable(_of_entry(name, entry, ring, seed) for name, entry in entries.items()),
        chain.from_iterable(_of_provider(name, provider) for name, provider in providers.items()),
    )
    seen: set[str] = set()
    for one in made:
        content = json.dumps([one.entry, one.raw, one.hints], sort_keys=True)
        if one.id not in found and content not in seen:
            found[one.id] = one
            seen.add(content)
    return [*found.values(), *_parted(), *_reported(), *_innocent()]


def _parted() -> Iterator[Input]:
    """Yield texts that once parted two engines, found with other seeds: one a line, as JSON."""
    for line in Path(__file__).with_name("parted.txt").read_text("utf-8").splitlines():
        yield Input(f"{PARTED} {crc32(line.encode()):08x}", PARTED, "text", json.loads(line))


def _reported() -> Iterator[Input]:
    """Yield lines of logs that report an error in a few words of their own: one a line, as JSON."""
    for row in (_DATA / "reported_lines.jsonl").read_text("utf-8").splitlines():
        line = json.loads(row)["text"]
        yield Input(f"{REPORTED} {crc32(line.encode()):08x}", REPORTED, "text", line)


def _innocent() -> Iterator[Input]:
    """Yield lines of logs that report no API error."""
    lines = [line for path in sorted(_DATA.glob("innocent_*.txt")) for line in path.read_text("utf-8").splitlines()]
    lines = sorted(filter(None, dict.fromkeys(lines)), key=lambda line: crc32(line.encode()))
    for line in lines[:_INNOCENT]:
        yield Input(f"{INNOCENT} {crc32(line.encode()):08x}", INNOCENT, "text", line)


def _of_entry(name: str, entry: Mapping[str, Any], ring: _Ring, seed: int) -> Iterator[Input]:
    provider = name.partition("/")[0]
    traits = _traits(name, entry)
    every = [*said_by(entry, seed)]
    listed = next((said for said, _ in every if said.is_listed), None)
    for said, pick in every:
        beside = ring.beside(pick, provider)
        yield from _structured(name, said, pick, beside)
        if said.exception and listed:
            outer = an_exception(_path(said.exception), "the request failed")
            inner = pick.choice(structured.RAISED)(listed, None)
            yield Input(f"{name} {said.name} class_caused", name, "exception", {**outer, "__cause__": inner})
        yield from _texts(name, said, beside, traits)
    for number, example in enumerate(entry["examples"]):
        text, hints = example, {}
        if not isinstance(example, str):
            text = example["raw"]
            hints = {key: example[key] for key in ("provider", "status", "code", "headers") if key in example}
        yield Input(f"{name} x{number} as_seen", name, "text", text)
        if hints:
            yield Input(f"{name} x{number} hinted", name, "text", text, hints)
        if number < _AROUND_EXAMPLES:
            pick = Random(f"{seed} {text}")
            around = pick.choice([*AROUND])
            shown = AROUND[around](text, ring.beside(pick, provider))
            yield Input(f"{name} x{number} as_seen++{around}", name, "text", shown)


def _traits(name: str, entry: Mapping[str, Any]) -> set[str]:
    """Return what makes some combinations more telling for an entry than others."""
    provider = f"{name.partition('/')[0]}/"
    siblings = [*entry.get("same_as", ()), *entry.get("related", ())]
    traits = {
        "retryable": entry.get("retryable", Category(entry["category"]).retryable),
        "anybody's": provider == "http/",
        "shared": not all(sibling.startswith(provider) for sibling in siblings),
    }
    return {trait for trait, holds in traits.items() if holds}


def _texts(name: str, said: Said, beside: Beside, traits: set[str]) -> Iterator[Input]:
    """Yield one item of an entry as texts."""
    for shape, on, around in [*_combinations(said, beside.pick, traits)]:
        message = ON_MESSAGE[on](said.message, beside) if on else said.message
        text = shape(message, said.status, said.code)
        text = AROUND[around](text, beside) if around else text
        yield Input(f"{name} {said.name} {shape.__name__}+{on}+{around}", name, "text", text)


def _combinations(said: Said, pick: Random, traits: set[str]) -> Iterator[tuple[Shape, str, str]]:
    """Yield the shapes of one item, with what is done to its message and what is put around the whole."""
    around = [*AROUND]
    if said.is_listed:
        yield _BARE, "", ""
        yield _BARE, pick.choice(APPENDED), pick.choice([*around, *OTHERS * 3])
        yield _BARE, pick.choice(OPENED if said.is_open else [*ON_MESSAGE]), pick.choice(["", "cut", *around])
        if pick.random() < 0.6:
            yield pick.choice(JSON_LINES), pick.choice(ESCAPED), ""
    for shape in [*pick.choices(LINES, k=_LINES), *pick.choices(SHAPES, k=_SHAPED)]:
        on = pick.choice([*ON_MESSAGE]) if pick.random() < 0.5 else ""
        yield shape, on, pick.choice(around) if pick.random() < (0.25 if shape in LINES else 0.5) else ""
    if not said.is_listed:
        return
    if "retryable" in traits:
        yield _BARE, "", pick.choice(WAITS)
        yield _BARE, pick.choice(APPENDED), pick.choice(WAITS)
    if "anybody's" in traits:
        yield _BARE, pick.choice(["request_id", "req"]), "other_400_same_line"
    if "shared" in traits:
        yield provider_label, "", ""
        yield _BARE, "", pick.choice(["host", "host_same_line", "named"])


def _structured(name: str, said: Said, pick: Random, beside: Beside) -> Iterator[Input]:
    """Yield one item of an entry as exceptions and bodies."""
    for number in range(_RAISED + (said.code is not None)):
        own = structured.OF_PROVIDERS.get(name.partition("/")[0])
        raised = own if own and pick.random() < 0.5 else pick.choice(structured.RAISED)
        headers = pick.randrange(len(structured.HEADERS))
        on = pick.choice([*ON_MESSAGE]) if pick.random() < 0.3 and not number else ""
        changed = said._replace(message=ON_MESSAGE[on](said.message, beside)) if on else said
        shown, behind = raised(changed, structured.HEADERS[headers]), ""
        if pick.random() < (0.5 if name.startswith("http/") else 0.2):
            wrap = pick.choice(structured.BEHIND)
            shown, behind = wrap(shown), wrap.__name__
        yield Input(f"{name} {said.name} {raised.__name__}+{on}+{headers}+{behind}", name, "exception", shown)
    if said.exception:
        shown = an_exception(_path(said.exception), said.message)
        yield Input(f"{name} {said.name} class", name, "exception", shown)
        yield Input(f"{name} {said.name} class_text", name, "text", f"{said.exception}: {said.message}")
    every = [*structured.bodies(said, pick)]
    for _ in range(_BODIES + 2 * bool(said.fields)):
        kind, body = pick.choice(every)
        yield Input(f"{name} {said.name} body_{kind}", name, "mapping", body)
    if said.headers:
        shown = {**structured.cohere(said, dict(said.headers)), "$class": "app.llm.LLMError"}
        yield Input(f"{name} {said.name} own_headers", name, "exception", shown)


def _path(exception: str) -> str:
    return exception if "." in exception else f"app.{exception}"


def _of_provider(name: str, provider: Mapping[str, Any]) -> Iterator[Input]:
    """Yield a provider's exception classes, each as an object and as a text; they belong to the provider."""
    module = next(iter(provider.get("modules", ())), name)
    for kind, status in sorted(provider.get("exceptions", {}).items()):
        path = kind if "." in kind else f"{module}.{kind}"
        pick = Random(path)
        message = pick.choice(UNLISTED)
        yield Input(f"{name} {kind} raised", name, "exception", an_exception(path, message))
        shown = an_exception(path, message, status_code=status or 418, headers=pick.choice(structured.HEADERS))
        yield Input(f"{name} {kind} raised_status", name, "exception", shown)
        yield Input(f"{name} {kind} text", name, "text", f"{path}: {message}")
        yield Input(f"{name} {kind} line", name, "text", f"2026-06-05 11:12:00 ERROR app: {kind}: {message}")
