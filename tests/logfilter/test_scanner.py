"""Each scanner finds all that the definition finds."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest

from errdex.authoring.source import Source
from errdex.classifier.catalog import Catalog
from errdex.logfilter.notes import as_logfmt
from tests import DATA
from tests.chinese_catalog import FOUND, LEFT, chinese_catalog
from tests.clock import stopped
from tests.conftest import Share
from tests.logfilter.annotated import KNOWN, SCANNERS, every_scanner, naive, noted, notes_of
from tests.wrappers import LOGS, WRAPPERS


def corpus(source: Source) -> list[bytes]:
    """Examples of the catalog in the lines of logs, and lines that are none."""
    pick = random.Random(3)
    lines = []
    for entry in source.entries.values():
        for shown in entry.examples:
            text = shown if isinstance(shown, str) else str(shown.raw)
            wrap = pick.choice(WRAPPERS)
            lines += wrap(text, (entry.statuses or [400])[0]).split("\n")
            lines += pick.choice(LOGS)(text).split("\n")
            lines.append("2026-11-21 10:11:12 ERROR app: call failed: " + text.replace("\n", " "))
            lines.append(text.replace(" ", pick.choice(["  ", "\t", " ", "\xa0", " \t"])).replace("\n", " "))
            lines.append(text.upper().replace("\n", " ")[: pick.randint(20, 200)])
    lines += [json.loads(row)["text"] for row in (DATA / "reported_lines.jsonl").read_text("utf-8").splitlines()]
    for name in ("innocent_lines.txt", "innocent_logs.txt", "innocent_more.txt", "innocent_reports.txt"):
        lines += (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.encode() for line in lines if "  # errdex: " not in line]


@pytest.fixture(scope="module")
def lines(source: Source) -> list[bytes]:
    return corpus(source)


@every_scanner
def test_a_line_is_noted_if_and_only_if_it_is_an_error(
    engine: str, lines: list[bytes], catalog: Catalog, share: Share
) -> None:
    """Each scanner finds all that the definition finds, in every form a log may give it."""
    lines = share(lines, SCANNERS.index(engine), parts=4)
    log = b"\n".join(lines)
    with stopped():
        got = notes_of(noted(catalog, log, engine))
        wanted = naive(catalog, log, got)
    assert sum(map(bool, wanted)) > 1_500
    assert [line for line, want, has in zip(lines, wanted, got, strict=True) if want != has] == []


@every_scanner
@pytest.mark.parametrize(
    "line",
    [
        # one message twice, of which the first is cut by what follows it
        *[f"failed: internal server error, this has been reported to our developers. id a1 {rest}" for rest in (
            "12:00:00 ERROR failed: internal server error, this has been reported to our developers. id b2", "(400)"
        )],
        # a provider is named: whose message it is counts for more than how long it is
        "failed: The response was filtered due to the prompt triggering Azure OpenAI's content management policy. Please "
        "modify your prompt and retry. To learn more about our content filtering policies please read our documentation: "
        "_https://example.com/a error='model is overloaded'",
        # words of classes, but no class
        "ERROR job failed: could not complete finetune within timeout",
        "ERROR job failed: APITimeoutError: Request timed out.",
        "done: newconnectionerror timeout ratelimiterror",
        "12:00:00 ERROR job failed: request timeout {\"error\": {\"message\": \"no such thing\"}}",
        # blanks that are none of a template's
        "ERROR job failed: invalid \rapi token", "ERROR job failed: invalid\tapi token", "ERROR: invalid  api token",
        # a message within a word
        "12:00:00 ERROR: 17_invalid api token", "ERROR: invalid api tokenrequest_id=1", "ERROR: invalid api token\u00e9",
        # other places, heads and shared wordings
        "ERROR: invalid api token, ERROR: invalid api token", "ERROR: invalid api token, try again later, retry-after: 5",
        "ERROR: 404 page not found", "Cohere: 404 page not found", "ERROR: Error code: 401 - invalid api token",
        '{"level": "error", "msg": "invalid api token"}', '{"level": "error", "msg": "openai: invalid api token"}',
        # codes and fields, and mere words of them
        "ERROR code: invalid_api_key", "ERROR code: INVALID_API_KEY", "done: econnreset for this reason of a throttlingexception",
        "An error occurred (ThrottlingException) when calling the Converse operation: slow", "error: finish_reason: 'ERROR_TOXIC'",
        "done: operation of type detail", '{"promptFeedback": {"blockReason": "SAFETY"}}', "blockreason of safety", "connect ECONNRESET",
        # a number at the start of a field
        '{"level": "error", "message": "405 Method Not Allowed: x"}', '{"level": "error", "name": "405 Method Street", "msg": "ok"}',
        # the same message twice, none of which stands alone
        2 * KNOWN, f"{KNOWN} {KNOWN}",
    ],
)  # fmt: skip
def test_a_line_gets_the_note_of_detect(engine: str, line: str, catalog: Catalog) -> None:
    """Whatever way of judging is short enough for it."""
    assert notes_of(noted(catalog, line.encode(), engine)) == naive(catalog, line.encode())


def heads_with_a_status(catalog: Catalog) -> list[str]:
    """Return what clients write before a message, for each wrapper head that contains a status."""

    def written(part: str | list[str]) -> str:
        if isinstance(part, str):
            return part
        return "418" if part[0] == "status" else "3" if part[1] == "int" else "zorb"

    heads = ([*map(written, head)] for head in catalog._rules.heads.all())
    return ["".join(head) for head in heads if "418" in head]


@every_scanner
def test_the_status_in_a_wrapper_head(engine: str, catalog: Catalog) -> None:
    """It shows an error before words that no entry has; the word before it need not be one that goes with statuses."""
    heads = heads_with_a_status(catalog)
    lines = [before + head + "zorb blah" for head in heads for before in ("", "12:00:00 WARN ", '{"msg":"')]
    lines += ["Failed to refresh token: 400 Bad Request: Inva", "token: 418 zorb blah", "server: 418 zorb blah"]
    notes = notes_of(noted(catalog, "\n".join(lines).encode(), engine))
    expected = [catalog._full.detect(line) for line in lines]
    assert notes == [as_logfmt(answer) if answer else b"" for answer in expected]
    assert sum(map(bool, expected)) > len(heads) / 2
    assert [bool(note) for note in notes[-3:]] == [True, False, False]


@every_scanner
def test_a_code_in_any_letters(engine: str, tmp_path: Path) -> None:
    """A user's own catalog may have others than ours."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "provider.yaml").write_text(
        "provider: own\nname: Own\ndocs: https://own.test/errors\n", encoding="utf-8"
    )
    entry = {
        "id": "own/too-much", "title": "A title of an entry", "status": 400, "category": "invalid_request", "match": [{"code": "zu_große_anfrage"}],
        "meaning": "What it means, at length.", "fix": "What to change, at length.", "provenance": "observed", "sources": ["https://own.test/e"],
        "verified": "2026-11-21", "examples": ['{"error": {"code": "zu_große_anfrage", "message": "zu viel"}}'],
    }  # fmt: skip
    (tmp_path / "own" / "e.yaml").write_text(json.dumps([entry]), encoding="utf-8")
    log = 'done: Zu_Große_Anfrage\nERROR {"error": {"code": "zu_große_anfrage", "message": "zu viel"}}'.encode()
    catalog = Catalog.load(tmp_path)
    assert notes_of(noted(catalog, log, engine)) == naive(catalog, log)
    assert b"own/too-much" in noted(catalog, log, engine)


