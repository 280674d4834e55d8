"""Errors over several lines: one note each, on the line that decides, however the log is cut into pieces."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from errdex.classifier.catalog import Catalog
from errdex.classifier.default import default_catalog
from errdex.logfilter.rendering import Style
from errdex.logfilter.several_lines import is_parted, last_parting, text_around
from errdex.logfilter.summary import Summary
from tests.logfilter.annotated import NOTE, every_scanner, naive, noted, notes_of

QUOTA = "You exceeded your current quota, please check your plan and billing details."
BODY = {"error": {"message": QUOTA, "type": "insufficient_quota", "param": None, "code": "insufficient_quota"}}

PYTHON = f"""\
2026-11-21 10:00:00 ERROR app: chat failed
Traceback (most recent call last):
  File "/srv/app.py", line 9, in ask
    raise_for(status)
    ~~~~~~~~~^^^^^^^^
openai.RateLimitError: Error code: 429 - {BODY}
"""
CHAINED = f"""\
2026-11-21 10:00:00 ERROR app: chat failed
Traceback (most recent call last):
  File "/srv/app.py", line 9, in ask
    raise_for(status)
openai.RateLimitError: Error code: 429 - {BODY}

The above exception was the direct cause of the following exception:

Traceback (most recent call last):
  File "/srv/app.py", line 12, in handle
    raise ChatError(str(error)) from error
app.errors.ChatError: Error code: 429 - {BODY}
"""
BOTH = f"""\
2026-11-21 10:00:00 ERROR app: chat failed: Error code: 429 - {BODY}
Traceback (most recent call last):
  File "/srv/app.py", line 9, in ask
    raise_for(status)
