"""The catalog is its own test suite: each example is its entry's, and lint has nothing to say."""

from __future__ import annotations

import re

import pytest

from errdex.authoring.source import Source
from errdex.classifier.catalog import Catalog
from errdex.lint.checks import CHECKS
from errdex.lint.example_checks import example_issues


def test_examples_and_counterexamples(source: Source, catalog: Catalog) -> None:
    """A text as seen is recognised as the entry that shows it, with its params, with and without its status."""
    assert list(map(str, example_issues(source, catalog))) == []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_lint(check, source: Source) -> None:
    """The catalog that ships has no finding."""
    assert list(map(str, check(source))) == []


def test_ids_are_stable_words(source: Source) -> None:
    """Ids are addresses and labels: provider, slash, kebab-case."""
    assert all(re.fullmatch(r"[a-z0-9_]+/[a-z0-9]+(-[a-z0-9]+)*", name) for name in source.entries)
