"""What changed in a catalog, on its site: since when an entry exists, a page of releases, and a feed of them."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from errdex.changes import listing
from errdex.changes.compare import Change, compare
from errdex.changes.facts import Snapshot
from errdex.decide.answer import SITE
from errdex.model.printable import printable
from errdex.site.markdown import code, escaped, front_matter
from errdex.site.site_catalog import SiteCatalog

NAME: Final = "what-changed"
"""Name of the page and of the feed; with a hyphen, as no provider's folder has."""

Release = tuple[str, str, list[Change], Snapshot]
"""Version, date, changes, and the state before."""


def since(site: SiteCatalog, entry: str) -> list[str]:
    """Return since when an entry is in the catalog, and when its verdict changed, as pieces of Markdown."""
    history = site.history_of(entry)
    if history is None or history.version is None:
        return []
    version = history.since.get(entry)
    said = [f"since {escaped(version)}" if version else f"new in {escaped(history.version)}, not released yet"]
    changes = site.changed_verdicts.get(entry, [])
    for release, before, after in changes:
        told = [listing.course(before), listing.course(after)]
        if before["category"] != after["category"]:
            told = [f"{facts['category']}, {course}" for facts, course in zip((before, after), told, strict=True)]
        said.append(f"verdict changed in {escaped(release)}: {escaped(told[0])} → {escaped(told[1])}")
    return said


def render(site: SiteCatalog) -> dict[str, str]:
    """Return the page of releases and the feed, as path → text; none if the catalog keeps no history."""
    if site.history is None:
        return {}
    releases = list(_releases(site))
    return {f"{site.folder}/{NAME}.md": _page(site, releases), f"{site.folder}/{NAME}.xml": _feed(site, releases)}


def _releases(site: SiteCatalog) -> Iterator[Release]:
    """Yield each release, newest first."""
    assert site.history is not None
    state = Snapshot()
    found: list[Release] = []
    for version, date in site.history.releases:
        step = site.history.steps[version]
        after = Snapshot({name: facts for name, facts in {**state.facts, **step}.items() if facts is not None})
        found.append((version, date, compare(state, after), state))
        state = after
    yield from reversed(found)


def _name(site: SiteCatalog, provider: str) -> str:
    return site.provider_name(provider) if provider in site.providers else provider


def _page(site: SiteCatalog, releases: list[Release]) -> str:
    assert site.history is not None
    here = f"{site.folder}/{NAME}.md"
    head = front_matter(title="What changed in the catalog", hide=["toc"], search={"exclude": True})
    parts = [head, "# What changed in the catalog"]
    parts.append(f"Entries, categories, verdicts and messages, by release; also as a [feed]({NAME}.xml).")
    if coming := site.history.next:
        parts.append(f"The next release is {escaped(coming)}." + ("" if releases else " None has been made yet."))
    now = site.snapshot

    def link(entry: str) -> str:
        shown = code(entry)
        return f"[{shown}]({site.link(entry, here)})" if entry in site.pages else shown

    for version, date, changes, before in releases:
        parts += [f"## {escaped(version)}, {escaped(date)}"]
        lines = listing.markdown(changes, before, now, lambda name: escaped(_name(site, name)), link, escaped)
        parts.append("\n".join(lines))
    return "\n\n".join(parts) + "\n"


def _feed(site: SiteCatalog, releases: list[Release]) -> str:
    """Return an Atom feed (RFC 4287): an entry a release."""
    base = SITE if site.is_ours else ""
    title = "errdex: what changed in the catalog" if site.is_ours else "What changed in the catalog of errors"
    key = base or " ".join(site.shown_providers)
    dates = [date for _, date, _, _ in releases] or [max(page.get("verified", "") for page in site.pages.values())]
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom">',
        f"<id>{uuid5(NAMESPACE_URL, key).urn}</id>",
        f"<title>{title}</title>",
        f'<link rel="self" href="{base}{NAME}.xml"/>',
        f'<link rel="alternate" href="{base}{NAME}/"/>',
        "<author><name>errdex</name></author>",
        f"<updated>{_moment(max(dates))}</updated>",
    ]
    for version, date, changes, before in releases:
        lists = listing.markdown(changes, before, site.snapshot, lambda name: _name(site, name), str)
        told = "\n".join(map(printable, lists))
        lines += [
            "<entry>",
            f"<id>{uuid5(NAMESPACE_URL, f'{key} {version}').urn}</id>",
            f"<title>{html.escape(version)}: {html.escape(listing.summary(changes))}</title>",
            f'<link rel="alternate" href="{base}{NAME}/"/>',
            f"<updated>{_moment(date)}</updated>",
            f'<content type="text">{html.escape(told)}</content>',
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""])


def _moment(date: str) -> str:
    return f"{date or '1970-01-01'}T00:00:00Z"
