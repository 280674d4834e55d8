"""What every command needs for its output: the console, the wording of a verdict, printable values."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment
from rich.text import Text

from errdex.classifier.catalog import Catalog
from errdex.model.duration import duration
from errdex.model.errors import ErrdexError
from errdex.model.printable import printable_json
from errdex.model.scope import Action, Scope

JSON_SCHEMA = 1
"""Version of the objects that `--json` prints; keys may be added, but are never renamed in one version."""

PAGE_WIDTH = 100
"""Columns of a page of running text, if there is no terminal."""

_LINE_WIDTH = 1_000  # a pipe has no width: nothing is wrapped, so that lines can be searched


class _Console(Console):
    """A console on which no text controls the terminal, and that leaves a closed pipe to the command line."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Render anything, with characters that do not print replaced: texts of catalogs and logs may have any."""
        for segment in super().render(renderable, options):
            safe = segment.control or segment.text.isprintable() or segment.text == "\n"
            yield segment if safe else Segment("\n".join(map(printable, segment.text.split("\n"))), segment.style)

    def on_broken_pipe(self) -> None:
        """Propagate the error."""
        raise BrokenPipeError


def console(color: str, piped_width: int = _LINE_WIDTH, stderr: bool = False) -> Console:
    """Return a console that obeys `--color`, then NO_COLOR and FORCE_COLOR, then the terminal."""
    width = None if (sys.stderr if stderr else sys.stdout).isatty() else piped_width
    if color == "never":
        return _Console(no_color=True, color_system=None, highlight=False, markup=False, width=width, stderr=stderr)
    if color == "always":
        return _Console(force_terminal=True, no_color=False, highlight=False, markup=False, width=width, stderr=stderr)
    return _Console(highlight=False, markup=False, width=width, stderr=stderr)


def verdict(retryable: bool, retry_after: float | None, action: Action) -> Text:
    """Return the retry verdict in words and colour."""
    if not retryable:
        until = "not before the limit opens" if action is Action.WAIT else "the same request will fail again"
        return Text(f"no: {until}", style="bold red")
    if retry_after is None:
        return Text("yes", style="bold green")
    return Text(f"yes, after {retry_after:g} s", style="bold yellow")


def course(scope: Scope, action: Action, resets_in: float | None = None) -> list[tuple[str, Text]]:
    """Return what else fails and what to do next, as rows of a card."""
    rows = [("fails", Text(f"{scope}: {scope.meaning}"))]
    if action is not Action.NONE:
        opens = f" The limit opens in {duration(resets_in)}." if resets_in else ""
        rows.append(("next", Text(f"{action}: {action.meaning}{opens}")))
    elif resets_in:
        rows.append(("next", Text(f"The limit opens in {duration(resets_in)}.")))
    return rows


def check_provider(catalog: Catalog, provider: str | None) -> None:
    """Reject a provider that the catalog does not have.

    Raises:
        ErrdexError: There is no provider with this name; names the known ones.
    """
    if provider and provider not in catalog.providers:
        known = ", ".join(sorted(catalog.providers))
        raise ErrdexError(f"no provider {provider!r} in the catalog; known providers: {known}")


def code_spans(text: str, colour: bool) -> Text:
    """Return a text with its `backticked` parts styled as code; without colour they keep their backticks."""
    if not colour:
        return Text(text)
    out = Text()
    for number, part in enumerate(text.split("`")):
        out.append(part, style="bold cyan" if number % 2 else "")
    return out


def printable(value: object) -> str:
    """Return a value for printing on a terminal, without control characters."""
    shown = ", ".join(value) if isinstance(value, tuple) else str(value)
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in shown)


def print_json(value: Mapping[str, object], indent: int | None = None) -> None:
    """Print an object as JSON, with `schema` first; characters that control a terminal are escaped."""
    print(printable_json(json.dumps({"schema": JSON_SCHEMA, **value}, ensure_ascii=False, indent=indent)))


def print_rows(console: Console, rows: list[tuple[str, Text]]) -> None:
    """Print one name and text per line; on a terminal, long texts are wrapped beside their names."""
    width = max((len(name) for name, _ in rows), default=0) + 2
    room = max(console.width - width, 20)
    for name, text in rows:
        for number, line in enumerate(text.wrap(console, room) if console.is_terminal else [text]):
            console.print(Text.assemble((("" if number else name).ljust(width), "dim"), line), soft_wrap=True)
