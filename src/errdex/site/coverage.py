"""A picture of what a catalog covers: how many entries each provider has of each category."""

from __future__ import annotations

import html
from collections import Counter
from typing import Final

from errdex.model.category import Category
from errdex.rules.page import provider_of
from errdex.site.site_catalog import SiteCatalog

PLACE: Final = '<div class="errdex-coverage"></div>'
"""What a page of the site has where the picture shall stand."""
_CELL: Final = 16  # pixels
_LEFT: Final = 100  # for the names of the categories
_TOP: Final = 118  # for the names of the providers, which stand upright
_SHADES: Final = (1, 3, 8)  # entries from which a cell is darker


def coverage(site: SiteCatalog, up: str, ending: str) -> str:
    """Return the picture as HTML.

    Args:
        site: The catalog.
        up: The way from the page to the site's root: empty, or `../` repeated.
        ending: What follows a page's path in its address, `/` or `.html`.
    """
    counts = Counter((page["category"], provider_of(page)) for page in site.errors())
    providers = sorted({provider for _, provider in counts}, key=lambda name: site.provider_name(name).lower())
    categories = [category for category in Category if any(counts[category, name] for name in providers)]
    folder = f"{up}{site.folder}"
    index = "" if ending == "/" else "/index.html"
    marks: list[str] = []
    for column, name in enumerate(providers):
        x, y = _LEFT + column * _CELL + _CELL * 0.75, _TOP - 5
        label = (
            f'<text transform="translate({x:g} {y}) rotate(-60)">{html.escape(_short(site.provider_name(name)))}</text>'
        )
        marks.append(f'<a href="{folder}/{name}{index or "/"}">{label}</a>')
    for row, category in enumerate(categories):
        y = _TOP + row * _CELL
        label = f'<text x="{_LEFT - 6}" y="{y + 12}" text-anchor="end">{category}</text>'
        marks.append(f'<a href="{folder}/by-category/{category}{ending}">{label}</a>')
        for column, name in enumerate(providers):
            shade = sum(counts[category, name] >= least for least in _SHADES)
            if shade:
                marks.append(f'<path class="errdex-shade-{shade}" d="M{_LEFT + column * _CELL} {y}h14v14h-14z"/>')
    width, height = _LEFT + len(providers) * _CELL + 70, _TOP + len(categories) * _CELL
    total = sum(counts.values())
    caption = (
        f"{total:,} errors of {len(providers)} providers, by category: a cell is darker from "
        f"{_SHADES[1]} and from {_SHADES[2]} entries."
    )
    picture = f'<svg viewBox="0 0 {width} {height}" role="group" aria-label="Entries by provider and category">'
    return f'<figure class="errdex-coverage">{picture}{"".join(marks)}</svg><figcaption>{caption}</figcaption></figure>'


def _short(name: str) -> str:
    """Return a provider's name without what it says in brackets or behind a slash."""
    return name.partition(" (")[0].partition(" / ")[0]
