"""The work that a text can cause is bounded, whatever the text and the catalog: counted in steps, not in time."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from errdex.authoring.overlay import load_alone
from errdex.classifier.catalog import Catalog
from errdex.match.template_matcher import MOST
from errdex.read.formats import notations
from errdex.rules import units
from errdex.rules.compiled import Rules
from tests.growth import MOST as LINEAR
from tests.growth import growth

BRACKET = "csv files must have a header with the required fields: [x"
TEXTS: dict[str, Callable[[int], str]] = {
    "closing brackets": lambda n: BRACKET + "]" * n,
    "closing brackets behind many heads": lambda n: ("error: " + BRACKET) * 32 + "]" * n,
    "closing brackets and letters": lambda n: BRACKET + "x]" * (n // 2),
    "blanks in a nested array": lambda n: "HTTP 429 " + "{k:" * 20 + "[" + "a " * 95 + "," + " " * n + "] x y",
    "blanks in an array": lambda n: "HTTP 429 {'message': [" + "a " * 100 + "," + " " * n + "x",
    "commas": lambda n: "HTTP 429 {" + "," * n,
    "commas behind a pair": lambda n: "HTTP 429 {a: b" + ", " * (n // 2),
    "a Go map": lambda n: ("HTTP 429 map[a:" + "a:" * 1993) * (n // 4000 + 1),
    "two limits": lambda n: "request too large for model `m` in organization `o` on " + ": limit 1, requested 2" * (n // 22),
    "blanks at a join": lambda n: "HTTP 429 {'a': 'b'" + " " * n + "+",
}  # fmt: skip
"""What stalled matching or reading once."""


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch, module: Any, *names: str) -> Iterator[list[int]]:
    """Count the calls of functions or methods."""
    steps = [0]
    with monkeypatch.context() as patch:
        for name in names:
            given = getattr(module, name)

            def step(*args: Any, given: Any = given, **kwargs: Any) -> Any:
                steps[0] += 1
                return given(*args, **kwargs)

            patch.setattr(module, name, step)
        yield steps


@pytest.mark.parametrize("name", TEXTS)
def test_steps_of_hostile_texts(name: str, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the text is."""
    catalog.classify("HTTP 429 {'a': 'b'}")
    for size in (100_000, 900_000):
        with (
            counted(monkeypatch, units, "_unit", "ends") as tries,
            counted(monkeypatch, notations.Reader, "_object", "_array", "_value", "_key", "_past") as read,
        ):
            catalog.classify(TEXTS[name](size))
        assert tries[0] + read[0] <= 10_000


@pytest.mark.parametrize("name", TEXTS)
def test_time_of_hostile_texts(name: str, catalog: Catalog) -> None:
    assert growth(lambda size: partial(catalog.classify, TEXTS[name](size))) <= LINEAR


def _catalog(folder: Path, entries: list[dict[str, object]]) -> Catalog:
    (folder / "mine").mkdir()
    common = {"title": "t", "category": "invalid_request", "meaning": "m", "fix": "f"}
    texts = [{"id": f"mine/e{number}", **common, **entry} for number, entry in enumerate(entries)]
    for start in range(0, len(texts), 5_000):
        (folder / "mine" / f"{start}.yaml").write_text(json.dumps(texts[start : start + 5_000]))
    return Catalog(Rules(load_alone(folder)[0]))


BOOM = "boom happened here in this request of yours "
TEMPLATES: dict[str, tuple[str, Callable[[int], str]]] = {
    "a digit before a duration": ("{a:text}1{b:duration}!", lambda n: ("error: " + BOOM) * 32 + "1" * n),
    "a letter before a number": ("{a:text}a{b:int}", lambda n: ("error: " + BOOM) * 40 + "a" * n),
    "a blank before words": ("{a:text} {b:word}!{c:word}!", lambda n: ("error: " + BOOM) * 40 + "a " * (n // 2)),
    "a quote before a name": ("{a:text}'{b:name}!", lambda n: ("error: " + BOOM) * 40 + "'" * n),
}


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_made_to_stall(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    template, text = TEMPLATES[name]
    catalog = _catalog(tmp_path, [{"messages": [BOOM + template]}])
    with counted(monkeypatch, units, "_unit", "ends") as steps:
        catalog.classify(text(100_000))
    assert 0 < steps[0] <= 10_000


def test_many_templates_that_begin_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only so many of them are matched against a long text."""
    catalog = _catalog(tmp_path, [{"messages": [f"{BOOM}{{a:text}}a{{b:int}} number {n}x"]} for n in range(1_000)])
    with counted(monkeypatch, units, "match") as steps:
        assert catalog.classify(f"{BOOM}why a1 number 977x").entry == "mine/e977"
        steps[0] = 0
        catalog.classify((BOOM + " ".join(f"a1 number {n}y" for n in range(1_000)) + " ") * 6)
    assert steps[0] <= 100 * MOST


def test_many_classes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that names three thousand classes: only the first of them are looked at."""
    catalog = _catalog(tmp_path, [{"match": [{"exception": f"Foo{n}Error"}]} for n in range(3_000)])
    text = "\n".join(f"Foo{n}Error: x" for n in range(3_000))
    with counted(monkeypatch, catalog._full.vocabulary.classes, "_is_reported") as steps:
        assert catalog.classify(text)
    assert 0 < steps[0] <= 1_000
