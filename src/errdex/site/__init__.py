"""The docs site: a catalog in, the pages and data of a site out. It writes no files and makes no requests.

`render` returns everything as `{path: text}`; the mkdocs plugin (`errdex.site.plugin`) and `errdex docs` are its two
outlets. Paths are relative to the folder of the site's Markdown.
"""

from __future__ import annotations

from errdex.site import data, indexes, what_changed
from errdex.site.entry_page import entry_page
from errdex.site.site_catalog import SiteCatalog


def render(site: SiteCatalog) -> dict[str, str]:
    """Return all pages and data files of a catalog, as path → text.

    Pages go into the site's folder, `errors` by default; the files that pages load go into `assets/errdex`.
    """
    texts = {site.path_of(name): entry_page(site, page) for name, page in site.pages.items()}
    return texts | indexes.render(site) | what_changed.render(site) | data.render(site)


__all__ = ["SiteCatalog", "render"]
