"""The docs site: a catalog in, the pages and data of a site out. It writes no file and asks nobody.

`render` gives everything as `{path: text}`; the mkdocs plugin (`errdex.site.plugin`) and `errdex docs` are its two ways
out. Paths are relative to the folder of the site's Markdown.
"""

from __future__ import annotations

from errdex.site import data, indexes
from errdex.site.entry_page import entry_page
from errdex.site.site_catalog import SiteCatalog


def render(site: SiteCatalog) -> dict[str, str]:
    """Return all pages and data files of a catalog: path to text.

    Pages stand in the site's folder, `errors` unless it says otherwise; what the pages load in `assets/errdex`.
    """
    texts = {site.path_of(name): entry_page(site, page) for name, page in site.pages.items()}
    return texts | indexes.render(site) | data.render(site)


__all__ = ["SiteCatalog", "render"]
