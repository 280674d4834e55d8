"""The page of one entry: facts, message, meaning, fix, raw responses, similar errors, sources, data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from errdex.authoring.template import Hole, parse, to_regex
from errdex.model.scope import Action
from errdex.rules.page import Page, action_of, is_retryable, provider_of, scope_of, statuses
from errdex.site import what_changed
from errdex.site.markdown import (
    code,
    escaped,
    fenced,
    folded,
    front_matter,
    inline_message,
    instruction,
    link,
    message,
    narrowing,
    prose,
    raw,
    shown,
    table,
    templates,
    titled,
)
from errdex.site.site_catalog import SiteCatalog

_LANGUAGES = {"python": "Python", "curl": "curl", "shell": "Shell", "typescript": "TypeScript"}
_SHOWN = 2  # raw responses that are not folded
_ABOUT_REGEX = (
    "<p>For Python, with <code>re.IGNORECASE</code>, in a text whose quotation marks are <code>'</code> and whose runs "
    "of blanks are one blank.</p>"
)
_ORIGINS = {"documented": "documented", "observed": "seen in public, not documented"}
_HIGHLIGHT = {"curl": "sh", "shell": "sh"}


def entry_page(site: SiteCatalog, page: Page) -> str:
    """Return an entry's page as Markdown."""
    here = site.path_of(page["id"])
    parts = [_front(page), _path(site, page), f"# {titled(page['title'])}", *_card(site, page, here)]
    parts += _warnings(site, page, here)
    parts += _message(page)
    parts += ["## What it means", prose(page["meaning"])]
    parts += _steps(page)
    parts += _apart(site, page, here)
    parts += _raw_responses(page)
    parts += _elsewhere(site, page, here)
    if note := page.get("note"):
        parts += ["## About the sources", prose(note)]
    parts += _sources(site, page)
    return "\n\n".join(parts) + "\n"


def _front(page: Page) -> str:
    description = page["meaning"].split(". ")[0].rstrip(".") + "."
    # The pages are in no navigation, so a column for it would stand empty.
    return front_matter(title=page["title"].replace("`", ""), description=description, hide=["navigation"])


def _path(site: SiteCatalog, page: Page) -> str:
    """Return the way to the page from that of all entries."""
    provider = f"[{escaped(site.provider_name(provider_of(page)))}](index.md)"
    return f"[Errors](../index.md) › {provider} › {code(page['id'].partition('/')[2])}\n{{ .errdex-path }}"


def _card(site: SiteCatalog, page: Page, here: str) -> Iterator[str]:
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


HEADS = ["Error", "Retry", "Provider", "Status", "Category"]
"""The heads of `cells`."""


def cells(site: SiteCatalog, page: Page, here: str) -> list[str]:
    """Return the first cells of a table row; what a narrow screen has no room for stands last."""
    retry = "–" if "category" not in page else "yes" if is_retryable(page) else "no"
    return [
        f"[{titled(page['title'])}]({site.link(page['id'], here)})",
        f'<span class="errdex-{retry}">{retry}</span>' if retry != "–" else retry,
        escaped(site.provider_name(provider_of(page))),
        " ".join(map(str, statuses(page))) or "–",
        escaped(page["category"]) if "category" in page else "guide",
    ]


def first_message(page: Page) -> str:
    """Return the last cell of a table row."""
    return inline_message(page["messages"][0]) if page.get("messages") else "–"


def verdict(page: Page) -> str:
    """Return the retry verdict of an entry in words, with a class for its colour."""
    if not is_retryable(page):
        return "**do not retry**{ .errdex-no }"
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


def _warnings(site: SiteCatalog, page: Page, here: str) -> Iterator[str]:
    if replaced := page.get("replaced_by"):
        title = site.pages[replaced]["title"] if replaced in site.pages else replaced
        yield f'!!! warning "Replaced"\n\n    It was replaced by [{titled(title)}]({site.link(replaced, here)}).'
    if page.get("withdrawn"):
        text = (
            "Only older documentation and older deployments have this error; the page is kept for anyone who sees it."
        )
        yield f'!!! warning "Withdrawn"\n\n    {text}'
    if page.get("kind") == "family":
        text = "These wordings are not listed one by one. A listed message outranks its family."
        yield f'!!! info "A family of messages"\n\n    {text}'


