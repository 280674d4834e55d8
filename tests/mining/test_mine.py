"""`errdex mine`: the wordings in a log that no entry covers, and only those, as entries that lint accepts."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
import yaml

import errdex
from errdex.authoring.template import to_regex
from errdex.lint.checks import lint
from errdex.mining.mine import Miner
from errdex.rules.normal_form import normalise
from tests.catalog.messages import Message
from tests.cli.command import run
from tests.records.test_records import RECORDS

pytest.importorskip("drain3")

# Wordings that no API has; `#` is a number that varies, `@` a name that does.
PLANTED = [
    ("openai", 400, "The harmonic budget of this session is off by # units, retune it"),
    ("openai", 429, "Your lane is saturated: # of # lane slots carry traffic right now"),
    ("openai", 403, "Residency zone '@' does not admit workloads of this tenant"),
    ("openai", 500, "Shard @ lost its quorum while the answer was being woven"),
    ("anthropic", 400, "thinking ledger must not be folded before turn #"),
    ("anthropic", 529, "The reservoir of capacity is drained, refill expected in # seconds"),
    ("anthropic", 403, "beta ticket '@' has been withdrawn for this workspace"),
    ("cohere", 422, "rerank lattice needs at least # facets but has #"),
    ("cohere", 404, "embedding vault @ is sealed or was moved elsewhere"),
    ("cohere", 402, "the wallet of this crew holds # credits fewer than the call costs"),
    ("mistral", 400, "agent blueprint '@' declares a loop between its steps"),
    ("mistral", 429, "burst valve closed, it opens again in #s"),
    ("mistral", 503, "inference ring # is draining for an upgrade"),
    ("groq", 413, "payload of # glyphs overflows the ring buffer of # glyphs"),
    ("groq", 400, "speculative lane '@' refuses grammars with recursion"),
    ("deepseek", 402, "prepaid granules exhausted, top up at least # granules"),
    ("together", 404, "endpoint garden has no plot called @ for your team"),
    ("together", 500, "kernel braid snapped on worker #, the job was discarded"),
    ("fireworks", 429, "adaptive brake engaged at # requests, ease off for a while"),
    ("replicate", 400, "cog manifest of version @ misses the predictor stanza"),
]
NAMES = {
    "together": "together ai",
    "fireworks": "fireworks ai",
    "replicate": "https://api.replicate.com/v1/predictions",
}
"""How lines name the providers whose own names are ordinary words."""
FORMS = [
    "{time} ERROR app.chat req={n} openai.APIStatusError: Error code: {status} - {{'error': {{'message': \"{said}\", 'type': 'invalid_request_error', 'param': None, 'code': None}}}}",
    "{time} ERROR app.chat {provider} request failed: HTTP {status}: {said}",
    '{{"level": "error", "time": "{time}", "msg": "{provider} call failed", "status": {status}, "err": {{"type": "APIError", "message": "{status} {said}"}}}}',
    "{time} [error] worker-{n} | {provider}: {said}",
]
FINE = [
    "{time} INFO app.chat req={n} answered in {n} ms by {provider}",
    "{time} ERROR db psycopg.OperationalError: connection to server at 10.0.0.{n} failed",
    "{time} WARN app.http POST /orders 422 in {n} ms",
    "{time} ERROR app.orders ValueError: quantity {n} must be positive",
]


def planted_log(messages: list[Message]) -> tuple[str, list[str]]:
    """Return a log with the planted wordings among known ones and innocent lines, and the known messages in it."""
    chance = random.Random(7)
    texts = [message.text for message in chance.sample(messages, 250)]
    # Some messages are an entry's only with a certain status or field, which these lines do not have.
    known = [
        text for text in texts if all(errdex.classify(text, status=status).basis == "message" for status in (None, 400))
    ]
    known = known[:150]
    assert len(known) > 100
    lines = [record["record"] for record in RECORDS]
    for number in range(3_000):
        time = f"2026-11-21 10:{number // 60:02}:{number % 60:02}"
        provider, status, wording = PLANTED[number % len(PLANTED)]
        if number % 5 == 4:
            said = re.sub("#", lambda _: str(chance.randint(2, 9_000)), wording)
            said = said.replace("@", chance.choice(["alpha-7", "eu-9", "tango-2", "zulu-41"]))
            form = FORMS[0 if provider == "openai" else 1 + number // 100 % 3]
        elif number % 5 == 3:
            said, form = known[number % len(known)].replace('"', "'"), FORMS[chance.randint(0, 3)]
        else:
            said, form = "", FINE[number % len(FINE)]
        lines.append(
            form.format(time=time, n=number % 250, provider=NAMES.get(provider, provider), status=status, said=said)
        )
    # Each wording comes at a fifth of its numbers only; the others follow here.
    for number, (provider, status, wording) in enumerate(PLANTED):
        for turn in range(6):
            said = re.sub("#", lambda _: str(chance.randint(2, 9_000)), wording).replace("@", f"name-{turn}")
            form = FORMS[0 if provider == "openai" else 1 + turn % 3]
            lines.append(
                form.format(
                    time="2026-11-21 12:00:00",
                    n=number,
                    provider=NAMES.get(provider, provider),
                    status=status,
                    said=said,
                )
            )
    return "".join(f"{line}\n" for line in lines), known


@pytest.fixture(scope="module")
def log(messages_found: tuple[list[Message], list[str]]) -> tuple[str, list[str]]:
    return planted_log(messages_found[0])


@pytest.fixture(scope="module")
def entries(log: tuple[str, list[str]], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict]]:
    """The entries that the command wrote, and their folder."""
    folder = tmp_path_factory.mktemp("mined")
    done = run("mine", "--out", str(folder), stdin=log[0].encode())
    assert done.returncode == 0, done.stderr
    return folder, [
        entry for path in sorted(folder.rglob("*.yaml")) for entry in yaml.safe_load(path.read_text("utf-8"))
    ]


def test_planted_wordings_are_found(entries: tuple[Path, list[dict]]) -> None:
    """At least 18 of 20, each as one template that all its forms match."""
    patterns = [re.compile(to_regex(message), re.IGNORECASE) for entry in entries[1] for message in entry["messages"]]
    found = []
    for _, _, wording in PLANTED:
        said = [
            normalise(wording.replace("#", number).replace("@", name))
            for number, name in (("7", "a-1"), ("850", "b-22"))
        ]
        found.append(any(all(pattern.fullmatch(text) for text in said) for pattern in patterns))
    missing = [wording for (_, _, wording), is_found in zip(PLANTED, found, strict=True) if not is_found]
    assert len(missing) <= 2, missing


def test_known_wordings_and_innocent_lines_are_not(
    log: tuple[str, list[str]], entries: tuple[Path, list[dict]]
) -> None:
    """Nothing is named that an entry covers, and nothing that is no error of an LLM API."""
    named = [example for entry in entries[1] for example in entry["examples"]]
    planted = [
        re.escape(wording).replace(r"\#", r"\d+").replace("#", r"\d+").replace("@", r"[\w-]+")
        for _, _, wording in PLANTED
    ]
    others = [text for text in named if not any(re.search(pattern, text) for pattern in planted)]
    assert others == []


def test_lint_accepts_them_once_the_blanks_are_filled(entries: tuple[Path, list[dict]], tmp_path: Path) -> None:
    folder, found = entries
    for path in folder.rglob("*.yaml"):
        target = tmp_path / path.relative_to(folder)
        target.parent.mkdir(exist_ok=True)
        text = path.read_text("utf-8").replace("title: TODO", "title: What this is called")
        text = text.replace("meaning: TODO", "meaning: What it means for whoever called the API.")
        target.write_text(text.replace("fix: TODO", "fix: What to do about it."))
    report = lint(tmp_path)
    assert [str(issue) for issue in report.issues if issue.severity == "error"] == []
    catalog = errdex.Catalog.load(tmp_path)
    for entry in found:
        for example in entry["examples"]:
            assert catalog.classify(example, provider=entry["id"].partition("/")[0]).entry == entry["id"]


def test_what_was_added_is_known_from_then_on(
    log: tuple[str, list[str]], entries: tuple[Path, list[dict]], tmp_path: Path
) -> None:
    folder, _ = entries
    for path in folder.rglob("*.yaml"):
        target = tmp_path / path.relative_to(folder)
        target.parent.mkdir(exist_ok=True)
        target.write_text(path.read_text("utf-8").replace("TODO", "Something that a person wrote about it."))
    miner = Miner(errdex.Catalog.load(tmp_path))
    miner.feed(log[0].encode())
    miner.finish()
    assert [list(cluster.messages) for cluster in miner.clusters] == []


def test_secrets_do_not_reach_an_entry() -> None:
    line = "2026-11-21 10:00:00 ERROR openai: the flux ledger rejected sk-proj-Ab3dEf6hIj9kLm2nOp5q of jo@example.com at gate 7\n"
    done = run("mine", stdin=line)
    assert done.returncode == 0
    assert "flux ledger" in done.stdout
    assert "Ab3dEf6" not in done.stdout
    assert "jo@example" not in done.stdout


def test_nothing_found_and_nothing_overwritten(tmp_path: Path) -> None:
    assert run("mine", stdin="fine\n").returncode == 1
    line = "ERROR openai: the flux ledger rejected the call at gate 7\n"
    assert run("mine", "--out", str(tmp_path), stdin=line).returncode == 0
    again = run("mine", "--out", str(tmp_path), stdin=line)
    assert again.returncode == 2
    assert "exists" in again.stderr
