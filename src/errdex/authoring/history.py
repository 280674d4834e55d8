"""The history of a catalog: what each release of it changed, in the file `history.jsonl` beside its YAML.

The first line names the version that comes next; a line for each release follows, and behind it a line for each entry
that was new in it or had changed, with the facts of the entry from then on (null if it was gone):

```json
{"catalog": 1, "next": "0.2.0"}
{"release": "0.1.0", "date": "2026-12-01"}
{"id": "acme/slots-busy", "facts": {"category": "rate_limit", "retryable": true, "messages": ["5d41402a"]}}
```

So the file alone tells what the catalog was at the last release. `errdex history` writes it.
"""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from errdex.model.errors import Issue, Location

NAME: Final = "history.jsonl"
FORMAT: Final = 1
VERDICT: Final = ("category", "retryable", "retry_after")
"""The facts that decide what a program does."""
_MAX_BYTES: Final = 50_000_000
_VERSION: Final = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+-]{0,39}")
_DATE: Final = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")
_TEXTS: Final = ("category", "scope", "action", "replaced_by", "title")

Facts = dict[str, Any]
"""What a release says of an entry: category, retryable, retry_after, action, scope, its messages, …"""


@dataclass(slots=True)
class History:
    """What the releases of a catalog changed."""

    next: str | None = None
    """The version that comes next, if its number is known."""
    releases: list[tuple[str, str]] = field(default_factory=list)
    """(version, date), oldest first."""
    facts: dict[str, Facts] = field(default_factory=dict)
    """The facts of each entry at the last release."""
    since: dict[str, str] = field(default_factory=dict)
    """The first release of each entry."""
    steps: dict[str, dict[str, Facts | None]] = field(default_factory=dict)
    """Release → the entries that it changed, with their new facts."""

    @property
    def version(self) -> str | None:
        """The version of what the YAML is now: the one that comes next, or the last release."""
        return self.next or (self.releases[-1][0] if self.releases else None)

    def add(self, name: str, facts: Facts | None) -> None:
        """Note what the last release changed in an entry; None if it was gone."""
        version = self.releases[-1][0]
        self.steps[version][name] = facts
        if facts is None:
            self.facts.pop(name, None)
        else:
            self.since.setdefault(name, version)
            self.facts[name] = facts

    def verdicts(self) -> dict[str, list[tuple[str, Facts, Facts]]]:
        """Return the changed verdicts by entry: (release, facts before, facts after), oldest first."""
        now: dict[str, Facts] = {}
        found: dict[str, list[tuple[str, Facts, Facts]]] = {}
        for version, step in self.steps.items():
            for name, facts in step.items():
                before = now.get(name)
                if before and facts and any(before.get(key) != facts.get(key) for key in VERDICT):
                    found.setdefault(name, []).append((version, before, facts))
                if facts:
                    now[name] = facts
        return found

    def dump(self) -> str:
        """Return the text of the file."""
        lines: list[Any] = [{"catalog": FORMAT, "next": self.next}]
        for version, date in self.releases:
            lines.append({"release": version, "date": date})
            lines += ({"id": name, "facts": facts} for name, facts in sorted(self.steps[version].items()))
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def is_version(value: object) -> bool:
    """Tell whether a value is the number of a release, such as 0.1.0."""
    return isinstance(value, str) and _VERSION.fullmatch(value) is not None


def is_date(value: object) -> bool:
    """Tell whether a value is a date, such as 2026-12-01."""
    return isinstance(value, str) and _DATE.fullmatch(value) is not None


def read(root: Path, issues: list[Issue]) -> History | None:
    """Read the history in a catalog's folder; add what is wrong to `issues`; None if there is none."""
    path = root / NAME
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > _MAX_BYTES:
            raise ValueError(f"not a file of at most {_MAX_BYTES:,} bytes")
        text = path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        issues.append(Issue(Location(str(path), 1, 1), "history", f"cannot be read: {error}"))
        return None
    return parse(text, path, issues)


def parse(text: str, path: Path, issues: list[Issue]) -> History:
    """Read the text of a history; add what is wrong to `issues`, with its place in the file at `path`."""
    history = History()
    for number, line in enumerate(text.split("\n"), 1):
        if line:
            place = Location(str(path), number, 1)
            issues += (Issue(place, "history", message) for message in _read_line(history, line, number == 1))
    return history


def _read_line(history: History, line: str, first: bool) -> Iterator[str]:
    """Read a line into a history; yield what is wrong with it."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        yield "not a line of JSON"
        return
    given = value if isinstance(value, dict) else {}
    if first:
        if given.keys() != {"catalog", "next"} or given["catalog"] != FORMAT or not _is_next(given["next"]):
            yield f'the first line must be {{"catalog": {FORMAT}, "next": VERSION or null}}'
        else:
            history.next = given["next"]
    elif given.keys() == {"release", "date"} and is_version(given["release"]) and is_date(given["date"]):
        if given["release"] in history.steps:
            yield f"the release {given['release']!r} stands here twice"
        else:
            history.releases.append((given["release"], given["date"]))
            history.steps[given["release"]] = {}
    elif given.keys() == {"id", "facts"} and _is_text(given["id"]) and _is_facts(given["facts"]):
        if history.releases:
            history.add(given["id"], given["facts"])
        else:
            yield "an entry must stand below the release that changed it"
    else:
        yield 'a line must be {"release": …, "date": …} or {"id": …, "facts": …}'


def _is_next(value: object) -> bool:
    return value is None or is_version(value)


def _is_text(value: object, may_be_missing: bool = False) -> bool:
    return (isinstance(value, str) and 0 < len(value) <= 300) or (value is None and may_be_missing)


def _is_facts(value: object) -> bool:
    if value is None:
        return True
    if not isinstance(value, dict) or type(value.get("retryable")) is not bool or "category" not in value:
        return False
    messages = value.get("messages", [])
    wait = value.get("retry_after")
    return (
        all(_is_text(value[key], True) for key in _TEXTS if key in value)
        and (wait is None or type(wait) in (int, float))
        and isinstance(messages, list)
        and all(isinstance(text, str) for text in messages)
    )
