"""What the tests of lint share: a small built-in catalog, as all of it would be compiled anew for each of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from errdex.authoring import overlay

_SMALL = ("cohere", "http")


@pytest.fixture(scope="package", autouse=True)
def _few_are_built_in(_ours_are_read_once: None) -> Iterator[None]:
    providers, entries = overlay.ours()
    few = (
        {name: provider for name, provider in providers.items() if name in _SMALL},
        {name: entry for name, entry in entries.items() if entry.provider in _SMALL},
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(overlay, "ours", lambda: few)
        yield