@every_scanner
def test_messages_without_latin_words(engine: str, tmp_path: Path) -> None:
    """In a log they are noted where they are found, and nowhere else."""
    catalog = Catalog.load(chinese_catalog(tmp_path))
    lines = [*FOUND, *LEFT]
    log = "\n".join([*lines, *(f"INFO ok {line}" for line in lines), *(line.upper() for line in lines)]).encode()
    notes = notes_of(noted(catalog, log, engine))
    assert notes == naive(catalog, log)
    assert [bool(note) for note in notes[: len(lines)]] == [line in FOUND for line in lines]


WORDS = [
    *("余", "额", "不", "足", "请", "充值", "，"),
    *("model", "token", "limit", "request", "the", "is", "not", "too", "many", "invalid", "of", "for", "exceeded"),
    *("api_key", "prompt", "maximum", "was", "to", "embed-3"),
]


def _filled(message: str) -> str:
    return re.sub(r"\{(\w+):\w+\}", lambda hole: {"name": "'m-1'", "n": "12"}.get(hole[1], "any thing"), message)


@pytest.mark.parametrize("seed", range(4))
def test_generated_catalogs_and_logs(seed: int, tmp_path: Path) -> None:
    """With any catalog, both scanners note the lines that the definition notes."""
    pick = random.Random(seed)
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "provider.yaml").write_text(
        "provider: own\nname: Own\ndocs: https://own.test/errors\nhosts: [api.own.test]\n", encoding="utf-8"
    )
    messages = set()
    while len(messages) < 60:
        words = [pick.choice([*WORDS, "{name:name}", "{n:int}", "{rest:text}"]) for _ in range(pick.randint(4, 9))]
        message = "own " + " ".join(dict.fromkeys(words))
        if message.count("{rest:text}") == 0 or not message.endswith("{rest:text}"):
            messages.add(message.replace("{rest:text} {", "{rest:text}, {"))
    entries = [
        {"id": f"own/e{number}", "title": "A title of an entry", "status": 400, "category": "invalid_request", "messages": [message],
         "meaning": "What it means, at length.", "fix": "What to change, at length.", "provenance": "observed", "sources": ["https://own.test/e"], "verified": "2026-11-21",
         "examples": [_filled(message)]}
        for number, message in enumerate(sorted(messages))
    ]  # fmt: skip
    (tmp_path / "own" / "e.yaml").write_text(json.dumps(entries), encoding="utf-8")
    catalog = Catalog.load(tmp_path)
    lines = []
    for _ in range(1_500):
        text = pick.choice(sorted(messages))
        text = _filled(text)
        words = text.split(" ")
        if pick.random() < 0.4:
            pick.shuffle(words)
        text = pick.choice([" ", " ", "  ", "\t"]).join(words)
        head = pick.choice(["", "ERROR: ", "2026-11-21T10:11:12Z error=", "status code: 429 ", "x ", '{"message": "'])
        lines.append((head + pick.choice([text, text.upper(), text[:30], text + " now"])).encode())
    log = b"\n".join(lines)
    wanted = naive(catalog, log)
    assert 100 < sum(map(bool, wanted)) < 1_500
    for engine in SCANNERS:
        got = notes_of(noted(catalog, log, engine))
        assert [line for line, want, has in zip(lines, wanted, got, strict=True) if want != has] == [], engine
