"""The docs site: a catalog in, the pages and data of a site out. It writes no file and asks nobody.

`render` gives everything as `{path: text}`; the mkdocs plugin (`errdex.site.plugin`) and `errdex docs` are its two ways
out. Paths are relative to the folder of the site's Markdown.
"""

from __future__ import annotations

from errdex.site import data, indexes
from errdex.site.site_catalog import Book
from errdex.site.entry_page import entry_page


def render(book: Book) -> dict[str, str]:
    """Return all pages and data files of a catalog: path to text.

    Pages stand in the book's folder, `errors` unless it says otherwise; what the pages load in `assets/errdex`.
    """
    texts = {book.path_of(name): entry_page(book, page) for name, page in book.pages.items()}
    return texts | indexes.render(book) | data.render(book)


__all__ = ["Book", "render"]
