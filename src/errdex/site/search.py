"""What the site's search reads: the messages, codes and statuses of the entries, and the words of the other pages."""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, Final

from errdex.rules.page import Page, is_retryable, provider_of, statuses
from errdex.site.markdown import templates
from errdex.site.site_catalog import SiteCatalog

SCRIPTS: Final = ("minisearch.js", "search.js", "search_worker.js")
"""The search's own scripts, in `assets/`."""
ENTRIES: Final = "search-entries.js"
PAGES: Final = "search-pages.js"
"""Written by the mkdocs plugin, which alone knows the other pages of the site."""
_INLINE: Final = re.compile(r"</?(?:a|abbr|b|code|em|i|kbd|mark|span|strong|sub|sup)\b[^<>]*>")
_TAG: Final = re.compile(r"<[^<>]*>")


def entries_script(site: SiteCatalog) -> str:
    """Return the script that holds the entries.

    Each is a row of id, title, kind, statuses, retry, references, messages, codes. References are the entries that name
    this one as similar or as the same: of two that fit a text equally well, the one that others refer to stands first.
    """
    references = Counter(
        name for page in site.pages.values() for name in {*page.get("related", ()), *page.get("same_as", ())}
    )
    rows = [
        [
            page["id"],
            page["title"],
            page.get("kind", "error"),
            statuses(page),
            ("yes" if is_retryable(page) else "no") if "category" in page else None,
            references[page["id"]],
            templates(page),
            codes(page),
        ]
        for page in site.pages.values()
    ]
    names = {name: site.provider_name(name) for name in sorted({provider_of(page) for page in site.pages.values()})}
    return _script("errdexEntries", {"providers": names, "rows": rows})


def pages_script(folder: str, ending: str, documents: Iterable[Mapping[str, str]]) -> str:
    """Return the script that holds the site's other pages.

    Args:
        folder: The folder of the entries' pages.
        ending: What follows an entry's id in the address of its page, `/` or `.html`.
        documents: The sections of the other pages, each with `location`, `title` and `text`; the latter two in HTML.
    """
    pages = [
        {"location": document["location"], "title": _plain(document["title"]), "text": _plain(document["text"])}
        for document in documents
    ]
    return _script("errdexPages", {"folder": folder, "ending": ending, "pages": pages})


def _plain(text: str) -> str:
    """Return the text of a piece of HTML: a tag is no word to be found, and a result shows no tags."""
    return html.unescape(" ".join(_TAG.sub(" ", _INLINE.sub("", text)).split()))


def _script(name: str, value: Any) -> str:
    return f"globalThis.{name} = {json.dumps(value, ensure_ascii=False, separators=(',', ':'))};\n"


def codes(page: Page) -> list[str]:
    """Return the codes by which an entry is recognised: machine codes, values of fields, exception classes."""
    found: list[str] = []
    for item in page.get("match", ()):
        found += [item[key] for key in ("code", "exception") if key in item]
        for key in ("field", "detail"):
            found += [value for value in map(str, item.get(key, {}).values()) if "{" not in value]
    return list(dict.fromkeys(found))