openai.RateLimitError: Error code: 429 - {BODY}
"""
PRINTED = "2026-11-21 10:00:00 answer: " + json.dumps(BODY, indent=2) + "\n"
OVERLOADED = (
    json.dumps({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}, indent=4) + "\n"
)
JAVA = f"""\
2026-11-21 10:00:00 ERROR [main] app.Chat - failed
java.lang.IllegalStateException: com.openai.errors.RateLimitException: 429: {QUOTA}
\tat app.Chat.ask(Chat.java:12)
\tat app.Main.main(Main.java:3)
Caused by: com.openai.errors.RateLimitException: 429: {QUOTA}
\tat com.openai.core.Http.send(Http.kt:41)
\t... 12 more
"""
NODE = f"""\
RateLimitError: 429 {QUOTA}
    at APIError.generate (/srv/node_modules/openai/error.js:63:20)
    at async main (/srv/app.js:3:1) {{
  status: 429,
  headers: {{ 'retry-after': '2' }},
  error: {{
    message: '{QUOTA}',
    type: 'insufficient_quota',
    code: 'insufficient_quota'
  }},
  code: 'insufficient_quota'
}}
"""
FINE = "2026-11-21 10:00:01 INFO app: fine\n"
TEXTS = {
    "python": PYTHON,
    "chained": CHAINED,
    "both": BOTH,
    "printed": PRINTED,
    "java": JAVA,
    "node": NODE,
    "overloaded": OVERLOADED,
}
DECIDES = {
    "python": "openai.RateLimitError",
    "chained": "openai.RateLimitError",
    "both": "2026-11-21 10:00:00",
    "printed": '    "code"',
    "java": "java.lang",
    "node": "RateLimitError",
    "overloaded": '        "message"',
}
LOG = FINE + "".join(text + FINE for text in TEXTS.values())


@every_scanner
@pytest.mark.parametrize("name", TEXTS)
def test_one_error_is_noted_once(name: str, engine: str, catalog: Catalog) -> None:
    """On the line that decides, with the answer for the whole text."""
    text = TEXTS[name]
    out = noted(catalog, (FINE + text + FINE).encode(), engine).decode()
    lines = [line for line in out.splitlines() if "# errdex:" in line]
    assert len(lines) == 1, lines
    assert lines[0].startswith(DECIDES[name])
    assert f"id={catalog.detect(text).entry or 'unknown'} " in lines[0]
    assert NOTE.sub(b"", out.encode()) == (FINE + text + FINE).encode()


ONLY_TOGETHER = """\
2026-11-21 10:00:00 ERROR app: [{
  "error": {
    "code": 400,
    "message": "Invalid or unsupported file uri: https://upload.example.org/4/4d/Cat_November_2010-1a.jpg",
    "status": "INVALID_ARGUMENT"
  }
}
]
"""


@every_scanner
def test_where_no_line_shows_the_error_by_itself(engine: str, catalog: Catalog) -> None:
    """The last line with a word has the note, whichever lines a scanner selects."""
    out = noted(catalog, (FINE + ONLY_TOGETHER + FINE).encode(), engine).decode()
    assert [line for line in ONLY_TOGETHER.splitlines() if catalog.detect(line)] == []
    (line,) = [line for line in out.splitlines() if "# errdex:" in line]
    assert line.startswith('    "status": "INVALID_ARGUMENT"  # errdex: id=google/file-uri-unsupported ')


@every_scanner
@settings(max_examples=10)
@given(cuts=st.lists(st.integers(0, len(LOG)), max_size=6))
def test_pieces_change_nothing(engine: str, cuts: list[int]) -> None:
    """An error that comes in pieces gets the same note; with CRLF as well."""
    catalog = default_catalog()
    for log in (LOG.encode(), LOG.replace("\n", "\r\n").encode()):
        whole = noted(catalog, log, engine)
        assert noted(catalog, log, engine, cuts) == whole
        assert NOTE.sub(b"", whole) == log
        assert len(NOTE.findall(whole)) == len(TEXTS)


ITEMS = st.sampled_from(
    ["{", "}", "]", "  x: [", "", "  at a.b(c)", "\tat a.b(c)", "Traceback (most recent call last):", '  File "a.py", line 1', "Error: 429", "KeyError: 1", "2026 INFO a", "Caused by: x", "During handling of the above exception, another exception occurred:", f"Error code: 429 - {BODY}"]
)  # fmt: skip


@given(st.lists(ITEMS, max_size=40).map(lambda lines: "".join(f"{line}\n" for line in lines)), st.data())
def test_texts_and_partings_agree(log: str, data) -> None:
    """No text goes over a parting, however its lines are mixed: so a log can be cut at any of them."""
    block = log.encode()
    starts = [0, *(found.end() for found in re.finditer(rb"\n", block))][:-1]
    partings = [start for start in starts if is_parted(block, start, 0)]
    for start in starts:
        line = start, block.find(b"\n", start)
        first, last = text_around(block, line, 0, len(block))
        assert first <= start
        assert last >= line[1]
        assert not [place for place in partings if first < place <= start]
        nearest = max([place for place in partings if place <= start], default=0)
        assert text_around(block, line, nearest, len(block)) == (first, last)
    if starts:
        end = data.draw(st.sampled_from([*starts[1:], len(block)]))
        assert last_parting(block, 0, end) in {0, *partings, end}


ABOVE = "2026-11-21 10:00:00 WARNING app: retrying: Error code: {status} - {said}"


@every_scanner
@pytest.mark.parametrize(
    ("head", "notes"),
    [
        (ABOVE.format(status=503, said="Service Unavailable"), ["http/service-unavailable", "openai/insufficient-quota"]),
        ("cohere: You are past the per minute request limit, please wait and try again later.", ["cohere/", "openai/insufficient-quota"]),
        (ABOVE.format(status=429, said=BODY), ["openai/insufficient-quota", None]),
        (ABOVE.format(status=429, said="{}"), [None, "openai/insufficient-quota"]),  # it says less than the traceback
        ("2026-11-21 10:00:00 ERROR app: chat failed", [None, "openai/insufficient-quota"]),
    ],
)  # fmt: skip
def test_another_error_above_a_traceback_keeps_its_note(
    head: str, notes: list[str | None], engine: str, catalog: Catalog
) -> None:
    """A traceback takes the line before it along, unless that reports an error of its own."""
    log = f"{head}\n{PYTHON.split(chr(10), 1)[1]}{FINE}".encode()
    got = notes_of(noted(catalog, log, engine))
    assert got == naive(catalog, log, got)
    lines = log.split(b"\n")
    ends = [got[0], got[[line.startswith(b"openai.RateLimitError") for line in lines].index(True)]]
    assert [bool(note) for note in ends] == [bool(wanted) for wanted in notes]
    assert all(f"id={wanted}" in note.decode() for note, wanted in zip(ends, notes, strict=True) if wanted)
    assert sum(map(bool, got)) == sum(map(bool, notes))


@every_scanner
@pytest.mark.parametrize("name", TEXTS)
def test_a_text_is_noted_by_the_definition(name: str, engine: str, catalog: Catalog) -> None:
    log = (FINE + TEXTS[name] + FINE).encode()
    got = notes_of(noted(catalog, log, engine))
    assert got == naive(catalog, log, got)


@every_scanner
def test_a_text_is_not_judged_worse_than_its_line(engine: str, catalog: Catalog) -> None:
    """Neither frames nor braces around it take an error's entry from it."""
    line = 'java.lang.RuntimeException: status code: 503; body: {"message": "HTTP/1.1 503 Service Unavailable"}'
    frames = "\n    at dev.langchain4j.Client.toException(Client.java:71) ~[langchain4j.jar:na]\n    at app.Main.main(Main.java:3)"
    assert NOTE.findall(noted(catalog, (line + frames).encode(), engine)) == NOTE.findall(
        noted(catalog, line.encode(), engine)
    )
    printed = b'{\n  "message": "litellm.APIError: APIError: CerebrasException - Error code: 503"\n}\n'
    assert b"id=cerebras/503 " in noted(catalog, printed, engine)


