"""`errdex classify`: explains one raw error, as text or JSON."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from errdex.cli import FOUND, NOTHING, output, streams
from errdex.cli import catalog_option as chosen
from errdex.model.category import Basis
from errdex.model.classification import Classification
from errdex.model.errors import ErrdexError
from errdex.model.why import SeenEvidence, SeenWording, Why

_BASIS = {
    Basis.MESSAGE: "its message",
    Basis.CODE: "its machine code",
    Basis.FIELD: "a field of its body",
    Basis.WORDING: "its wording",
    Basis.EXCEPTION: "its exception class",
    Basis.STATUS: "its status alone",
}


def run(arguments: argparse.Namespace) -> int:
    """Classify the text and print the answer."""
    catalog = chosen.catalog(arguments)
    output.check_provider(catalog, arguments.provider)
    hints = {
        "provider": arguments.provider,
        "status": arguments.status,
        "code": arguments.code,
        "headers": _headers(arguments.header) or None,
    }
    text = _text(arguments.text, enough=bool(arguments.status or arguments.code))
    answers = catalog.classify_all(text, **hints) if arguments.all else [catalog.classify(text, **hints)]
    answers = answers or [Classification()]
    guessed = answers[0].basis is Basis.WORDING and not arguments.json
    why = catalog.why(text, **hints) if arguments.why or guessed else None
    near = why["wording"]["nearest"] if guessed and why and why["wording"] else []
    others = 0 if arguments.all or arguments.json else _others(catalog.classify_all(text, **hints))
    if arguments.json:
        for answer in answers:
            extra = {"why": why} if why is not None else {}
            output.print_json({**answer.to_dict(), **extra})
    else:
        _print_cards(arguments, answers, why if arguments.why else None, others, near)
    return FOUND if answers[0] else NOTHING


def _text(given: list[str], enough: bool) -> str:
    """Return the error that was given or is piped in; where hints are `enough`, none is waited for."""
    if given and given != ["-"]:
        return " ".join(given)
    try:
        standard = streams.given()
    except OSError as error:
        raise ErrdexError("standard input is closed; give the error as an argument or pipe it in") from error
    if standard.isatty():
        if enough and not given:
            return ""
        print("errdex: reading the error from standard input; press Ctrl-D to end it", file=sys.stderr)
    text = standard.buffer.read().decode("utf-8", "replace")
    if not text.strip() and not enough:
        raise ErrdexError("nothing to read on standard input; give the error as an argument or pipe it in")
    return text


def _headers(given: list[str]) -> dict[str, str]:
    headers = {}
    for header in given:
        name, colon, value = header.partition(":")
        if not colon:
            raise ErrdexError(f"--header {header!r} is not of the form 'NAME: VALUE'")
        headers[name.strip()] = value.strip()
    return headers


def _others(answers: list[Classification]) -> int:
    """Return how many other categories the text's other messages have: it may contain several errors."""
    messages = [answer for answer in answers if answer.basis is Basis.MESSAGE]
    return len({answer.category for answer in messages[1:]} - {messages[0].category}) if messages else 0


def _print_cards(
    arguments: argparse.Namespace, answers: list[Classification], why: Why | None, others: int, near: list[str]
) -> None:
    console = output.console(arguments.color)
    for number, answer in enumerate(answers):
        if number:
            console.print()
        if not answer:
            console.print(
                "This is no error of an LLM API, as far as errdex can tell: no status, code, class or words of one."
            )
            continue
        console.print(Text(answer.entry or "an error that no entry describes", style="bold magenta"))
        console.print(Text(answer.title + "\n"))
        colour = console.color_system is not None and not console.no_color
        output.print_rows(console, _card(answer, colour, arguments.catalog, [] if number else near))
    if others:
        console.print("\nThe text contains other errors as well; --all lists them, best first.", style="dim")
    if why is not None:
        console.print()
        _print_why(console, why)


def _card(answer: Classification, colour: bool, catalog: Path | None, near: list[str]) -> list[tuple[str, Text]]:
    facts = [str(answer.category)]
    facts += [f"HTTP {answer.status}"] if answer.status else []
    facts += [answer.provider] if answer.provider else []
    facts += [f"code {output.printable(answer.code)}"] if answer.code else []
    rows = [
        ("what", Text(" · ".join(facts))),
        ("retry", output.verdict(answer.retryable, answer.retry_after, answer.action)),
        *output.course(answer.scope, answer.action, None if answer.retry_after else answer.resets_in),
        ("fix", output.code_spans(output.printable(answer.fix), colour)),
    ]
    if answer.params:
        shown = (f"{name} = {output.printable(value)}" for name, value in answer.params.items())
        rows.append(("params", Text("   ".join(shown))))
    rows.append(("by", Text(f"{_BASIS[answer.basis]}, right in {answer.confidence:.0%} of such cases")))
    if near:
        rows.append(("like", Text("   ".join(near))))
    if answer.entry:
        given = f" --catalog {shlex.quote(str(catalog))}" if catalog else ""
        rows.append(("more", Text(f"errdex explain {answer.entry}{given}")))
    if answer.source_url:
        rows.append(("source", Text(answer.source_url)))
    return rows


def _evidence(evidence: SeenEvidence) -> list[tuple[str, Text]]:
    rows = [("message" if message["known"] else "text", message["text"]) for message in evidence["messages"]]
    values: Mapping[str, object] = evidence
    for key in ("status", "codes", "exceptions", "providers", "headers", "fields"):
        value = values[key]
        if isinstance(value, dict):
            rows += [(key, f"{name} = {item}") for name, item in value.items()]
        elif value:
            rows.append((key, ", ".join(value) if isinstance(value, list) else str(value)))
    return [(key, Text(output.printable(value))) for key, value in rows]


def _wording(wording: SeenWording) -> list[tuple[str, Text]]:
    words = (f"{output.printable(name)} {share:+.1f}" for name, share in wording["words"].items())
    return [
        ("category", Text(f"{wording['category']} {wording['probability']:.0%}")),
        ("retry", Text(f"{wording['retry']:.0%}")),
        ("foreign", Text(f"{wording['foreign']:.0%}")),
        ("words", Text("   ".join(words))),
        ("nearest", Text("   ".join(wording["nearest"]))),
    ]


def _print_why(console: Console, why: Why) -> None:
    if why["evidence"] is None:
        console.print("why: there is no evidence to show")
        return
    console.print("evidence", style="dim")
    output.print_rows(console, _evidence(why["evidence"]))
    if wording := why["wording"]:
        console.print("\nwording", style="dim")
        output.print_rows(console, _wording(wording))
    console.print("\ncandidates, best first", style="dim")
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("", "entry", "by", "rank", "cue", "literal", "status"):
        right = name in ("", "rank", "literal", "status")
        table.add_column(name, justify="right" if right else "left", no_wrap=True, overflow="ignore")
    for number, candidate in enumerate(why["candidates"], 1):
        table.add_row(
            str(number),
            candidate["entry"] or f"({candidate['category']})",
            candidate["basis"],
            str(candidate["rank"]),
            "yes" if candidate["cue"] else "",
            str(candidate["literal"] or ""),
            str(candidate["status"] or ""),
        )
    console.print(table)
    order = "a provider cue, a whole message, more literal characters, an agreeing status, a shared entry, the id"
    console.print(f"the smallest rank wins; then {order}", style="dim")
