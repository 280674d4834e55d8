"""The card at the head of an entry's page, which answers at a glance: whether to retry, and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from errdex.authoring.template import Hole, parse
from errdex.model.scope import Action
from errdex.rules.page import Page, action_of, is_retryable, scope_of, statuses
from errdex.site import what_changed
from errdex.site.markdown import code, escaped, instruction, link, templates
from errdex.site.site_catalog import SiteCatalog

_ORIGINS = {"documented": "documented", "observed": "seen in public, not documented"}


def card(site: SiteCatalog, page: Page, here: str) -> Iterator[str]:
    """Yield what somebody needs who has the error in front of them: whether to retry, and what to do."""
    if "category" not in page:
        yield _facts(site, page, here)
        return
    colour = "yes" if is_retryable(page) else "no"
    names = {part.name for text in templates(page) for part in parse(text) if isinstance(part, Hole)}
    yield f'<div class="errdex-answer errdex-answer--{colour}" markdown="1">'
    yield f"{verdict(page)}{_wait(page, names)}\n{{ .errdex-verdict }}"
    yield instruction(page["fix"], names) + "\n{ .errdex-fix }"
    yield from _course(page)
    yield _facts(site, page, here)
    yield "</div>"


def _wait(page: Page, names: set[str]) -> str:
    return " after the time that the message names" if is_retryable(page) and "retry_after" in names else ""


def _facts(site: SiteCatalog, page: Page, here: str) -> str:
    """Return the line of facts; the classes are for its style."""
    up = site.up(here)
    if "category" not in page:
        return " · ".join([code(page["id"]), "guide", *_origin(page)]) + "\n{ .errdex-facts }"
    facts = [f"[HTTP {status}]({up}by-status/{status}.md){{ .errdex-status }}" for status in statuses(page)]
    facts.append(f"[{escaped(page['category'])}]({up}by-category/{page['category']}.md){{ .errdex-category }}")
    return " · ".join([*facts, *_origin(page), *what_changed.since(site, page["id"])]) + "\n{ .errdex-facts }"


def _origin(page: Page) -> list[str]:
    """Return where the error is known from; a user's own entries may leave that out."""
    said = []
    if "category" in page and (origin := _ORIGINS.get(page.get("provenance", ""))):
        said.append(link(origin, page["sources"][0]) if page.get("sources") else origin)
    if "verified" in page:
        said.append(f"checked on {page['verified']}")
    return [", ".join(said)] if said else []


def verdict(page: Page) -> str:
    """Return the retry verdict of an entry in words, with a class for its colour."""
    if not is_retryable(page):
        return f"**do not retry{' yet' if action_of(page) is Action.WAIT else ''}**{{ .errdex-no }}"
    wait = page.get("retry_after")
    return f"**retry after {wait:g} s**{{ .errdex-yes }}" if wait else "**retry**{ .errdex-yes }"


def _course(page: Page) -> Iterator[str]:
    """Yield what else fails the same way and what to do next."""
    if "category" not in page:
        return
    scope, action = scope_of(page), action_of(page)
    lines = [f"**What else fails:** {scope.meaning}"]
    if action is not Action.NONE:
        lines.append(f"**What to do next:** {action.meaning}")
    yield "  \n".join(lines) + "\n{ .errdex-course }"
