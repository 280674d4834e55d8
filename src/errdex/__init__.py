"""errdex: raw LLM API error in; category, retry verdict and fix out.

>>> import errdex
>>> answer = errdex.classify("invalid api token")
>>> answer.entry, answer.retryable
('cohere/invalid-api-key', False)

Importing the package reads nothing; each name is loaded when it is first used.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as type checkers know it, without the cost of importing typing
if TYPE_CHECKING:
    from errdex.api import classify, classify_all, is_retryable, why
    from errdex.classification import Classification
    from errdex.classifier import Catalog
    from errdex.default import default_catalog
    from errdex.errors import CatalogError, ErrdexError, UnknownEntryError
    from errdex.notes import add_note, explaining
    from errdex.params import Params
    from errdex.taxonomy import Basis, Category

__all__ = [
    "Basis",
    "Catalog",
    "CatalogError",
    "Category",
    "Classification",
    "ErrdexError",
    "Params",
    "UnknownEntryError",
    "add_note",
    "classify",
    "classify_all",
    "default_catalog",
    "explaining",
    "is_retryable",
    "why",
]
__version__ = "0.1.0"
_HOMES = {
    "Basis": "taxonomy",
    "Catalog": "classifier",
    "CatalogError": "errors",
    "Category": "taxonomy",
    "Classification": "classification",
    "ErrdexError": "errors",
    "Params": "params",
    "UnknownEntryError": "errors",
    "add_note": "notes",
    "classify": "api",
    "classify_all": "api",
    "default_catalog": "default",
    "explaining": "notes",
    "is_retryable": "api",
    "why": "api",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'errdex' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"errdex.{home}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
