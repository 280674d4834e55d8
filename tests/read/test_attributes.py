"""Nothing of a foreign object is run."""

from __future__ import annotations

from errdex.classifier.catalog import Catalog
from tests.exceptions import StatusError


def test_no_property_is_run(catalog: Catalog) -> None:
    """What an attribute might do is not known."""
    run = []

    class Curious(Exception):
        @property
        def response(self) -> object:
            run.append("response")

        @property
        def __cause__(self) -> object:
            run.append("cause")

        @property
        def args(self) -> object:
            run.append("args")

        @property
        def __class__(self) -> type:
            run.append("class")
            return Exception

        def __getattr__(self, name: str) -> object:
            run.append(name)

    for error in (Curious("x"), StatusError(Curious("x")), ExceptionGroup("g", [Curious("x")])):
        catalog.classify(error)
        catalog.classify_all(error)
    assert run == []


def test_lazy_attributes_of_a_class_are_not_run(catalog: Catalog) -> None:
    """Proxies answer for another object, which they make or look up."""
    run = []

    class Lazy:
        @property
        def __class__(self) -> type:
            run.append("class")
            return str

    class OwnError(Exception):
        message = Lazy()

    catalog.classify(OwnError("x"))
    assert run == []
