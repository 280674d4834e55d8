"""A report as one HTML page that needs nothing else: no network, no script, no file beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from html import escape
from pathlib import Path
from typing import Final

from errdex.classifier.exception_notes import printable
from errdex.logfilter.incident import Bar, Group, Incident

_STEPS: Final = 5
_HEIGHT: Final = 220  # of the chart, in units of its own
_WIDTH: Final = 960
_LEFT: Final = 48  # where its first bar begins
_LABELS: Final = 6  # times written below it
_COLOURS: Final = 8  # categories with a colour of their own; the others share the last

_STYLE: Final = Path(__file__).with_name("report.css")


def page(incident: Incident, logs: Sequence[str]) -> str:
    """Return a report.

    Args:
        incident: What was found.
        logs: The names of the logs.
    """
    return "\n".join(_page(incident, logs)) + "\n"


def _page(incident: Incident, logs: Sequence[str]) -> Iterator[str]:
    yield '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield f"<title>LLM API errors: {incident.total:,}</title>"
    yield f"<style>\n{_STYLE.read_text('utf-8')}</style>\n</head>\n<body>\n<main>"
    yield f"<h1>{_errors(incident.total, 'LLM API error')}</h1>"
    yield f'<p class="soft">in {escape(printable(", ".join(logs)))}{_when(incident)}</p>'
    if incident.is_partial:
        yield "<p>Reading was interrupted: some errors are missing.</p>"
    groups = incident.groups
    if not groups:
        yield "<p>No API error was found in this log.</p>\n</main>\n</body>\n</html>"
        return
    yield '<h2>What to do first</h2>\n<p class="soft">First what no retry cures and hits more than single requests,'
    yield " last what passes by itself. Numbers in a fix are those of the first error of its kind.</p>\n<ol>"
    for group in incident.first_steps[:_STEPS]:
        yield f"<li><strong>{escape(group.title)}</strong> ({_errors(group.errors)}). {_fix(group.fix)}</li>"
    yield "</ol>"
    bars, step = incident.bars
    if bars:
        yield "<h2>Errors over time</h2>"
        yield from _chart(bars, step, incident.untimed)
    yield "<h2>By entry</h2>"
    for group in groups:
        yield from _group(group, incident.total)
    yield '<p class="soft">Keys, tokens, passwords and e-mail addresses are masked by their shape:'
    yield " look before you pass it on.</p>"
    yield "</main>\n</body>\n</html>"


def _errors(count: int, what: str = "error") -> str:
    return f"{count:,} {what}{'s' * (count != 1)}"


def _when(incident: Incident) -> str:
    firsts = [group.first for group in incident.groups if group.first]
    lasts = [group.last for group in incident.groups if group.last]
    return f", {min(firsts)} to {max(lasts)}" if firsts else ""


def _fix(text: str) -> str:
    """Return a fix as HTML, with its `backticked` parts as code."""
    parts = escape(text).split("`")
    return "".join(f"<code>{part}</code>" if number % 2 else part for number, part in enumerate(parts))


def _group(group: Group, total: int) -> Iterator[str]:
    name = escape(group.entry)
    link = f'<a href="{escape(group.docs_url)}">{name}</a>' if group.docs_url else name
    verdict = '<span class="yes">yes</span>' if group.retryable else '<span class="no">no</span>'
    yield f'<article>\n<header><h3>{escape(group.title)}</h3><span class="count">{group.errors:,}</span></header>'
    yield f"<p>{_fix(group.fix)}</p>\n<dl>"
    facts = [
        ("entry", link),
        ("category", escape(group.category)),
        ("worth a retry", verdict),
        ("scope", escape(group.scope)),
        ("action", escape(group.action.replace("_", " "))),
        ("share", f"{100 * group.errors / total:.1f} %"),
    ]
    if group.first and group.last:
        facts += [("first", escape(group.first)), ("last", escape(group.last))]
    for name, value in facts:
        yield f"<div><dt>{name}</dt><dd>{value}</dd></div>"
    yield f"</dl>\n<pre>{escape(group.sample)}</pre>\n</article>"


def _chart(bars: list[Bar], step: timedelta, untimed: int) -> Iterator[str]:
    """Yield the chart: a bar a period, one part of it a category, and the same as a table."""
    counts: Counter[str] = Counter()
    for bar in bars:
        counts.update(bar.categories)
    order = [category for category, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
    colours = {category: f"var(--c{min(number, _COLOURS - 1)})" for number, category in enumerate(order)}
    said = ", ".join(f"{category} {counts[category]:,}" for category in order)
    yield '<div class="chart" tabindex="0" role="region" aria-label="Chart of errors over time">'
    yield f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT + 40}" role="img" aria-label="{escape(said)}">'
    yield from _bars(bars, colours)
    yield '</svg>\n</div>\n<ul class="legend">'
    for category in order:
        mark = f'<span style="background: {colours[category]}"></span>'
        yield f"<li>{mark}{escape(category)} {counts[category]:,}</li>"
    left = f" {untimed:,} more have no time." if untimed else ""
    yield f'</ul>\n<p class="soft">A bar is {_length(step)}.{left}</p>'
    yield "<details>\n<summary>The chart as a table</summary>\n<table>"
    yield "<tr>" + "".join(f'<th scope="col">{name}</th>' for name in ("from", "errors", "of which")) + "</tr>"
    for bar in bars:
        if bar.categories:
            found = [category for category in order if category in bar.categories]
            parts = ", ".join(f"{escape(category)} {bar.categories[category]:,}" for category in found)
            total = sum(bar.categories.values())
            yield f"<tr><td>{bar.start:%Y-%m-%d %H:%M}</td><td>{total:,}</td><td>{parts}</td></tr>"
    yield "</table>\n</details>"


def _bars(bars: list[Bar], colours: dict[str, str]) -> Iterator[str]:
    """Yield the shapes of the chart; `colours` has the categories, the most frequent first."""
    most = max(sum(bar.categories.values()) for bar in bars)
    yield f'<text x="0" y="20">{most:,}</text><text x="0" y="{_HEIGHT}">0</text>'
    yield f'<line x1="{_LEFT}" y1="{_HEIGHT}" x2="{_WIDTH}" y2="{_HEIGHT}" stroke="var(--line)"/>'
    wide = (_WIDTH - _LEFT) / len(bars)
    every = max(1, round(len(bars) / _LABELS))
    days = bars[0].start.date() != bars[-1].start.date()
    for number, bar in enumerate(bars):
        left, top = _LEFT + number * wide, float(_HEIGHT)
        for category, colour in colours.items():
            count = bar.categories.get(category, 0)
            if count:
                height = max(1.0, (_HEIGHT - 10) * count / most)
                top -= height
                yield (
                    f'<rect x="{left:.1f}" y="{top:.1f}" width="{max(1.0, wide - 2):.1f}" height="{height:.1f}" '
                    f'fill="{colour}"><title>{bar.start:%Y-%m-%d %H:%M}: {escape(category)} {count:,}</title></rect>'
                )
        if number % every == 0 and (number + every <= len(bars) or number == 0):
            shown = f"{bar.start:%m-%d %H:%M}" if days else f"{bar.start:%H:%M}"
            yield f'<text x="{left:.1f}" y="{_HEIGHT + 20}">{shown}</text>'


def _length(step: timedelta) -> str:
    minutes = int(step.total_seconds() // 60)
    for size, name in ((1440, "day"), (60, "hour")):
        if minutes % size == 0:
            return f"{minutes // size} {name}{'s' * (minutes != size)}"
    return f"{minutes} minute{'s' * (minutes != 1)}"