def test_lines_that_only_look_like_it_stand_alone(catalog: Catalog) -> None:
    """Indented lines below a heading are errors of their own."""
    log = f"Errors of the day:\n  Error code: 429 - {BODY}\n  Error code: 429 - {BODY}\n".encode()
    assert len(NOTE.findall(noted(catalog, log))) == 2


def test_only_keeps_the_line_with_the_time(catalog: Catalog) -> None:
    """The first line of an error and the line with the note; what is between them with --context."""
    log = (FINE * 3 + PYTHON + FINE * 3 + JAVA + FINE).encode()
    shown = NOTE.sub(b"", noted(catalog, log, only=True)).decode().splitlines()
    assert shown == [PYTHON.splitlines()[0], PYTHON.splitlines()[-1], JAVA.splitlines()[1]]
    near = NOTE.sub(b"", noted(catalog, log, only=True, context=1)).decode().splitlines()
    assert near[:3] == [FINE.strip(), *PYTHON.splitlines()[:2]]
    assert near[3] == "--"
    as_json = noted(catalog, log, only=True, context=1, style=Style.JSON).splitlines()
    assert [json.loads(line)["line"] for line in as_json] == [line for line in near if line != "--"]


@settings(max_examples=30)
@given(
    wanted=st.sets(st.integers(0, 29)),
    context=st.integers(0, 4),
    cuts=st.lists(st.integers(0, 2_000), max_size=4),
)
def test_context_is_that_of_grep(wanted: set[int], context: int, cuts: list[int]) -> None:
    """The same lines and separators as `grep -C`, wherever the log is cut."""
    lines = [f"{n} ERROR Error code: 429 - {BODY}" if n in wanted else f"{n} fine" for n in range(30)]
    log = "".join(f"{line}\n" for line in lines).encode()
    near = sorted({at for n in wanted for at in range(n - context, n + context + 1) if 0 <= at < 30})
    expected: list[str] = []
    for place, at in enumerate(near):
        if context and place and near[place - 1] != at - 1:
            expected.append("--")
        expected.append(lines[at])
    out = noted(default_catalog(), log, cuts=[min(cut, len(log)) for cut in cuts], only=True, context=context)
    assert NOTE.sub(b"", out).decode().splitlines() == expected


def test_the_summary_has_every_line_in_its_chart(catalog: Catalog) -> None:
    """Lines without a time have that of the line before them; each form in which loggers write it counts."""
    said = f"Error code: 429 - {BODY}"
    log = [
        f"2026-11-21T10:00:00Z ERROR {said}",
        f"2026/11/21 10:10:00 {said}",
        f"Nov 21 10:20:00 host app[1]: {said}",
        f"E1121 10:30:00.000000 1 app.go:3] {said}",
        f"21-Nov-2026 10:40:00 SEVERE {said}",
        json.dumps({"level": "error", "msg": said, "time": 1795258200000}),
        json.dumps({"level": "error", "msg": said, "ts": 1795258800.25}),
        f"10:20:30 ERROR {said}",
        "2026-11-21 10:50:00 INFO next",
        f"ERROR {said}",
        "2026-11-21 10:59:59 ERROR chat failed",
        *PYTHON.splitlines()[1:],
    ]
    summary = Summary()
    noted(catalog, "".join(f"{line}\n" for line in log).encode(), seen=summary.add)
    assert summary.total == 10
    assert summary.untimed == 0
    assert sum(bar.lines for bar in summary.chart()) == 10
    assert {f"{bar.start:%Y-%m-%d}" for bar in summary.chart()} == {"2026-11-21"}
    early = Summary()
    noted(catalog, f"ERROR {said}\n2026-11-21 10:00:00 ERROR {said}\n".encode(), seen=early.add)
    assert (early.total, early.untimed) == (2, 1)


def test_nothing_waits_for_more_than_a_moment(tmp_path: Path) -> None:
    """`tail -f` shows the first half of a traceback although the other half may never come."""
    command = [sys.executable, "-m", "errdex", "annotate"]
    half = PYTHON[: PYTHON.index("    raise_for")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write(half.encode())
        read = b""
        while len(read) < len(half):
            read += process.stdout.read(len(half) - len(read))
        time.sleep(0.1)
        process.stdin.write(PYTHON[len(half) :].encode())
        process.stdin.close()
        rest = process.stdout.read()
    assert NOTE.sub(b"", read + rest) == PYTHON.encode()
    assert len(NOTE.findall(read + rest)) == 1
