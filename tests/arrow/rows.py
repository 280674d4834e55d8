"""One set of rows for every engine, and the digest of what `detect` says of them."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import errdex
from tests import DATA
from tests.clock import NOW
from tests.engines.corpus import compose
from tests.shared_cases import CASES

KEYS = (
    *("entry", "category", "retryable", "retry_after", "resets_in", "scope", "action", "status", "provider"),
    *("confidence", "fix"),
)
"""What of an answer is compared as it is."""
_DAY = 86_400
_EVERY = 2  # of the corpus, one text in so many
_LONG = ("x " * 60_000, "Cohere: invalid api token " + "padding " * 20_000, "ab\n" * 30_000)


@cache
def texts() -> list[str | None]:
    """Return the texts of the corpus, the shared cases, innocent lines, and null, empty and long ones.

    Texts whose answer depends on the time of day are left out, since the clocks of an engine's workers cannot be
    stopped, and so are halves of surrogate pairs, which no Arrow string can hold.
    """
    catalog = errdex.default_catalog()
    every = [one.raw for one in compose(catalog) if one.kind == "text" and not one.hints]
    found: list[str | None] = [*every[::_EVERY], *(case["text"] for case in CASES if isinstance(case["text"], str))]
    for name in ("innocent_lines.txt", "innocent_logs.txt", "innocent_more.txt"):
        found += (DATA / name).read_text("utf-8").splitlines()
    found += [*_LONG, *(text for text in every[:: 20 * _EVERY] if text)]  # some twice
    for place in range(0, len(found), 17):
        found[place] = None
    return [*(text for text in found if text is None or _is_fit(catalog, text)), "", " ", None]


def _is_fit(catalog: errdex.Catalog, text: str) -> bool:
    if text != text.encode("utf-8", "replace").decode():
        return False
    if not any(word in text for word in ("reset", "again", "until", "retry", "after")):
        return True
    real = time.time
    try:
        time.time = lambda: float(NOW)
        before = catalog.detect(text)
        time.time = lambda: float(NOW + 100 * _DAY + 4_321)
        return catalog.detect(text) == before
    finally:
        time.time = real


@cache
def expected() -> list[dict[str, Any] | None]:
    """Return the row of each text, as `detect` answers."""
    return [None if text is None else row_of(errdex.detect(text)) for text in texts()]


def row_of(answer: errdex.Classification) -> dict[str, Any] | None:
    """Return the row of an answer, without the version of the catalog."""
    if not answer:
        return None
    values = answer.to_dict()
    params = {name: _shown(value) for name, value in values["params"].items()}
    return {**{key: values[key] for key in KEYS}, "params": params}


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def plain(row: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return an engine's row in the form of `row_of`: whatever a map became, it is a dict again."""
    if row is None or row["category"] is None:
        return None
    params = row["params"]
    if not isinstance(params, dict):
        pairs = (tuple(pair.values()) if isinstance(pair, dict) else pair for pair in params)
        params = dict(pairs)
    return {**{key: row[key] for key in KEYS}, "params": params}


def digest(rows: Iterable[tuple[int, dict[str, Any] | None]]) -> str:
    """Return a digest of numbered rows, in whatever order they come."""
    lines = sorted(f"{number:08} {json.dumps(row, sort_keys=True)}" for number, row in rows)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
