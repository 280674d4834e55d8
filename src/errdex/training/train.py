"""Trains the wording model: reads a catalog, fits the model to its examples and to those in its folder `training`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from errdex.authoring.overlay import load_alone
from errdex.classifier.full import Full
from errdex.model.errors import ErrdexError
from errdex.rules.compiled import Rules
from errdex.training.examples import FOLDER, Example, of_entries, of_folder


def train(catalog: Path) -> tuple[str, int]:
    """Return the weights as text, and the number of examples that they were fitted to.

    Raises:
        CatalogError: Anything in the catalog is wrong.
        ErrdexError: A training file is malformed, or scikit-learn is not installed.
    """
    rules, pages = load_alone(catalog)
    examples = examples_of(Full(Rules(rules)), pages["entries"], catalog)
    return render(fitted(examples)), len(examples)


def examples_of(full: Full, entries: dict[str, Any], catalog: Path) -> list[Example]:
    """Return all examples of a catalog: those of its entries, and those of its folder `training`."""
    return [*of_entries(entries, full), *of_folder(catalog / FOLDER, full)]


def fitted(examples: list[Example], heat: float | None = None) -> dict[str, Any]:
    """Return the weights of a model of these examples; with the `heat` of a similar one, in a fraction of the time.

    Raises:
        ErrdexError: scikit-learn is not installed.
    """
    try:
        from errdex.training.fit import fit
    except ImportError as error:
        raise ErrdexError(f"training needs scikit-learn: pip install 'errdex[train]' ({error})") from error
    return fit(examples, heat=heat)


def render(weights: dict[str, Any]) -> str:
    """Return weights as text, a key on each line."""
    lines = (f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in weights.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"
