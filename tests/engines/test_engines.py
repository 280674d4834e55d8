"""Every engine gives the reference's answer to the whole corpus, and the reference the answers that are frozen."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.clock import stopped
from tests.conftest import Share

from . import answers
from .access import SCANNERS, Catalog, Classification
from .corpus import compose
from .engines import ENGINES, differences, node, report, shown, wanted
from .inputs import Input


@pytest.fixture(scope="module", autouse=True)
def _clock() -> Iterator[None]:
    with stopped():
        yield


@pytest.fixture(scope="module")
def inputs(catalog: Catalog) -> list[Input]:
    return compose(catalog)


@pytest.fixture(scope="module")
def expected(catalog: Catalog, inputs: list[Input]) -> dict[str, Classification]:
    """Return the reference's answers to what is said to be an error, by the id of the input."""
    return {one.id: wanted(catalog, one, asserted=True) for one in inputs}


@pytest.fixture(scope="module")
def detected(catalog: Catalog, inputs: list[Input]) -> dict[str, Classification]:
    """Return the reference's answers to texts of which nothing is said, by the id of the input."""
    takes = ENGINES["reference_unasserted"].takes
    return {one.id: wanted(catalog, one, asserted=False) for one in inputs if takes(one)}


def test_the_corpus_is_large_and_reaches_every_entry(catalog: Catalog, inputs: list[Input]) -> None:
    assert 12_000 <= len(inputs) <= 90_000
    assert len({one.id for one in inputs}) == len(inputs)
    assert {one.entry for one in inputs} >= {entry.id for entry in catalog.entries}
    assert sum(one.is_line for one in inputs) > 6_000


def test_the_reference_answers_as_frozen(inputs: list[Input], expected: dict[str, Classification]) -> None:
    frozen, found = answers.frozen(), answers.digests(inputs, [shown(expected[one.id]) for one in inputs])
    changed = [entry for entry in frozen | found if frozen.get(entry) != found.get(entry)]
    assert not changed, (
        f"{len(changed)} entries have other inputs or answers than those frozen in {answers.FROZEN.name}: "
        f"{', '.join(changed[:20])}. To look at them, `python -m tests.engines --dump FILE` in both states, then "
        "`--compare OLD NEW`; if they are right, `python -m tests.engines --freeze`."
    )


def test_what_stands_alone_is_answered_by_its_own_entry(
    inputs: list[Input], expected: dict[str, Classification]
) -> None:
    """The corpus is about its entries: nearly all their messages and examples are theirs, if nothing stands beside."""
    own = [expected[one.id].entry == one.entry for one in inputs if one.id.endswith((" bare++", " as_seen"))]
    assert len(own) > 1_500
    assert sum(own) > 0.94 * len(own)


OTHERS = [name for name in ENGINES if not name.startswith("reference")]


@pytest.mark.parametrize("name", OTHERS)
def test_an_engine_gives_the_answers_of_the_reference(
    name: str,
    catalog: Catalog,
    inputs: list[Input],
    expected: dict[str, Classification],
    detected: dict[str, Classification],
    share: Share,
) -> None:
    """A part of the inputs, of which each engine takes 12,000 and more, or with `--thorough` all."""
    if name.startswith("node") and not node():
        if os.environ.get("CI"):
            pytest.fail("no node on PATH, which runs the JavaScript twin")
        pytest.skip("no node on PATH, which runs the JavaScript twin")
    if name == "hyperscan":
        pytest.importorskip("hyperscan", reason="hyperscan is not installed: pip install 'errdex[fast]'")
    engine = ENGINES[name]
    taken = [one for one in inputs if engine.takes(one)]
    some = share(taken, OTHERS.index(name), parts=min(4, len(taken) // 12_000))
    found = differences(engine, catalog, some, expected if engine.asserted else detected)
    assert len(some) >= 12_000
    if found:
        hint = f"To see one: python -m tests.engines --show ID --engine {name}"
        pytest.fail(f"{name}: {report(found)}\n{hint}", pytrace=False)


def test_every_scanner_is_an_engine() -> None:
    assert set(SCANNERS) <= set(ENGINES)
