"""A catalog as a site shows it: which entries have a page, and how pages link to each other."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from errdex.authoring.history import NAME, Facts, History, parse
from errdex.changes.facts import Snapshot
from errdex.classifier.catalog import Catalog
from errdex.decide.answer import SITE
from errdex.model.errors import ErrdexError
from errdex.rules import compiled
from errdex.rules.compiled import Rules
from errdex.rules.page import Page, provider_of

FOLDER: Final = "errors"
"""Where the pages go, below the folder of the site's Markdown."""
REPOSITORY: Final = "https://github.com/errdex/errdex"
_SOURCE: Final = REPOSITORY + "/blob/main/catalog/{path}#L{line}"


class SiteCatalog:
    """A catalog as a site shows it.

    Args:
        rules: Rules of the compiled catalog.
        pages: Texts of its pages.
        folder: Where the pages go, below the folder of the site's Markdown.
        source: URL of an entry's YAML, with `{path}` and `{line}`; without it, a user's own entries get no edit link.
        everything: If the catalog is a user's own on top of the built-in one, give the built-in entries pages too.

    Raises:
        ErrdexError: The folder is not a valid name, or is outside the site.
    """

    def __init__(
        self,
        rules: dict[str, Any],
        pages: dict[str, Any],
        folder: str = FOLDER,
        source: str | None = None,
        everything: bool = False,
    ) -> None:
        parts = folder.strip("/").split("/")
        if not all(re.fullmatch(r"\w[\w.-]*", part) for part in parts):
            raise ErrdexError(f"{folder!r} is not a folder for pages; give a name, such as errors")
        self.rules = rules
        self.folder = "/".join(parts)
        self.providers: dict[str, Any] = pages["providers"]
        self._own: frozenset[str] | None = frozenset(rules["own"]) if "own" in rules else None
        self._places: dict[str, tuple[str, int]] = pages["places"]
        self._source = source
        self.pages: dict[str, Page] = {
            name: page
            for name, page in pages["entries"].items()
            if everything or self._own is None or name in self._own
        }
        """The entries that have a page, by id."""
        self._all = pages
        self.history: History | None = parse(pages["history"], Path(NAME), []) if "history" in pages else None
        """What the releases of the catalog changed; None if it keeps no history."""

    @classmethod
    def load(
        cls,
        catalog: str | PathLike[str] | None = None,
        folder: str = FOLDER,
        source: str | None = None,
        everything: bool = False,
    ) -> SiteCatalog:
        """Load a folder of YAML on top of the built-in catalog, or the built-in catalog alone.

        Raises:
            CatalogError: The folder has mistakes; holds every issue with its location.
        """
        if catalog is None and not compiled.is_stale():
            return cls(compiled.read_rules(), compiled.read_pages(), folder, source, everything)
        from errdex.authoring.overlay import load_alone, load_over

        read = load_alone(compiled.CHECKOUT) if catalog is None else load_over(catalog)
        return cls(*read, folder, source, everything)

    @cached_property
    def catalog(self) -> Catalog:
        """The same catalog, ready to classify."""
        return Catalog(Rules(self.rules), self._all)

    def path_of(self, name: str) -> str:
        """Return the path of an entry's page."""
        return f"{self.folder}/{name}.md"

    def link(self, name: str, here: str) -> str:
        """Return the link to an entry's page from the page at the path `here`."""
        if name in self.pages:
            return posixpath.relpath(self.path_of(name), here.rpartition("/")[0])
        return f"{SITE}{name}/"

    def up(self, here: str) -> str:
        """Return the way from the page at the path `here` to the folder of all pages: empty, or `../` repeated."""
        return "../" * (here.count("/") - self.folder.count("/") - 1)

    def source_of(self, name: str) -> str | None:
        """Return the URL of an entry's YAML, if it has one."""
        own = self._own is not None and name in self._own
        place = self._places.get(name)
        template = self._source if own else self._source or _SOURCE
        return template.format(path=quote(place[0]), line=place[1]) if template and place else None

    def history_of(self, name: str) -> History | None:
        """Return the history that an entry is in; a user's does not tell of the built-in entries beneath it."""
        return self.history if self._own is None or name in self._own else None

    @cached_property
    def changed_verdicts(self) -> dict[str, list[tuple[str, Facts, Facts]]]:
        """The verdicts that releases changed, by entry: (release, facts before, facts after)."""
        return self.history.verdicts() if self.history else {}

    @cached_property
    def snapshot(self) -> Snapshot:
        """The facts of the entries as they are now."""
        found = Snapshot()
        for page in self.pages.values():
            found.add(page)
        return found

    @property
    def is_whole(self) -> bool:
        """Whether every entry of the catalog has a page here."""
        return len(self.pages) == len(self._all["entries"])

    @property
    def is_ours(self) -> bool:
        """Whether this is just the built-in catalog."""
        return self._own is None

    def errors(self) -> Iterator[Page]:
        """Yield the entries that can be an answer."""
        return (page for page in self.pages.values() if page.get("kind") != "guide")

    def guides(self) -> Iterator[Page]:
        """Yield the pages without a verdict."""
        return (page for page in self.pages.values() if page.get("kind") == "guide")

    @cached_property
    def shown_providers(self) -> list[str]:
        """The providers whose entries have pages, sorted."""
        return sorted({provider_of(page) for page in self.pages.values()})

    def provider_name(self, provider: str) -> str:
        """Return a provider's display name."""
        return str(self.providers[provider]["name"])
