"""How right the answers are for providers that the catalog does not know: each one is left out in turn.

Its entries, its names and its examples in training are removed, and then its examples are classified.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final, NamedTuple

from errdex.authoring.compiler import compile_source
from errdex.authoring.source import Source, load
from errdex.classifier.catalog import Catalog
from errdex.model.category import Category
from errdex.rules.compiled import Rules
from errdex.training.examples import raws
from errdex.training.train import examples_of, fitted
from errdex.wording.linear_model import WordingModel

_CATALOG: Final = Path(__file__).resolve().parents[1] / "catalog"
_KEPT: Final = {"http"}
"""Not a provider: the wordings of any."""


class Unseen(NamedTuple):
    """The share of right answers on one provider's examples."""

    provider: str
    examples: int
    category: float
    verdict: float
    doomed: float
    """Retries that cannot help."""
    lost: float
    """Retries not made that would have helped."""


class Judged(NamedTuple):
    """One example and its answer."""

    raw: Any
    category: str
    retryable: bool
    answer: Any

    @property
    def is_right(self) -> bool:
        """Whether category and verdict are the entry's."""
        return str(self.answer.category) == self.category and self.answer.retryable is self.retryable


def left_out(provider: str, source: Source) -> Catalog:
    """Return the catalog without a provider, and with a model trained without it."""
    rest = replace(
        source,
        providers={name: item for name, item in source.providers.items() if name != provider},
        entries={name: item for name, item in source.entries.items() if item.provider != provider},
    )
    rules, pages = compile_source(rest)
    catalog = Catalog(Rules(rules), pages)
    examples = examples_of(catalog._full, pages["entries"], _CATALOG)
    kept = [example for example in examples if example.provider != provider]
    model = WordingModel(fitted(kept, heat=WordingModel()._data["heat"]))
    return Catalog(Rules(rules), pages, model)


def judged(provider: str, source: Source, catalog: Catalog, *, with_status: bool) -> Iterator[Judged]:
    """Yield the examples of a provider with the answers of a catalog that does not know it."""
    rules, pages = compile_source(source)
    seen = set()
    for entry in Rules(rules).entries.all():
        if entry.provider != provider or entry.category == Category.UNKNOWN:
            continue
        for raw, own in raws(pages["entries"][entry.id]):
            if str(raw) not in seen:
                seen.add(str(raw))
                status = (own or next(iter(entry.statuses), None)) if with_status else None
                yield Judged(raw, entry.category, entry.retryable, catalog.classify(raw, status=status))


def measure(provider: str, rows: list[Judged]) -> Unseen:
    """Return the shares of right answers."""
    count = Counter[str]()
    for row in rows:
        count["category"] += str(row.answer.category) == row.category
        count["verdict"] += row.answer.retryable is row.retryable
        count["doomed"] += row.answer.retryable and not row.retryable
        count["lost"] += row.retryable and not row.answer.retryable
    shares = (round(count[name] / len(rows), 3) for name in ("category", "verdict", "doomed", "lost"))
    return Unseen(provider, len(rows), *shares)


def main(only: list[str] | None = None, show: int = 0) -> None:
    """Print a table: a row for each provider, text only and with status."""
    source = load(_CATALOG)
    providers = sorted(only or source.providers.keys() - _KEPT)
    means: dict[bool, list[Unseen]] = {False: [], True: []}
    print(f"{'provider':12} {'':10} examples category verdict doomed  lost")
    with get_context("fork").Pool(initializer=_start, initargs=(source,)) as pool:
        for results in pool.imap(_measured, providers):
            for with_status, (found, wrong) in results.items():
                means[with_status].append(found)
                _print(found, with_status)
                for line in wrong[:show]:
                    print(f"    {line}")
    for with_status, measured in means.items():
        _print(_mean(measured), with_status)


_sources: list[Source] = []
"""In each process: the catalog."""


def _start(source: Source) -> None:
    os.environ["OMP_NUM_THREADS"] = "1"
    _sources.append(source)


def _measured(provider: str) -> dict[bool, tuple[Unseen, list[str]]]:
    """Return what is right without a provider, text only and with status, and a line for each wrong answer."""
    source = _sources[0]
    catalog = left_out(provider, source)
    found = {}
    for with_status in (False, True):
        rows = list(judged(provider, source, catalog, with_status=with_status))
        found[with_status] = measure(provider, rows), [_said(row) for row in rows if not row.is_right]
    return found


def _said(row: Judged) -> str:
    answer = row.answer
    said = f"{row.category}/{row.retryable} got {answer.category}/{answer.retryable} by {answer.basis}"
    return f"{said} {answer.entry} {answer.confidence} | {str(row.raw)[:150]!r}"


def _mean(measured: list[Unseen]) -> Unseen:
    columns = zip(*(row[2:] for row in measured), strict=True)
    shares = (round(sum(column) / len(measured), 3) for column in columns)
    return Unseen("mean", sum(row.examples for row in measured), *shares)


def _print(found: Unseen, with_status: bool) -> None:
    how = "status" if with_status else "text only"
    print(
        f"{found.provider:12} {how:10} {found.examples:8} {found.category:8.3f} {found.verdict:7.3f} "
        f"{found.doomed:6.3f} {found.lost:5.3f}",
        flush=True,
    )
