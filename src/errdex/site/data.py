"""The machine-readable side of a site: the catalog, its schema, `llms.txt`, and the files behind the paste box."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Final

from errdex.authoring.json_schema import DRAFT, schema
from errdex.rules.page import Page, action_of, is_retryable, provider_of, scope_of, statuses
from errdex.rules.tables import ENTRY_FIELDS
from errdex.site import packing, search, twin
from errdex.site.bundle import bundle, secrets
from errdex.site.site_catalog import SiteCatalog

ASSETS: Final = "assets/errdex"
"""Folder of the files that the pages load."""
LOADED: Final = ("errdex.js", "table.js", "errdex.css")
SCRIPTS: Final = (f"{ASSETS}/secrets.js", f"{ASSETS}/errdex.js", f"{ASSETS}/table.js")
STYLES: Final = (f"{ASSETS}/errdex.css",)
_SCHEMA: Final = 1  # version of catalog.json


def render(site: SiteCatalog) -> dict[str, str]:
    """Return the data files, as path → text."""
    texts = {
        "catalog.json": _dump(_catalog(site)),
        f"schema/catalog-{_SCHEMA}.json": _dump(_schema(), indent=2),
        "llms.txt": _llms(site),
        f"{ASSETS}/rules.js": f"globalThis.errdexRules = {_dump(packing.packed(_rules(site)))}",
        f"{ASSETS}/weights.js": f"globalThis.errdexWeights = {_dump(twin.weights())}",
        f"{ASSETS}/matcher.js": bundle() + _asset("unpack.js"),
        f"{ASSETS}/secrets.js": secrets(),
        f"{ASSETS}/{search.ENTRIES}": search.entries_script(site),
    }
    for provider, told in packing.texts(site.rules | {"columns": twin.COLUMNS}).items():
        named = f"globalThis.errdexTexts = Object.assign(globalThis.errdexTexts ?? {{}}, {_dump(told)});"
        texts[f"{ASSETS}/texts/{provider}.js"] = named
    for name, page in site.pages.items():
        texts[f"{site.folder}/{name}.json"] = _dump(page, indent=2)
    for name in (*LOADED, *search.SCRIPTS):
        texts[f"{ASSETS}/{name}"] = _asset(name)
    if not site.is_ours:  # the box's examples, and its link for reporting unknown texts, are for the built-in catalog
        script = texts[f"{ASSETS}/errdex.js"]
        texts[f"{ASSETS}/errdex.js"] = script.replace("const OURS = true;", "const OURS = false;")
    return texts


def release(site: SiteCatalog) -> tuple[str, str]:
    """Return a catalog as a file of its own, and the JSON Schema of that file."""
    return _dump(_catalog(site)), _dump(_schema(), indent=2)


def _asset(name: str) -> str:
    return files("errdex.site").joinpath("assets", name).read_text(encoding="utf-8")


def _dump(value: Any, indent: int | None = None) -> str:
    separators = None if indent else (",", ":")
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators) + "\n"


def _catalog(site: SiteCatalog) -> dict[str, Any]:
    history = site.history
    version = history.version if history else None
    return {
        "schema": _SCHEMA,
        "version": version,
        "released": dict(history.releases).get(version or "") if history else None,
        "providers": [site.providers[name] for name in site.shown_providers],
        "entries": [page | (_verdict(page) if "category" in page else {}) for page in site.pages.values()],
    }


def _verdict(page: Page) -> dict[str, Any]:
    return {"retryable": is_retryable(page), "scope": str(scope_of(page)), "action": str(action_of(page))}


def _schema() -> dict[str, Any]:
    """Return the schema of catalog.json: the shapes of the YAML, under two keys."""
    shapes = schema()["$defs"]
    properties = {
        "schema": {"const": _SCHEMA},
        "version": {"type": ["string", "null"], "description": "Version of the catalog, if it keeps a history."},
        "released": {"type": ["string", "null"], "description": "Date of that version; null before its release."},
        "providers": {"type": "array", "items": {"$ref": "#/$defs/Provider"}},
        "entries": {
            "type": "array",
            "items": {"$ref": "#/$defs/Entry"},
            "description": "As in the YAML; `retryable`, `scope` and `action` are always given, except for guides.",
        },
    }
    return {
        "$schema": DRAFT,
        "title": "errdex catalog.json",
        "type": "object",
        "properties": properties,
        "required": [*properties],
        "additionalProperties": False,
        "$defs": shapes,
    }


def _rules(site: SiteCatalog) -> dict[str, Any]:
    rules = twin.rules(site.rules)
    source = ENTRY_FIELDS.index("source")
    rules["entries"] = [[*row[:source], None, *row[source + 1 :]] for row in rules["entries"]]  # they are on the pages
    # The browser links to the pages of this site; the others are on the built-in catalog's own site.
    return rules | {"folder": site.folder, "here": None if site.is_whole else [*site.pages]}


def _llms(site: SiteCatalog) -> str:
    """Return the list of pages for programs that read Markdown: https://llmstxt.org."""
    names = ", ".join(site.provider_name(name) for name in site.shown_providers)
    lines = [
        "# errdex: errors of LLM APIs" if site.is_ours else f"# Errors of {names}",
        "",
        "> What each error means, whether to retry, and what to change. One page per error;",
        "> catalog.json contains all of them, schema/catalog-1.json is its schema.",
    ]
    for provider in site.shown_providers:
        lines += ["", f"## {site.provider_name(provider)}", ""]
        for page in site.pages.values():
            if provider_of(page) == provider:
                lines.append(f"- [{page['title'].replace('`', '')}]({site.folder}/{page['id']}.json): {_summary(page)}")
    return "\n".join(lines) + "\n"


def _summary(page: dict[str, Any]) -> str:
    if "category" not in page:
        return "guide"
    status = "/".join(map(str, statuses(page)))
    retry = "retry" if is_retryable(page) else "do not retry"
    return ", ".join(filter(None, [f"HTTP {status}" if status else "", page["category"], retry])) + f". {page['fix']}"