def _message(page: Page) -> Iterator[str]:
    messages = templates(page)
    if messages:
        first, *more = messages
        yield "## Messages" if more else "## Message"
        yield message(first)
        if more:
            yield folded(f"{len(more)} more wording{'s' if len(more) > 1 else ''}", map(message, more))
        expressions = [raw(to_regex(text)) for text in messages]
        yield folded("As regular expressions" if more else "As a regular expression", [_ABOUT_REGEX, *expressions])
    others = [item for item in page.get("match", ()) if item.keys() != {"message"}]
    if others:
        yield "Recognised by:" if not messages else "Also recognised by:"
        yield "\n".join(f"- {_condition(item)}" for item in others)
    if page.get("support"):
        yield (
            "These words are common, so they count only as the whole text, in a message field of an error body, or "
            "beside a status, an SDK's exception class or a provider's name."
        )


def _condition(item: dict[str, Any]) -> str:
    said = []
    for key, value in item.items():
        if isinstance(value, dict):
            what = {"field": "the field", "header": "the header", "detail": "the key"}[key]
            texts = {name: shown(wanted) if key == "detail" else str(wanted) for name, wanted in value.items()}
            said += [f"{what} {code(name)}: {code(text)}" for name, text in texts.items()]
        else:
            words = {"code": "the machine code", "exception": "the exception class", "status": "the status"}
            said.append(f"{words.get(key, key)} {code(shown(value) if key == 'message' else str(value))}")
    return ", and ".join(said)


def _steps(page: Page) -> Iterator[str]:
    if "steps" in page or "snippets" in page:
        yield "## Step by step"
    if steps := page.get("steps"):
        yield prose(steps.strip())
    for language, text in page.get("snippets", {}).items():
        yield f"{_LANGUAGES.get(language) or escaped(language)}:"
        yield fenced(text, _HIGHLIGHT.get(language, language))


def _raw_responses(page: Page) -> Iterator[str]:
    texts = [raw(_raw(example)) for example in page.get("examples", ())]
    if texts:
        yield "## Raw responses"
        yield from texts[:_SHOWN]
    if len(texts) > _SHOWN:
        yield folded(f"{len(texts) - _SHOWN} more", texts[_SHOWN:])


def _raw(example: Any) -> str:
    return example if isinstance(example, str) else str(example["raw"])


def _apart(site: SiteCatalog, page: Page, here: str) -> Iterator[str]:
    """Yield similar entries, with their differences, and texts that look like this error but are not."""
    related = [site.pages[name] for name in page.get("related", ()) if name in site.pages]
    alike = [(text, site.catalog.classify(text).entry) for text in map(_raw, page.get("counterexamples", ()))]
    if not (related or alike):
        return
    yield "## Easily confused with"
    if related:
        rows = [[*cells(site, other, here), first_message(other)] for other in related]
        yield narrowing(table([*HEADS, "Message"], rows))
    if alike:
        yield "Similar texts:"
        yield table(
            ["Text", "Entry"],
            [
                [
                    code(text[:200]),
                    f"[{escaped(entry)}]({site.link(entry, here)})" if entry else "no entry of the catalog",
                ]
                for text, entry in alike
            ],
        )


def _elsewhere(site: SiteCatalog, page: Page, here: str) -> Iterator[str]:
    """Yield the equivalents at other providers: the same wording, and what the status means there."""
    lines = [
        f"- {escaped(site.provider_name(name.partition('/')[0]))}: "
        f"[{titled(site.pages[name]['title'])}]({site.link(name, here)}), with the same wording"
        for name in page.get("same_as", ())
        if name in site.pages
    ]
    up = site.up(here)
    lines += [f"- [HTTP {status} at all providers]({up}by-status/{status}.md)" for status in statuses(page)]
    if lines:
        yield "## At other providers"
        yield "\n".join(lines)


def _sources(site: SiteCatalog, page: Page) -> Iterator[str]:
    if urls := page.get("sources"):
        yield "## Sources"
        yield "\n".join(f"- <{url}>" for url in urls)
    links = [f"[This entry as JSON]({page['id'].rpartition('/')[2]}.json)"]
    if source := site.source_of(page["id"]):
        links.append(link("Edit its YAML", source))
    yield " · ".join(links)
