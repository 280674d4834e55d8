"""errdex: turns a raw LLM API error into a category, a retry verdict and a fix.

>>> import errdex
>>> answer = errdex.classify("invalid api token")
>>> answer.entry, answer.retryable
('cohere/invalid-api-key', False)

Importing the package reads no files; each name is loaded on first use. The public API is what `__all__` lists here, in
`errdex.retry` and in the modules of `errdex.integrations`; docs/versioning.md says what may change and when.
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers recognise the name; importing typing for it would cost start-up time
if TYPE_CHECKING:
    from errdex.classifier.api import (
        add_note,
        classify,
        classify_all,
        detect,
        explaining,
        is_retryable,
        why,
    )
    from errdex.classifier.catalog import Catalog
    from errdex.classifier.default import default_catalog, use
    from errdex.model.category import Basis, Category
    from errdex.model.classification import Classification
    from errdex.model.errors import CatalogError, ErrdexError, Issue, Location, UnknownEntryError
    from errdex.model.param_types import Params
    from errdex.model.scope import Action, Scope
    from errdex.model.why import Why
    from errdex.read.hints import Headers
    from errdex.rules.tables import Entry

__all__ = [
    "Action",
    "Basis",
    "Catalog",
    "CatalogError",
    "Category",
    "Classification",
    "Entry",
    "ErrdexError",
    "Headers",
    "Issue",
    "Location",
    "Params",
    "Scope",
    "UnknownEntryError",
    "Why",
    "add_note",
    "classify",
    "classify_all",
    "default_catalog",
    "detect",
    "explaining",
    "is_retryable",
    "use",
    "why",
]
__version__ = "0.1.0"
_HOMES = {
    "Action": "model.scope",
    "Basis": "model.category",
    "Catalog": "classifier.catalog",
    "CatalogError": "model.errors",
    "Category": "model.category",
    "Classification": "model.classification",
    "Entry": "rules.tables",
    "ErrdexError": "model.errors",
    "Headers": "read.hints",
    "Issue": "model.errors",
    "Location": "model.errors",
    "Params": "model.param_types",
    "Scope": "model.scope",
    "UnknownEntryError": "model.errors",
    "Why": "model.why",
    "add_note": "classifier.api",
    "classify": "classifier.api",
    "classify_all": "classifier.api",
    "default_catalog": "classifier.default",
    "detect": "classifier.api",
    "explaining": "classifier.api",
    "is_retryable": "classifier.api",
    "use": "classifier.default",
    "why": "classifier.api",
}


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module 'errdex' has no attribute {name!r}")
    value = getattr(__import__(f"errdex.{home}", fromlist=[name]), name)  # importing importlib would take longer
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
