"""An answer as the fields that are set on a message."""

from __future__ import annotations

from typing import Any, Final

from errdex.classifier.catalog import Catalog
from errdex.classifier.default import default_catalog
from errdex.model.classification import Classification

_FIELDS: Final = ("entry", "category", "retryable", "retry_after", "resets_in", "scope", "action", "provider", "fix")


def fields_of(answer: Classification) -> dict[str, Any]:
    """Return the fields of an answer that have a value; none if there is no error."""
    values = answer.to_dict() if answer else {}
    return {name: values[name] for name in _FIELDS if values.get(name) is not None}


def catalog_in(folder: str | None) -> Catalog:
    """Return the catalog in a folder, on top of the built-in one; without a folder, the one in use."""
    return Catalog.load(folder) if folder else default_catalog()
