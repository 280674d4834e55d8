"""Catalogs of any size and logs with a known share of hits, for `errdex annotate`; kept in the temporary folder.

Catalogs of more than a few hundred templates are the built-in one plus generated wordings, compiled as `errdex build`
does. The logs report the wordings of their catalog: each in turn, with no line twice.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from benchmarks import annotate_wordings, log_lines, sdk_lines
from benchmarks.annotate_wordings import Wording, fill, made_up, nearly
from errdex.authoring.build import build
from errdex.authoring.status_table import DERIVED, ROWS
from errdex.authoring.template import parse
from errdex.classifier.catalog import Catalog
from errdex.rules import compiled
from errdex.rules.compiled import Rules

BLOCK: Final = 20_000
"""How many innocent lines are generated; after that, they are repeated with other ids."""
_NEAR: Final = 25  # one innocent line in this many is a near miss
_FILE: Final = 400  # entries per YAML file
_ID = re.compile(rb"\b[0-9a-f]{4}(?=[0-9a-f]{4}(?:[0-9a-f]{8})?\b)")
_PROVIDER: Final = "example"


class Logs(NamedTuple):
    """A file of log lines, and how many of them report an error of the catalog."""

    path: Path
    lines: int
    hits: int


@cache
def _digest() -> str:
    """Return a digest that identifies the built-in catalog and this code, as they were when the run began."""
    digest = hashlib.blake2b(digest_size=4)
    sources = [Path(str(module.__file__)) for module in (annotate_wordings, log_lines, sdk_lines)]
    for path in (Path(compiled.DATA, compiled.RULES), Path(compiled.DATA, compiled.PAGES), Path(__file__), *sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _folder() -> Path:
    """Return the folder that everything is kept in; it depends on the built-in catalog and on the code here."""
    return Path(tempfile.gettempdir(), "errdex-benchmarks", _digest())


def compiled_catalog(templates: int) -> Path:
    """Return the folder of a compiled catalog with this many templates; its YAML is beside it."""
    folder = _folder() / f"{templates}-templates"
    out = folder / "data"
    if not compiled.is_built(out):
        _write_yaml(folder / "yaml", templates)
        build(folder / "yaml", out)
    return out


def _write_yaml(folder: Path, templates: int) -> None:
    """Write a catalog as JSON files: JSON is YAML, and fast to write."""
    pages = compiled.read_pages()
    ours = pages["entries"]
    count = len(compiled.read_rules()["templates"])
    entries = _some(ours, templates) if templates < count else [*ours.values(), *generated_entries(templates - count)]
    provider = {"provider": _PROVIDER, "name": "Example", "docs": "https://example.com/errors"}
    for name, page in (pages["providers"] | {_PROVIDER: {**provider, "prefixes": ["invalid request: "]}}).items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        (folder / name / "provider.yaml").write_text(json.dumps(page), encoding="utf-8")
        every = [entry for entry in entries if entry["id"].startswith(f"{name}/")]
        own = [entry for entry in every if entry.get("kind") != "default"]
        rows = {
            entry["id"].partition("/")[2]: {key: value for key, value in entry.items() if key not in DERIVED}
            for entry in every
            if entry.get("kind") == "default"
        }
        if rows:
            (folder / name / "statuses.yaml").write_text(json.dumps({ROWS: rows}, indent=0), encoding="utf-8")
        for start in range(0, len(own), _FILE):
            text = json.dumps(own[start : start + _FILE], indent=0, ensure_ascii=False)
            (folder / name / f"entries-{start}.yaml").write_text(text, encoding="utf-8")


def _some(entries: dict[str, Any], templates: int) -> list[Any]:
    """Return this many entries with one template each: some of Cohere's, and generated ones if those are too few."""
    own = [
        {**entry, "messages": entry["messages"][:1]}
        for name, entry in entries.items()
        if name.startswith("cohere/") and entry.get("messages") and not entry.keys() & {"match", "support", "kind"}
    ]
    if templates > len(own):
        return [*own, *generated_entries(templates - len(own))]
    return [own[number * len(own) // templates] for number in range(templates)]


def generated_entries(count: int) -> list[Any]:
    """Return entries with one generated wording each."""
    return [
        {
            "id": f"{_PROVIDER}/made-up-{number}",
            "title": f"Made-up error {number}",
            "status": 400,
            "category": "invalid_request",
            "messages": [message],
            "meaning": "Nobody sends this message: it makes a catalog larger.",
            "fix": "Change the request as the message says.",
            "examples": [fill(parse(message), random.Random(number))],
            "provenance": "observed",
            "sources": ["https://example.com/errors"],
            "verified": "2026-11-21",
        }
        for number, message in enumerate(islice(made_up(), count))
    ]


def wordings(data: Path) -> list[Wording]:
    """Return the templates of a compiled catalog that need nothing but their text."""
    entries = compiled.read_pages(data)["entries"].values()
    return [parse(message) for entry in entries if "support" not in entry for message in _messages(entry)]


def _messages(entry: dict[str, Any]) -> list[str]:
    alone = [item["message"] for item in entry.get("match", ()) if item.keys() == {"message"}]
    return [*entry.get("messages", ()), *alone]


def literals(templates: int) -> Path:
    """Return a file with the longest literal of each template, one per line, for a search for fixed strings."""
    data = compiled_catalog(templates)
    return literals_of(data, data.parent / "literals.txt")


def hit_lines(catalog: Sequence[Wording], seed: int = 7) -> Iterator[str]:
    """Yield lines that report an error, endlessly: each wording of the catalog in turn, no line twice."""
    pick = random.Random(seed)
    order = list(catalog)
    pick.shuffle(order)

    def messages() -> Iterator[str]:
        while True:
            for parts in order:
                yield fill(parts, pick)

    return log_lines.error_lines(messages(), seed)


def innocent_lines(data: Path, catalog: Sequence[Wording], count: int) -> list[str]:
    """Return lines that report no error, some of them near misses: a wording's words in another text."""
    reader = Catalog(Rules(compiled.read_rules(data)))
    plain = islice(log_lines.log_lines(), count)
    # Words in another order are occasionally the wording of another entry.
    near = (line for line in nearly(catalog) if not reader.detect(line))
    return [next(near) if number % _NEAR == 0 else line for number, line in enumerate(plain)]


def logs(templates: int, per_mille: int, size: int) -> Logs:
    """Return a log of about `size` bytes with `per_mille` hits per 1,000 lines, for the catalog of `templates`."""
    data = compiled_catalog(templates)
    path = data.parent / f"{per_mille}-per-mille-{size}.log"
    facts = path.with_suffix(".json")
    if not (path.exists() and facts.exists()):
        catalog = wordings(data)
        lines, hits = _write(path, per_mille, size, innocent_lines(data, catalog, BLOCK), hit_lines(catalog))
        facts.write_text(json.dumps([lines, hits]), encoding="utf-8")
    return Logs(path, *json.loads(facts.read_text(encoding="utf-8")))


def literals_of(data: Path, path: Path) -> Path:
    """Write, and return, a file with the longest literal of each template of a compiled catalog, one per line."""
    longest = [max((part for part in parts if isinstance(part, str)), key=len) for parts in wordings(data)]
    path.write_text("".join(f"{literal}\n" for literal in dict.fromkeys(longest)), encoding="utf-8")
    return path


def sdk_logs(per_mille: int, size: int) -> Logs:
    """Return a log of about `size` bytes with `per_mille` lines per 1,000 as SDKs and loggers write errors.

    The errors are those of the built-in catalog; with 1,000, it is the log of an incident.
    """
    path = _folder() / f"sdk-{per_mille}-per-mille-{size}.log"
    facts = path.with_suffix(".json")
    if not (path.exists() and facts.exists()):
        path.parent.mkdir(parents=True, exist_ok=True)
        if per_mille == 1_000:
            lines = hits = _write_incident(path, size)
        else:
            data = Path(compiled.DATA)
            innocent = innocent_lines(data, wordings(data), BLOCK)
            lines, hits = _write(path, per_mille, size, innocent, sdk_lines.sdk_lines())
        facts.write_text(json.dumps([lines, hits]), encoding="utf-8")
    return Logs(path, *json.loads(facts.read_text(encoding="utf-8")))


def _write_incident(path: Path, size: int) -> int:
    """Write the log of an incident; return its lines."""
    lines = 0
    texts = sdk_lines.incident_lines()
    with path.open("wb") as file:
        while file.tell() < size:
            file.write("".join(f"{text}\n" for text in islice(texts, 1_000)).encode())
            lines += 1_000
    return lines


def _write(path: Path, per_mille: int, size: int, innocent: list[str], hits: Iterator[str]) -> tuple[int, int]:
    """Write a log; return its lines and hits. Innocent lines are repeated with other ids, every hit is new."""
    pick = random.Random(7)
    pieces = _ID.split("".join(f"{line}\n" for line in innocent).encode())
    step = 1000 // per_mille
    lines = found = number = 0
    left = size
    with path.open("wb") as file:
        while left > 0:
            block = (b"%04x" % number).join(pieces).splitlines(keepends=True)
            places = [start + pick.randrange(step) for start in range(0, len(block), step)]
            for place in places:
                block[place] = next(hits).encode() + b"\n"
            whole = sum(map(len, block))
            kept = min(len(block), round(len(block) * left / whole))  # the last block is cut off
            file.writelines(block[:kept])
            left -= whole
            lines += kept
            found += sum(place < kept for place in places)
            number += 1
    return lines, found
