"""The page of one entry: facts, message, meaning, fix, raw responses, similar errors, sources, data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from errdex.authoring.template import to_regex
from errdex.rules.page import Page, is_retryable, provider_of, statuses
from errdex.site.card import card
from errdex.site.markdown import (
    code,
    escaped,
    fenced,
    folded,
    front_matter,
    inline_message,
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
_HIGHLIGHT = {"curl": "sh", "shell": "sh"}


def entry_page(site: SiteCatalog, page: Page) -> str:
    """Return an entry's page as Markdown."""
    here = site.path_of(page["id"])
    parts = [_front(page), _path(site, page), f"# {titled(page['title'])}", *card(site, page, here)]
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


def _warnings(site: SiteCatalog, page: Page, here: str) -> Iterator[str]:
    if replaced := page.get("replaced_by"):
        title = site.pages[replaced]["title"] if replaced in site.pages else replaced
        yield _notice("warning", "Replaced", f"It was replaced by [{titled(title)}]({site.link(replaced, here)}).")
    if page.get("withdrawn"):
        text = (
            "Only older documentation and older deployments have this error; the page is kept for anyone who sees it."
        )
        yield _notice("warning", "Withdrawn", text)
    if page.get("kind") == "family":
        text = "These wordings are not listed one by one. A listed message outranks its family."
        yield _notice("info", "A family of messages", text)


def _notice(kind: str, title: str, text: str) -> str:
    """Return a box as the extension `admonition` makes it."""
    head = f'<p class="admonition-title">{title}</p>'
    return f'<div class="admonition {kind}" markdown="1">\n\n{head}\n\n{text}\n\n</div>'


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
        elif key != "generic":
            words = {"code": "the machine code", "exception": "the exception class", "status": "the status"}
            said.append(f"{words.get(key, key)} {code(shown(value) if key == 'message' else str(value))}")
    return ", and ".join(said) + (" (less than what the words say)" if item.get("generic") else "")


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
