"""The generators behind the benchmark of the log filter: a wrong count of hits would make its speed a lie."""

from __future__ import annotations

import tempfile
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

import errdex
from benchmarks import annotate_corpus as corpus
from errdex.classifier.catalog import Catalog
from errdex.rules.compiled import Rules, read_rules

SMALL = 100  # templates, all of them built-in
MIXED = 1_000  # the built-in ones and made-up ones


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))


@pytest.mark.parametrize("templates", [SMALL, MIXED])
def test_a_catalog_has_as_many_templates_as_asked_for(templates: int) -> None:
    data = corpus.compiled_catalog(templates)
    assert len(read_rules(data)["templates"]) == templates


def test_a_larger_catalog_holds_the_smaller_one() -> None:
    smaller, larger = (
        {str(parts) for parts in corpus.wordings(corpus.compiled_catalog(size))} for size in (MIXED, MIXED + 500)
    )
    assert smaller < larger


def test_no_hit_comes_twice_and_all_templates_come_equally_often() -> None:
    catalog = corpus.wordings(corpus.compiled_catalog(SMALL))
    lines = list(islice(corpus.hit_lines(catalog), 5 * SMALL))
    assert len(set(lines)) == len(lines)
    entries = Counter(errdex.classify(line).entry for line in lines)
    assert len(entries) > SMALL * 0.9
    assert max(entries.values()) <= 15, "a few wordings of one entry look alike; more than three would be a bias"


def test_every_hit_is_an_error_and_no_other_line_is() -> None:
    data = corpus.compiled_catalog(SMALL)
    catalog = corpus.wordings(data)
    assert [line for line in islice(corpus.hit_lines(catalog), 3 * SMALL) if not errdex.detect(line)] == []
    innocent = corpus.innocent_lines(data, catalog, 2_000)
    reader = Catalog(Rules(read_rules(data)))
    assert [line for line in innocent if reader.detect(line)] == []


def test_made_up_wordings_are_found_and_their_near_misses_are_not() -> None:
    data = corpus.compiled_catalog(MIXED)
    catalog = corpus.wordings(data)
    reader = Catalog(Rules(read_rules(data)))
    assert [line for line in islice(corpus.hit_lines(catalog), 2 * len(catalog)) if not reader.detect(line)] == []
    assert [line for line in corpus.innocent_lines(data, catalog, 2_000) if reader.detect(line)] == []


@pytest.mark.parametrize("per_mille", [1, 10, 100])
def test_a_log_has_the_size_and_the_hits_asked_for(per_mille: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus, "BLOCK", 2_000)
    log = corpus.logs(SMALL, per_mille, 1_000_000)
    lines = log.path.read_bytes().splitlines()
    assert log.path.stat().st_size == pytest.approx(1_000_000, rel=0.02)
    assert len(lines) == log.lines == len(set(lines))
    assert log.hits == pytest.approx(log.lines * per_mille / 1000, rel=0.1, abs=1)
    reader = Catalog(Rules(read_rules(corpus.compiled_catalog(SMALL))))
    assert sum(bool(reader.detect(line)) for line in lines) == log.hits


def test_a_log_is_written_once() -> None:
    first = corpus.logs(SMALL, 10, 100_000)
    written = first.path.stat().st_mtime_ns
    assert corpus.logs(SMALL, 10, 100_000) == first
    assert first.path.stat().st_mtime_ns == written


def test_literals_are_one_a_template() -> None:
    found = corpus.literals(SMALL).read_text(encoding="utf-8").splitlines()
    assert 0.8 * SMALL < len(found) <= SMALL
    assert min(map(len, found)) >= 4
