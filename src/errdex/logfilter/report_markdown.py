"""A report as Markdown, for an issue or a chat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from errdex.classifier.exception_notes import printable
from errdex.logfilter.incident import Group, Incident

_STEPS: Final = 5
_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~])")


def markdown(incident: Incident, logs: Sequence[str]) -> str:
    """Return a report.

    Args:
        incident: What was found.
        logs: The names of the logs.
    """
    return "\n".join(_lines(incident, logs)) + "\n"


def _lines(incident: Incident, logs: Sequence[str]) -> Iterator[str]:
    yield "# LLM API errors\n"
    yield f"{incident.total:,} errors in {', '.join(f'`{_code(name)}`' for name in logs)}."
    groups = incident.groups
    if not groups:
        return
    yield "\n## What to do first\n\nNumbers in a fix are those of the first error of its kind.\n"
    for number, group in enumerate(incident.first_steps[:_STEPS], 1):
        yield f"{number}. **{_text(group.title)}** ({group.errors:,}): {_fix(group.fix)}"
    yield "\n## By entry\n"
    yield "| errors | entry | category | worth a retry | scope | action | first | last |"
    yield "| ---: | --- | --- | --- | --- | --- | --- | --- |"
    for group in groups:
        yield (
            f"| {group.errors:,} | {_name(group)} | {group.category} | {'yes' if group.retryable else 'no'} "
            f"| {group.scope} | {group.action} | {group.first or '–'} | {group.last or '–'} |"
        )
    bars, _ = incident.bars
    if bars:
        yield "\n## Over time\n"
        yield "| from | errors | |\n| --- | ---: | --- |"
        for bar in bars:
            said = ", ".join(f"{category} {count:,}" for category, count in sorted(bar.categories.items()))
            yield f"| {bar.start:%Y-%m-%d %H:%M} | {sum(bar.categories.values()):,} | {said} |"
    yield "\n## Sample lines\n"
    for group in groups:
        fence = "`" * (max(map(len, re.findall("`+", group.sample)), default=2) + 1)
        yield f"{_name(group)}:\n\n{fence}text\n{group.sample}\n{fence}\n"


def _name(group: Group) -> str:
    return f"[{group.entry}]({group.docs_url})" if group.docs_url else group.entry


def _fix(text: str) -> str:
    """Return a fix as Markdown; its `backticked` parts are code already."""
    parts = text.split("`")
    if len(parts) % 2 == 0:
        return _text(text)
    return "`".join(part if number % 2 else _text(part) for number, part in enumerate(parts))


def _text(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _code(text: str) -> str:
    return printable(text).replace("`", "'")
