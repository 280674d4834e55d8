"""The one place of this folder that knows more of errdex than its public names: the catalog and the reference."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from errdex.authoring.compiler import compile_source
from errdex.authoring.source import load
from errdex.classifier.catalog import Catalog
from errdex.logfilter.line_filter import LineFilter
from errdex.logfilter.notes import MARK, as_logfmt
from errdex.logfilter.scanner import ENGINES as SCANNERS
from errdex.logfilter.scanner import scanner_for
from errdex.logfilter.stream import annotate
from errdex.model.classification import Classification
from errdex.read.hints import NO_HINTS, Hints
from errdex.rules.compiled import Rules
from errdex.site.bundle import bundle
from errdex.site.twin import rules as rules_of_twin
from errdex.site.twin import weights

__all__ = [
    "MARK", "SCANNERS", "Catalog", "Classification", "LineFilter", "annotate", "as_logfmt", "entries_of", "load_catalog",
    "providers_of", "reference", "reference_unasserted", "scanner_for", "twin",
]  # fmt: skip

ROOT = Path(__file__).parents[2]


def load_catalog() -> Catalog:
    """Return the catalog as its YAML is now, whatever was installed."""
    rules, pages = compile_source(load(ROOT / "catalog"))
    return Catalog(Rules(rules), pages)


def twin() -> tuple[str, dict[str, Any], dict[str, Any]]:
    """Return the JavaScript twin as one script, and the rules and weights it needs."""
    rules, _ = compile_source(load(ROOT / "catalog"))
    return bundle(), rules_of_twin(rules), weights()


def entries_of(catalog: Catalog) -> dict[str, dict[str, Any]]:
    """Return the entries that can be an answer, as in the YAML, by id."""
    return {name: entry for name, entry in catalog.pages["entries"].items() if entry.get("kind") != "guide"}


def providers_of(catalog: Catalog) -> dict[str, dict[str, Any]]:
    """Return the providers, as in the YAML, by name."""
    return dict(catalog.pages["providers"])


def reference(catalog: Catalog, raw: object, hints: Mapping[str, Any]) -> Classification:
    """Return the reference's answer to somebody who says that it is an error."""
    given = Hints.of(*(hints.get(name) for name in ("provider", "status", "code", "headers"))) if hints else NO_HINTS
    return catalog._full.classify(raw, given)


def reference_unasserted(catalog: Catalog, text: str) -> Classification:
    """Return the reference's answer to somebody who asks whether a text is an error."""
    return catalog._full.detect(text)
