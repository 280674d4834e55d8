"""`errdex classify`: one raw error → a card, or JSON."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from errdex.classification import Classification
from errdex.classifier import Catalog
from errdex.cli import output
from errdex.errors import ErrdexError

FOUND, NOTHING = 0, 1


def run(arguments: argparse.Namespace) -> int:
    """Classify the text and print the answer."""
    catalog = output.catalog(arguments)
    text = _text(arguments.text)
    hints = {
        "provider": arguments.provider,
        "status": arguments.status,
        "code": arguments.code,
        "headers": _headers(arguments.header) or None,
    }
    answers = catalog.classify_all(text, **hints) if arguments.all else [catalog.classify(text, **hints)]
    answers = answers or [Classification()]
    why = catalog.why(text, **hints) if arguments.why else None
    if arguments.json:
        for answer in answers:
            extra = {"why": why} if why is not None else {}
            print(json.dumps({"schema": output.JSON_SCHEMA, **answer.to_dict(), **extra}, ensure_ascii=False))
    else:
        _print_cards(arguments, catalog, answers, why)
    return FOUND if answers[0] else NOTHING


def _text(given: str | None) -> str:
    if given is not None and given != "-":
        return given
    if sys.stdin.isatty():
        print("errdex: reading the error from standard input; end it with Ctrl-D", file=sys.stderr)
    return sys.stdin.buffer.read().decode("utf-8", "replace")


def _headers(given: list[str]) -> dict[str, str]:
    headers = {}
    for header in given:
        name, colon, value = header.partition(":")
        if not colon:
            raise ErrdexError(f"--header {header!r} is not of the form 'NAME: VALUE'")
        headers[name.strip()] = value.strip()
    return headers


def _print_cards(
    arguments: argparse.Namespace, catalog: Catalog, answers: list[Classification], why: dict[str, Any] | None
) -> None:
    console = output.console(arguments.color)
    for number, answer in enumerate(answers):
        if number:
            console.print()
        console.print(
            _card(answer, catalog)
            if answer
            else "This is no API error that errdex knows: no status, code, class or message says so."
        )
    if why is not None:
        console.print()
        for part in _why(why):
            console.print(part)


def _card(answer: Classification, catalog: Catalog) -> Any:
    from rich.console import Group
    from rich.table import Table
    from rich.text import Text

    head = Text(answer.entry or "an error that no entry describes", style="bold magenta")
    head.append(f"\n{answer.title}", style="not bold default")
    rows = Table.grid(padding=(0, 2))
    rows.add_column(style="dim", no_wrap=True)
    rows.add_column(overflow="fold")
    facts = [str(answer.category)]
    facts += [f"HTTP {answer.status}"] if answer.status else []
    facts += [answer.provider] if answer.provider else []
    facts += [f"code {output.printable(answer.code)}"] if answer.code else []
    rows.add_row("what", " · ".join(facts))
    rows.add_row("retry", output.verdict(answer.retryable, answer.retry_after))
    rows.add_row("fix", output.code_spans(output.printable(answer.fix)))
    if answer.params:
        rows.add_row(
            "params", "  ".join(f"{name} = {output.printable(value)}" for name, value in answer.params.items())
        )
    rows.add_row("by", str(answer.basis))
    if answer.entry:
        rows.add_row("more", f"errdex explain {answer.entry}")
    if answer.source_url:
        rows.add_row("source", answer.source_url)
    return Group(head, "", rows)


def _why(why: dict[str, Any]) -> list[Any]:
    from rich.table import Table

    evidence = why["evidence"]
    if evidence is None:
        return ["why: the text has no word that any entry, status, code or exception class needs"]
    seen = Table.grid(padding=(0, 2))
    seen.add_column(style="dim", no_wrap=True)
    seen.add_column(overflow="fold")
    for message in evidence["messages"]:
        kind = "message" if message["known"] else "text"
        seen.add_row(kind, output.printable(message["text"]))
    for key in ("status", "codes", "exceptions", "providers", "headers", "fields"):
        if value := evidence[key]:
            shown = (
                value
                if isinstance(value, list)
                else [f"{k}={v}" for k, v in value.items()]
                if isinstance(value, dict)
                else [str(value)]
            )
            seen.add_row(key, output.printable(shown))
    ranking = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("", "entry", "by", "rank", "cue", "literal", "status"):
        ranking.add_column(name, justify="right" if name in ("", "rank", "literal", "status") else "left")
    for number, candidate in enumerate(why["candidates"], 1):
        ranking.add_row(
            str(number),
            candidate["entry"],
            candidate["basis"],
            str(candidate["rank"]),
            "yes" if candidate["cue"] else "",
            str(candidate["literal"] or ""),
            str(candidate["status"] or ""),
        )
    note = "smaller rank wins; then a provider cue, more literal characters, an agreeing status, the id"
    return ["[dim]evidence[/dim]", seen, "", "[dim]candidates, best first[/dim]", ranking, f"[dim]{note}[/dim]"]
