"""Look into the corpus and its answers: `python -m tests.engines --help`."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from tests.clock import stopped

from . import answers
from .access import Catalog, load_catalog
from .corpus import compose
from .engines import ENGINES, Difference, report
from .inputs import Input


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser("python -m tests.engines", description="Look into the corpus and its answers.")
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--freeze", action="store_true", help="write the reference's digests to answers.txt")
    action.add_argument("--dump", metavar="FILE", type=Path, help="write all answers as JSON lines")
    action.add_argument(
        "--compare", metavar=("OLD", "NEW"), nargs=2, type=Path, help="show what differs between two dumps"
    )
    action.add_argument("--show", metavar="ID", help="show one input and its answer")
    parser.add_argument(
        "--engine", choices=ENGINES, default="reference", help="whose answers (default: the reference's)"
    )
    parser.add_argument("--each", metavar="N", type=int, default=3, help="inputs shown of a kind (default: 3)")
    asked = parser.parse_args()
    if asked.compare:
        print(_compared(*map(answers.read, asked.compare), each=asked.each))
        return
    catalog = load_catalog()
    engine = ENGINES[asked.engine]
    inputs = [one for one in compose(catalog) if engine.takes(one)]
    if asked.show:
        inputs = [one for one in inputs if one.id == asked.show]
        if not inputs:
            parser.error(f"{asked.engine} takes no such input: {asked.show!r}")
        print(_shown(catalog, inputs[0], asked.engine))
        return
    said = engine.run(catalog, inputs)
    if asked.freeze:
        answers.freeze(answers.digests(inputs, said))
    else:
        answers.dump(asked.dump, inputs, said)


def _shown(catalog: Catalog, one: Input, engine: str) -> str:
    raw = one.raw if one.kind == "text" else json.dumps(one.raw, indent=2, ensure_ascii=False)
    (said,) = ENGINES[engine].run(catalog, [one])
    return f"{raw}\n\n{dict(one.hints) or ''}\n{json.dumps(said, indent=2, ensure_ascii=False)}"


def _compared(old: dict[str, dict], new: dict[str, dict], each: int) -> str:
    """Return what differs between two dumps, by kind."""
    found = [
        Difference(Input(name, row["entry"], row["kind"], row["raw"]), row["answer"], new[name]["answer"])
        for name, row in old.items()
        if name in new and row["answer"] != new[name]["answer"]
    ]
    lines = [report(found, each)]
    changed = [name for name, row in old.items() if name in new and row["raw"] != new[name]["raw"]]
    groups = {
        "only in OLD": old.keys() - new.keys(),
        "only in NEW": new.keys() - old.keys(),
        "of another text": changed,
    }
    for what, names in groups.items():
        if names:
            lines.append(f"{len(names)} inputs {what}: {', '.join(sorted(names)[:each])}")
    return "\n".join(lines)


with stopped():
    main()
