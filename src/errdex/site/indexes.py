"""The indexes: a table of everything, and lists by provider, status and category."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus

from errdex.model.category import Category
from errdex.rules.page import Page, provider_of, statuses
from errdex.site import what_changed
from errdex.site.entry_page import HEADS, cells, first_message
from errdex.site.markdown import escaped, front_matter, link, narrowing, table, titled
from errdex.site.site_catalog import SiteCatalog


def render(site: SiteCatalog) -> dict[str, str]:
    """Return the index pages, as path → text."""
    texts = {f"{site.folder}/index.md": _all(site)}
    for provider in site.shown_providers:
        texts[f"{site.folder}/{provider}/index.md"] = _provider(site, provider)
    for status in sorted({status for page in site.errors() for status in statuses(page)}):
        texts[f"{site.folder}/by-status/{status}.md"] = _status(site, status)
    for category in Category:
        pages = [page for page in site.errors() if page["category"] == category]
        if pages:
            texts[f"{site.folder}/by-category/{category}.md"] = _category(site, category, pages)
    texts[f"{site.folder}/by-status/index.md"] = _overview(site, "status", "HTTP status", statuses, _reason)
    texts[f"{site.folder}/by-category/index.md"] = _overview(
        site, "category", "Category", lambda page: [page["category"]], lambda name: Category(str(name)).meaning
    )
    return texts


def _all(site: SiteCatalog) -> str:
    here = f"{site.folder}/index.md"
    rows = [cells(site, page, here) for page in site.errors()]
    lists = ["[by status](by-status/index.md)", "[by category](by-category/index.md)"]
    lists += [f"[{escaped(site.provider_name(name))}]({name}/index.md)" for name in site.shown_providers]
    lists += [f"[what changed]({what_changed.NAME}.md)"] if site.history else []
    made = table(HEADS, rows)
    about = f"{len(rows)} entries. Lists: {' · '.join(lists)}."
    return _index("All errors", [about, f'<div class="errdex-table errdex-list" markdown="1">\n\n{made}\n\n</div>'])


def _rows(site: SiteCatalog, pages: Iterable[Page], here: str) -> str:
    """Return entries as a table, ordered by status and title."""
    rows = [
        [*cells(site, page, here), first_message(page)]
        for page in sorted(pages, key=lambda page: (statuses(page)[:1] or [999], page["title"]))
    ]
    return narrowing(table([*HEADS, "Message"], rows))


def _index(title: str, parts: list[str]) -> str:
    # A search for an error's words should find its page, not a list.
    head = front_matter(title=title, hide=["toc"], search={"exclude": True})
    return "\n\n".join([head, f"# {escaped(title)}", *parts]) + "\n"


def _provider(site: SiteCatalog, provider: str) -> str:
    here = f"{site.folder}/{provider}/index.md"
    told = site.providers[provider]
    facts = [link("the provider's documentation of errors", told["docs"])]
    facts += [link("status page", told["status_page"])] if told.get("status_page") else []
    facts += [f"contact: {escaped(told['contact'])}"] if told.get("contact") else []
    pages = [page for page in site.errors() if provider_of(page) == provider]
    parts = [f"{len(pages)} entries · " + " · ".join(facts), _rows(site, pages, here)]
    guides = [page for page in site.guides() if provider_of(page) == provider]
    if guides:
        links = [f"- [{titled(page['title'])}]({site.link(page['id'], here)})" for page in guides]
        parts += ["## Guides", "\n".join(links)]
    return _index(f"Errors of {site.provider_name(provider)}", parts)


def _status(site: SiteCatalog, status: int) -> str:
    pages = [page for page in site.errors() if status in statuses(page)]
    return _index(
        f"HTTP {status} {_reason(status)}".strip(), [_rows(site, pages, f"{site.folder}/by-status/{status}.md")]
    )


def _category(site: SiteCatalog, category: Category, pages: list[Page]) -> str:
    usual = (
        "Retrying the same request may help."
        if category.retryable
        else "The same request will fail again: do not retry."
    )
    parts = [f"{category.meaning} {usual}", _rows(site, pages, f"{site.folder}/by-category/{category}.md")]
    return _index(f"Category {category}", parts)


def _overview(
    site: SiteCatalog,
    kind: str,
    head: str,
    values: Callable[[Page], list[int] | list[str]],
    meaning: Callable[[int | str], str],
) -> str:
    counts: dict[int | str, int] = {}
    for page in site.errors():
        for value in values(page):
            counts[value] = counts.get(value, 0) + 1
    rows = [
        [f"[{escaped(str(value))}]({value}.md)", meaning(value), str(count)]
        for value, count in sorted(counts.items(), key=lambda item: str(item[0]))
    ]
    return _index(f"Errors by {kind}", [table([head, "Meaning", "Entries"], rows)])


def _reason(status: int | str) -> str:
    try:
        return HTTPStatus(int(status)).phrase
    except ValueError:
        return ""
