"""The page of one entry: facts, message, meaning, fix, raw responses, similar errors, sources, data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from errdex.model.scope import Action
from errdex.site.markdown import code, escaped, fenced, front_matter, link, narrowing, prose, shown, table, titled
from errdex.site.site_catalog import Page, SiteCatalog, action_of, is_retryable, provider_of, scope_of, statuses

_LANGUAGES = {"python": "Python", "curl": "curl", "shell": "Shell", "typescript": "TypeScript"}
_UNSEARCHED = " { data-search-exclude }"
"""Excludes a section from the search: other entries' words, ids, URLs. An error is found by its message."""
_ORIGINS = {"documented": "documented", "observed": "seen in public, not documented"}
_HIGHLIGHT = {"curl": "sh", "shell": "sh"}


def entry_page(site: SiteCatalog, page: Page) -> str:
    """Return an entry's page as Markdown."""
    here = site.path_of(page["id"])
    parts = [_front(page), f"# {titled(page['title'])}", _facts(site, page, here)]
    parts += [*_course(page), *_warnings(site, page, here)]
    parts += _message(page)
    parts += [f"## What it means{_UNSEARCHED if page.get('messages') else ''}", prose(page["meaning"])]
    parts += _fix(page)
    if examples := page.get("examples"):
        parts += [f"## Raw responses{_UNSEARCHED}", *(fenced(_raw(example)) for example in examples)]
    parts += _apart(site, page, here)
    parts += _elsewhere(site, page, here)
    if note := page.get("note"):
        parts += [f"## About the sources{_UNSEARCHED}", prose(note)]
    parts += _sources(site, page)
    return "\n\n".join(parts) + "\n"


def _front(page: Page) -> str:
    description = page["meaning"].split(". ")[0].rstrip(".") + "."
    return front_matter(title=page["title"].replace("`", ""), description=description)


def _facts(site: SiteCatalog, page: Page, here: str) -> str:
    """Return the line of facts; the classes are for its style."""
    up = "../" * (here.count("/") - site.folder.count("/") - 1)
    facts = [code(page["id"]), f"[{escaped(site.provider_name(provider_of(page)))}](index.md)"]
    if "category" not in page:
        return " · ".join([*facts, "guide", *_origin(page)]) + "\n{ .errdex-facts }"
    facts += [f"[HTTP {status}]({up}by-status/{status}.md){{ .errdex-status }}" for status in statuses(page)]
    facts.append(f"[{escaped(page['category'])}]({up}by-category/{page['category']}.md){{ .errdex-category }}")
    facts.append(verdict(page))
    return " · ".join([*facts, *_origin(page)]) + "\n{ .errdex-facts }"


def _origin(page: Page) -> list[str]:
    """Return where the error is known from; a user's own entries may leave that out."""
    said = []
    if "category" in page and (origin := _ORIGINS.get(page.get("provenance", ""))):
        said.append(link(origin, page["sources"][0]) if page.get("sources") else origin)
    if "verified" in page:
        said.append(f"checked on {page['verified']}")
    return [", ".join(said)] if said else []


def cells(site: SiteCatalog, page: Page, here: str) -> list[str]:
    """Return the first cells of a table row: the entry, its statuses and its category."""
    return [
        f"[{titled(page['title'])}]({site.link(page['id'], here)})",
        " ".join(map(str, statuses(page))) or "–",
        escaped(page["category"]) if "category" in page else "guide",
    ]


def first_message(page: Page) -> str:
    """Return the last cell of a table row."""
    return code(shown(page["messages"][0])) if page.get("messages") else "–"


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
    yield "  \n".join(lines) + "\n{ .errdex-course data-search-exclude }"


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
    templates = [*page.get("messages", ()), *(item["message"] for item in page.get("match", ()) if "message" in item)]
    if templates:
        yield "## Message" if len(templates) == 1 else "## Messages"
        yield from (fenced(shown(template)) for template in dict.fromkeys(templates))
    others = [item for item in page.get("match", ()) if item.keys() != {"message"}]
    if others:
        yield "Recognised by:" if not templates else "Also recognised by:"
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


def _fix(page: Page) -> Iterator[str]:
    if "fix" in page:
        yield f"## Fix{_UNSEARCHED}"
        yield prose(page["fix"])
    if "steps" in page or "snippets" in page:
        yield f"### Step by step{_UNSEARCHED}"
    if steps := page.get("steps"):
        yield prose(steps.strip())
    for language, text in page.get("snippets", {}).items():
        yield f"{_LANGUAGES.get(language) or escaped(language)}:"
        yield fenced(text, _HIGHLIGHT.get(language, language))


def _raw(example: Any) -> str:
    return example if isinstance(example, str) else str(example["raw"])


def _apart(site: SiteCatalog, page: Page, here: str) -> Iterator[str]:
    """Yield similar entries, with their differences, and texts that look like this error but are not."""
    related = [site.pages[name] for name in page.get("related", ()) if name in site.pages]
    alike = [(text, site.catalog.classify(text).entry) for text in map(_raw, page.get("counterexamples", ()))]
    if not (related or alike):
        return
    yield f"## Easily confused with{_UNSEARCHED}"
    if related:
        made = table(
            ["Entry", "Status", "Category", "Retry", "Message"],
            [
                [
                    *cells(site, other, here),
                    "–" if "category" not in other else "yes" if is_retryable(other) else "no",
                    first_message(other),
                ]
                for other in related
            ],
        )
        yield narrowing(made)
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
    """Yield the equivalents at other providers: the same wording, or the same status and category."""
    same = [name for name in page.get("same_as", ()) if name in site.pages]
    own = set(statuses(page))
    defaults = [
        other["id"]
        for other in site.errors()
        if other.get("kind") == "default"
        and provider_of(other) != provider_of(page)
        and other["category"] == page.get("category")
        and own & set(statuses(other))
    ]
    names = list(dict.fromkeys([*same, *defaults]))
    if names:
        yield f"## At other providers{_UNSEARCHED}"
        yield "\n".join(
            f"- {escaped(site.provider_name(name.partition('/')[0]))}: "
            f"[{titled(site.pages[name]['title'])}]({site.link(name, here)})"
            + (", with the same wording" if name in same else "")
            for name in names
        )


def _sources(site: SiteCatalog, page: Page) -> Iterator[str]:
    if urls := page.get("sources"):
        yield f"## Sources{_UNSEARCHED}"
        yield "\n".join(f"- <{url}>" for url in urls)
    links = [f"[This entry as JSON]({page['id'].rpartition('/')[2]}.json)"]
    if source := site.source_of(page["id"]):
        links.append(link("Edit its YAML", source))
    yield " · ".join(links)
