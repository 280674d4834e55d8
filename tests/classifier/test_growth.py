"""Time grows in proportion to the text, whatever it holds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from errdex.classifier.catalog import Catalog
from tests.growth import MOST, growth

HOSTILE = {
    "one word": lambda n: "a" * n,
    "blanks": lambda n: " " * n,
    "lines": lambda n: "\n" * n,
    "braces": lambda n: "{" * n,
    "deep": lambda n: '{"a":' * (n // 5),
    "brackets": lambda n: "[" * n,
    "quotes": lambda n: "'" * n,
    "backslashes": lambda n: "\\" * n,
    "escaped quotes": lambda n: '{\\"' * (n // 3),
    "messages": lambda n: '{"message":"invalid request: ' * (n // 28),
    "prefixes": lambda n: "invalid request: " * (n // 17),
    "labels": lambda n: "Error: " * (n // 7),
    "heads": lambda n: "Error code: 400 - " * (n // 18),
    "statuses": lambda n: "429 " * (n // 4),
    "classes": lambda n: "CohereAPIError: " * (n // 16),
    "paths": lambda n: "a." * (n // 2) + "NotFoundError",
    "digits": lambda n: "error 4" + "0" * n,
    "links": lambda n: "[https://a" * (n // 10),
    "tags": lambda n: "<html></" + "<a " * (n // 3),
    "message repeated": lambda n: "model 'x' not found, make sure the correct model ID was used " * (n // 61),
    "near misses": lambda n: "too many tokens: size limit exceeded by x tokens. Try using shorter " * (n // 68),
    "keys": lambda n: "finish_reason: code: type: status: " * (n // 35),
    "go map": lambda n: "map[a:" * (n // 6),
    "colours": lambda n: "\x1b[" * (n // 2),
    "wide": lambda n: "“ε”" * (n // 3),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text(name: str, catalog: Catalog) -> None:
    assert growth(lambda length: partial(catalog.classify, HOSTILE[name](length))) <= MOST


@pytest.mark.parametrize("key", ["quotaId", "reason", "@type", "type"])
def test_a_field_again_and_again(key: str, catalog: Catalog) -> None:
    """Items that ask for a field look at all of a name, but not once for each."""
    catalog.classify({"error": {"message": "hello there"}})

    def work(size: int) -> Callable[[], object]:
        details = [{key: f"VALUE_{number}"} for number in range(size)]
        return partial(catalog.classify, {"error": {"message": "hello there", "details": details}})

    assert growth(work, (60, 240)) <= MOST


def test_quadratic_work_is_found() -> None:
    """The yardstick of the tests of growth."""
    assert growth(lambda length: lambda: [None for _ in range(length) for _ in range(length // 50)]) > MOST
