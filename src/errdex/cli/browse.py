"""`errdex explain` and `errdex list`: the catalog in the terminal."""

from __future__ import annotations

import argparse
import re
import sys
from typing import Any

from rich.console import Console

from errdex.authoring.template import to_regex
from errdex.classifier.catalog import Catalog
from errdex.cli import FOUND, NOTHING, output
from errdex.cli import catalog_option as chosen
from errdex.model.errors import unknown_entry
from errdex.rules.page import action_of, is_retryable, scope_of, statuses
from errdex.site.markdown import fenced, templates

_TABLE_WIDTH = 100  # columns needed by the table of entries


def explain(arguments: argparse.Namespace) -> int:
    """Print an entry's page; for a status or code, list the entries that it may stand for.

    Raises:
        UnknownEntryError: No entry has this id, status or code; names similar ids.
    """
    catalog = chosen.catalog(arguments)
    pages: dict[str, Any] = catalog.pages["entries"]
    what: str = arguments.what
    if arguments.regex:
        return _print_regexes(
            [pages[name] for name in pages if what == name or _is_about(pages[name], what)], what, pages
        )
    if what in pages:
        _print_page(arguments, pages[what])
        return FOUND
    ids = [name for name, page in pages.items() if _is_about(page, what)]
    if not ids:
        raise unknown_entry(what, pages)
    if len(ids) == 1:
        _print_page(arguments, pages[ids[0]])
    else:
        _print_rows(arguments, [pages[name] for name in ids])
    return FOUND


def list_entries(arguments: argparse.Namespace) -> int:
    """Print the entries that match the filters."""
    catalog = chosen.catalog(arguments)
    output.check_provider(catalog, arguments.provider)
    pages = catalog_pages(catalog)
    passing = [
        page
        for page in pages
        if (arguments.provider is None or page["id"].startswith(arguments.provider + "/"))
        and (arguments.category is None or page.get("category") == arguments.category)
        and (arguments.status is None or arguments.status in statuses(page))
        and (
            arguments.retryable is None or ("category" in page and is_retryable(page) is (arguments.retryable == "yes"))
        )
    ]
    _print_rows(arguments, passing)
    return FOUND if passing else NOTHING


def catalog_pages(catalog: Catalog) -> list[dict[str, Any]]:
    """Return all pages, ordered by id."""
    return [page for _, page in sorted(catalog.pages["entries"].items())]


def _is_about(page: dict[str, Any], what: str) -> bool:
    if what.isdecimal():
        return int(what) in statuses(page)
    values = [value for item in page.get("match", ()) for value in (item.get("code"), *item.get("field", {}).values())]
    names = [
        page.get("category"),
        page["id"].partition("/")[0],
        *values,
        *(item.get("status") for item in page.get("match", ())),
    ]
    return what.lower() in [str(name).lower() for name in names]


def _print_regexes(found: list[dict[str, Any]], what: str, pages: dict[str, Any]) -> int:
    """Print what the messages of some entries mean as regular expressions; return the exit status."""
    if not found:
        raise unknown_entry(what, pages)
    expressions = [to_regex(template) for page in found for template in templates(page)]
    for expression in expressions:
        print(expression)
    if not expressions:
        print(f"{what} is recognised by a status, code or field, not by a message", file=sys.stderr)
    return FOUND if expressions else NOTHING


def _print_rows(arguments: argparse.Namespace, pages: list[dict[str, Any]]) -> None:
    if arguments.json:
        for page in pages:
            output.print_json(page)
        return
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("id", style="magenta", no_wrap=True)
    table.add_column("status", justify="right")
    table.add_column("category", no_wrap=True)
    table.add_column("retry")
    table.add_column("title", overflow="fold")
    for page in pages:
        category = page.get("category")
        retry = "" if category is None else "yes" if is_retryable(page) else "no"
        table.add_row(
            page["id"], " ".join(map(str, statuses(page))), category or page.get("kind", ""), retry, page["title"]
        )
    console = output.console(arguments.color)
    if console.width < _TABLE_WIDTH:
        for page in pages:
            _print_narrow(console, page)
    else:
        console.print(table)
    console.print(f"{len(pages)} entr{'y' if len(pages) == 1 else 'ies'}", style="dim")


def _print_narrow(console: Console, page: dict[str, Any]) -> None:
    """Print an entry on two lines, for terminals too narrow for the table."""
    facts = [*map(str, statuses(page)), page.get("category") or page.get("kind", "")]
    facts += [f"retry {'yes' if is_retryable(page) else 'no'}"] if "category" in page else []
    console.print(page["id"], style="magenta", soft_wrap=True)
    console.print(f"  {' · '.join(facts)} · {page['title']}")


def _print_page(arguments: argparse.Namespace, page: dict[str, Any]) -> None:
    if arguments.json:
        output.print_json(page, indent=2)
        return
    console = output.console(arguments.color, output.PAGE_WIDTH)
    console.print(page["id"], style="bold magenta")
    console.print(page["title"] + "\n")
    facts = [f"HTTP {status}" for status in statuses(page)]
    if category := page.get("category"):
        facts += [category]
        verdict = output.verdict(is_retryable(page), page.get("retry_after"), action_of(page))
        console.print(" · ".join(facts), "· retry", verdict)
        output.print_rows(console, output.course(scope_of(page), action_of(page)))
    _print_markdown(console, to_markdown(page))


def _print_markdown(console: Console, text: str) -> None:
    """Print Markdown with fenced blocks unchanged, neither wrapped nor padded, so that they can be copied."""
    from rich.markdown import Markdown

    for number, part in enumerate(re.split(r"(?m)^(`{3,})(\w*)\n(.*?)\n\1\n?", text, flags=re.DOTALL)):
        kind = number % 4
        if kind == 0 and part.strip():
            console.print(Markdown(part.strip(), hyperlinks=False))
        elif kind == 2 and part != "text":
            console.print(f"\n{part}:", style="dim")
        elif kind == 3:
            console.print()
            for line in part.split("\n"):
                console.print("  " + line, style="cyan", soft_wrap=True)
            console.print()


def to_markdown(page: dict[str, Any]) -> str:
    """Return the body of an entry's page as Markdown."""
    parts = []
    if page.get("withdrawn"):
        parts.append("*Only in older documentation; kept for anyone who still sees it.*")
    if replaced := page.get("replaced_by"):
        parts.append(f"*Replaced by {replaced}.*")
    if messages := page.get("messages"):
        parts.append("## Message\n\n" + "\n".join(fenced(message) for message in messages))
    parts.append("## What it means\n\n" + page["meaning"])
    if fix := page.get("fix"):
        parts.append("## Fix\n\n" + fix)
    if steps := page.get("steps"):
        parts.append(steps)
    parts += [fenced(text, language) for language, text in page.get("snippets", {}).items()]
    raws = [example if isinstance(example, str) else example["raw"] for example in page.get("examples", ())]
    if raws:
        parts.append("## As seen\n\n" + "\n".join(map(fenced, raws)))
    if note := page.get("note"):
        parts.append("## Note\n\n" + note)
    if related := page.get("related"):
        parts.append("Related: " + ", ".join(related))
    if urls := page.get("sources"):
        checked = [page.get("provenance"), f"verified {page['verified']}" if "verified" in page else None]
        about = f" ({', '.join(filter(None, checked))})" if any(checked) else ""
        parts.append(f"## Sources{about}\n\n" + "\n".join(f"- {url}" for url in urls))
    return "\n\n".join(parts)
