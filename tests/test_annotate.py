"""The log filter: every byte comes out, and a line gets a note if and only if `classify` calls it an API error."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from errdex.authoring.source import Source
from errdex.classifier.catalog import Catalog
from errdex.logfilter.line_filter import LineFilter, Style
from errdex.logfilter.long_line import LONGEST
from errdex.logfilter.notes import MARK, as_logfmt
from errdex.logfilter.scanner import ENGINES, scanner_for
from errdex.logfilter.summary import Summary
from wrappers import LOGS, WRAPPERS

NOTE = re.compile(rb"  # errdex: [^\r\n]*")
KNOWN = "too many tokens: multi-hop prompt is too long even after truncation"
LIMIT = "You are past the per minute request limit, please wait and try again later."
PIECES = [
    KNOWN.encode(),
    LIMIT.encode(),
    b"cohere.errors.NotFoundError: status_code: 404, body: {'message': \"model 'x' not found, make sure\"}",
    b'{"level":"error","error":"invalid request: all elements in history must have a message."}',
    b"\xff\xfe", b"\x00", b"\n", b"\r\n", b"\r", b"ERROR app: ", b"  # errdex: id=x", b"HTTP 429 Too Many Requests", b"{", b"}", b"\xe2\x80",
]  # fmt: skip
LOG = st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=14).map(b"".join)


def noted(catalog: Catalog, log: bytes, engine: str = "words", cuts: list[int] | None = None, **options) -> bytes:
    lines = LineFilter(catalog, scanner_for(catalog, engine), **options)
    places = [0, *sorted(cuts or []), len(log)]
    parts = [log[start:end] for start, end in pairwise(places)]
    written = [piece for part in parts for pieces in lines.feed(part) for piece in pieces]
    return b"".join([*written, *(piece for pieces in lines.finish() for piece in pieces)])


def naive(catalog: Catalog, log: bytes) -> list[bytes]:
    """Return the note of every line, by the definition; nothing for one that is no API error."""
    notes = []
    for line in log.split(b"\n"):
        answer = catalog.classify(line.removesuffix(b"\r").decode("utf-8", "replace"))
        notes.append(as_logfmt(answer) if answer and MARK not in line else b"")
    return notes


def notes_of(log: bytes) -> list[bytes]:
    found = [NOTE.search(line) for line in log.split(b"\n")]
    return [note[0] if note else b"" for note in found]


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=300, deadline=None)
@given(log=LOG, cuts=st.lists(st.integers(0, 400), max_size=4))
@example(log=b"a\r", cuts=[1])
def test_without_its_notes_a_log_is_what_it_was(engine: str, log: bytes, cuts: list[int], catalog: Catalog) -> None:
    """However the bytes arrive, none is lost or changed."""
    own = b"  # errdex: " in log
    out = noted(catalog, log, engine, cuts=[cut for cut in cuts if cut <= len(log)])
    assert own or NOTE.sub(b"", out) == log
    assert own or notes_of(out) == naive(catalog, log)
    assert out == noted(catalog, log, engine)


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
    for name in ("innocent.txt", "innocent_logs.txt"):
        path = Path(__file__).parent / "data" / name
        lines += path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line.encode() for line in lines if "  # errdex: " not in line]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_line_is_noted_if_and_only_if_it_is_an_error(engine: str, source: Source, catalog: Catalog) -> None:
    """Each scanner finds all that the definition finds, in every form a log may give it."""
    lines = corpus(source)
    log = b"\n".join(lines)
    wanted, got = naive(catalog, log), notes_of(noted(catalog, log, engine))
    assert [line for line, want, has in zip(lines, wanted, got, strict=True) if want != has] == []
    assert sum(map(bool, wanted)) > 3_000


@pytest.mark.parametrize("engine", ENGINES)
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
def test_a_line_gets_the_note_of_classify(engine: str, line: str, catalog: Catalog) -> None:
    """Whatever way of judging is short enough for it."""
    assert notes_of(noted(catalog, line.encode(), engine)) == naive(catalog, line.encode())


@pytest.mark.parametrize("engine", ENGINES)
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


WORDS = [
    *("model", "token", "limit", "request", "the", "is", "not", "too", "many", "invalid", "of", "for", "exceeded"),
    *("api_key", "prompt", "maximum", "was", "to", "embed-3"),
]


def _filled(message: str) -> str:
    return re.sub(r"\{(\w+):\w+\}", lambda hole: {"name": "'m-1'", "n": "12"}.get(hole[1], "any thing"), message)


@pytest.mark.parametrize("seed", range(6))
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
    for engine in ENGINES:
        got = notes_of(noted(catalog, log, engine))
        assert [line for line, want, has in zip(lines, wanted, got, strict=True) if want != has] == [], engine


@pytest.mark.parametrize("size", [LONGEST - 100, LONGEST + 1, 3 * LONGEST])
@pytest.mark.parametrize("place", ["start", "end", "middle"])
def test_endless_lines_are_judged_by_their_ends(size: int, place: str, catalog: Catalog) -> None:
    """A line of any length keeps its bytes and gets the note that `classify` says."""
    filling = (b"x1 \xc3\xa9 " * (size // 6 + 1))[:size]
    error = b"\nERROR: ".replace(b"\n", b" ") + KNOWN.encode()
    line = {
        "start": KNOWN.encode() + b". " + filling,
        "end": filling + error,
        "middle": filling[: size // 2] + error + filling,
    }
    log = b"first\n" + line[place] + b"\r\nERROR: " + LIMIT.encode() + b"\n"
    out = noted(catalog, log, "words", cuts=list(range(0, len(log), 1 << 18)))
    assert NOTE.sub(b"", out) == log
    assert notes_of(out) == naive(catalog, log)
    only = noted(catalog, log, "words", cuts=list(range(0, len(log), 1 << 18)), only=True)
    assert only.count(b"\n") == sum(map(bool, naive(catalog, log)))
    objects = noted(catalog, log, "words", cuts=list(range(0, len(log), 1 << 18)), style=Style.JSON).splitlines()
    texts = [json.loads(text) for text in objects]
    assert texts[1]["line"].encode() == line[place]
    assert ["errdex" in text for text in texts] == [*map(bool, naive(catalog, log)[:3])]


def test_notes_in_the_three_styles(catalog: Catalog) -> None:
    """Behind the line and before its line break, below it, or in the object that the line is."""
    log = f"ok\r\nERROR: {KNOWN}\r\n".encode()
    behind = noted(catalog, log)
    assert re.fullmatch(
        rb"ok\r\nERROR: [^#]*  # errdex: id=cohere/[a-z-]+ category=context_length retryable=false fix=\"[^\"]+\"\r\n",
        behind,
    )
    below = noted(catalog, log, style=Style.BELOW)
    assert re.fullmatch(rb"ok\r\nERROR: [^#]*truncation\r\n  # errdex: id=[^\n]*\n", below)
    objects = noted(catalog, log + b'{"a": 1, "error": "' + KNOWN.encode() + b'"}\n{}\n[1]\n\xff', style=Style.JSON)
    first, second, third, empty, array, odd = objects.splitlines()
    assert json.loads(first) == {"line": "ok"}
    assert json.loads(second)["errdex"]["retryable"] is False
    assert third.startswith(b'{"a": 1, "error": "too many')
    assert json.loads(third)["errdex"]["category"] == "context_length"
    assert empty == b"{}"
    assert json.loads(array) == {"line": "[1]"}
    assert json.loads(odd)["line"].encode("utf-8", "surrogateescape") == b"\xff"


def test_a_note_does_not_come_twice(catalog: Catalog) -> None:
    """What has been annotated passes through unchanged."""
    once = noted(catalog, f"ERROR: {KNOWN}\n".encode())
    assert b"errdex" in once
    assert noted(catalog, once) == once
    objects = noted(catalog, f"ERROR: {KNOWN}\n".encode(), style=Style.JSON)
    assert noted(catalog, objects, style=Style.JSON) == objects


def test_a_log_cannot_forge_notes_or_steer_a_terminal(catalog: Catalog) -> None:
    """What is copied out of a line into a note loses its control characters; a secret is never copied."""
    hostile = "ERROR: model '\x1b]0;evil\x07\u202ex\u2028y' not found, make sure the correct model ID was used and that you have access to the model."
    note = noted(catalog, hostile.encode()).partition(b"  # errdex: ")[2].decode()
    assert note
    assert note.isprintable()
    key = noted(
        catalog,
        b"ERROR: Incorrect API key provided: sk-abcdefgh123456789. You can find your API key at https://platform.openai.com/account/api-keys.\n",
    )
    assert b"# errdex: " in key
    assert b"sk-abc" not in key.partition(b"  # errdex: ")[2]


def test_summary_counts_and_draws(catalog: Catalog) -> None:
    """Counts by entry; bars over the times that lines begin with."""
    summary = Summary()
    times = [
        "2026-11-21T10:05:00Z",
        "2026-11-21 10:06:10,5",
        "2026-11-21 12:59:59",
        "[21/Nov/2026:13:01:00 +0000]",
        "no time",
    ]
    log = "".join(f"{moment} ERROR x: failed: {KNOWN}\n" for moment in times) + f"2026-99-99 10:00 ERROR: {LIMIT}\n"
    noted(catalog, log.encode(), seen=summary.add)
    assert [(row.lines, row.category, row.retryable) for row in summary.table()] == [
        (5, "context_length", False),
        (1, "rate_limit", True),
    ]
    bars = summary.chart()
    assert sum(bar.lines for bar in bars) == 4
    assert len(bars) <= 24
    assert str(bars[0].start) == "2026-11-21 10:00:00"
    assert len({later.start - earlier.start for earlier, later in pairwise(bars)}) == 1


# The command itself, in a process of its own.

COMMAND = [sys.executable, "-m", "errdex", "annotate"]


def annotate(*arguments: str, stdin: bytes = b"", **options) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*COMMAND, *arguments], input=stdin, capture_output=True, check=False, **options)


def test_files_gzip_and_standard_input(tmp_path: Path) -> None:
    """Several logs one after another as `cat` has them, packed or not; a missing one is said and skipped."""
    plain, packed = tmp_path / "a.log", tmp_path / "b.anything"
    plain.write_bytes(f"ERROR: {KNOWN}\nhalf a ".encode())
    packed.write_bytes(gzip.compress(b"two\n") + gzip.compress(f"ERROR: {LIMIT}\n".encode()))
    done = annotate(str(plain), "missing.log", str(packed), "-", stdin=b"last")
    assert NOTE.sub(b"", done.stdout) == f"ERROR: {KNOWN}\nhalf a two\nERROR: {LIMIT}\nlast".encode()
    assert len(NOTE.findall(done.stdout)) == 2
    assert done.returncode == 2
    assert done.stderr == b"errdex: missing.log: No such file or directory\n"
    assert annotate(str(plain)).returncode == 0
    assert annotate(stdin=b"fine\n").returncode == 1
    assert annotate("--exit-zero", stdin=b"fine\n").returncode == 0
    assert annotate(str(tmp_path)).returncode == 2


def test_damaged_gzip_gives_what_can_be_read() -> None:
    """The part before the damage is written, and the trouble is said."""
    whole = gzip.compress(b"".join(os.urandom(60).hex().encode() + b"\n" for _ in range(9_000)))
    done = annotate(stdin=whole[: len(whole) // 2])
    assert done.returncode == 2
    assert b"gzip" in done.stderr
    text = gzip.decompress(whole)
    assert len(done.stdout) > len(text) // 3
    assert text.startswith(done.stdout)


def test_a_line_shows_at_once() -> None:
    """`tail -f log | errdex annotate` waits for nothing but the end of the line."""
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as process:
        assert process.stdin
        assert process.stdout
        for line in (b"fine\n", f"ERROR: {KNOWN}\n".encode()):
            process.stdin.write(line)
            assert NOTE.sub(b"", process.stdout.readline()) == line
        process.stdin.write(b"half a line")
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        assert process.stdout.read() == b"half a line"  # nothing is lost
        assert process.wait(10) == 130


def test_closed_and_full_outputs(tmp_path: Path) -> None:
    """A closed pipe ends quietly; a full disk is said."""
    log = tmp_path / "log"
    log.write_bytes(f"ERROR: {KNOWN}\n".encode() * 40_000)
    shell = f"{sys.executable} -m errdex annotate {log} | head -n 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, check=False)
    assert done.stdout.endswith(b"\n141\n")
    assert done.stderr == b""
    if Path("/dev/full").exists():
        with Path("/dev/full").open("wb") as full:
            done = subprocess.run([*COMMAND, str(log)], stdout=full, stderr=subprocess.PIPE, check=False)
        assert done.returncode == 2
        assert done.stderr == b"errdex: cannot write: No space left on device\n"


def test_summary_is_printed_to_standard_error() -> None:
    """The log goes where it goes; the counts do not mix with it."""
    log = f"2026-11-21 10:05 ERROR: {KNOWN}\n2026-11-21 10:09 ERROR: {KNOWN}\n".encode()
    done = annotate("--summary", "--only", stdin=log)
    assert NOTE.sub(b"", done.stdout) == log
    said = done.stderr.decode()
    assert "2  cohere/multi-hop-prompt-too-long" in said
    assert "10:05  ███" in said
    assert annotate("--summary", stdin=b"").stderr.decode() == "errdex: no API error in this log\n"


def test_memory_is_bounded_on_an_endless_line(tmp_path: Path) -> None:
    """200 MB without a line break take no more memory than a short log."""
    script = (
        "import resource, subprocess, sys\n"
        "done = subprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)\n"
        "for _ in range(200): done.stdin.write(b'x' * 1_000_000)\n"
        "done.stdin.close(); done.wait()\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, *COMMAND], capture_output=True, check=True, text=True)
    assert int(done.stdout) < 100_000  # kB
