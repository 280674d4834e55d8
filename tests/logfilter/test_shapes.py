"""Lines judged by their shapes: the notes are those of `detect`, line by line, however their numbers differ."""

from __future__ import annotations

import random
import re
import time

import pytest

from errdex.classifier.catalog import Catalog
from errdex.logfilter import shapes
from errdex.logfilter.learning import Judged
from errdex.logfilter.line_filter import LineFilter
from errdex.logfilter.notes import as_logfmt
from errdex.logfilter.run_masks import Masks
from errdex.logfilter.scanner import scanner_for
from errdex.logfilter.shapes import Shapes
from tests.catalog.messages import Message
from tests.logfilter.annotated import naive, noted, notes_of
from tests.records.test_records import LINES

FORMS = [
    "2026-11-21T10:00:00.123Z ERROR app.session req=7 openai.APIError: Error code: {status} - {{'error': {{'message': '{said}', 'code': None}}}}",
    "2026-11-21 10:00:00,123 ERROR app.session req=0a1b2c3d-4e5f-6789-abcd-ef0123456789 cohere.errors.ApiError: status_code: {status}, body: {{'message': '{said}'}}",
    '{{"level":"error","ts":1763719200.123,"req_id":"9f8e7d6c5b4a","status":{status},"msg":"failed: {said}"}}',
    "10:00:00 WARN failed: {said}",
    "[1763719200] {said} (took 1,234 ms, attempt 2 of 5)",
]
NUMBER = re.compile(r"[0-9]+|(?<=[^0-9a-z])[0-9a-f]{8,}(?=[^0-9a-z])")


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands still, so that lines with a moment have the same wait whenever they are judged."""
    monkeypatch.setattr(time, "time", lambda: 1_764_590_400.0)


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shapes are learned as soon as they come again, and never given up."""
    monkeypatch.setattr(shapes, "_MEETINGS", 1)
    monkeypatch.setattr(shapes, "_START", 1)
    monkeypatch.setattr(shapes, "_PATIENCE", 1 << 60)


def mutated(line: str, chance: random.Random) -> str:
    """Return a line with other numbers and ids: all of them, some of them, or one; half of them of the same length."""
    share = chance.choice([0.1, 0.5, 1.0])

    def other(found: re.Match[str]) -> str:
        if chance.random() > share:
            return found[0]
        if chance.random() < 0.1:
            return str(chance.choice([0, 1, 9, 59, 60, 61, 400, 429, 503, 599, 600, 601, 3_600, 86_400, 10**12]))
        if chance.random() < 0.1:
            return chance.choice(
                ["0", "00", "007", "1,234", "12,429", "0.5", "17.429", "20s", "3m", "429ms", "1301", "17"]
            )
        letters = "0123456789abcdef" if re.search("[a-f]", found[0]) else "0123456789"
        length = len(found[0]) if chance.random() < 0.5 else max(1, len(found[0]) + chance.choice([-2, -1, 1, 2, 5]))
        return "".join(chance.choice(letters) for _ in range(length))

    return NUMBER.sub(other, line)


@pytest.mark.parametrize("seed", range(4))
def test_notes_are_those_of_detect(
    seed: int, catalog: Catalog, messages_found: tuple[list[Message], list[str]], pytestconfig: pytest.Config
) -> None:
    """On messages of the whole catalog in the forms of SDKs and loggers, each with many other numbers."""
    chance = random.Random(seed)
    count = 600 if pytestconfig.getoption("thorough") else 60
    texts = [message.text for message in messages_found[0]]
    numbered = [text for text in texts if re.search(r"\d", text)]
    lines = chance.sample(LINES, 8)
    for text in [*chance.sample(numbered, count), *chance.sample(texts, count // 4)]:
        status = chance.choice([400, 401, 404, 429, 500, 503])
        lines.append(chance.choice(FORMS).format(status=status, said=text.replace("\n", " ")))
    log = [mutated(line, chance) for line in lines for _ in range(12)]
    data = "\n".join(log).encode()
    found, expected = notes_of(noted(catalog, data)), naive(catalog, data)
    assert [pair for pair in zip(log, found, expected, strict=True) if pair[1] != pair[2]] == []


def test_a_log_of_errors_alone(catalog: Catalog, messages_found: tuple[list[Message], list[str]]) -> None:
    """Its lines are judged by their shapes before any are scanned, and a quiet stretch in it is scanned again."""
    chance = random.Random(3)
    texts = chance.sample([message.text.replace("\n", " ") for message in messages_found[0]], 12)
    errors = [FORMS[number % 2].format(status=429, said=text) for number, text in enumerate(texts)]
    quiet = ["2026-11-21 10:00:00 INFO loaded 17 rows in 0.429 s", "", "10:00:00 DEBUG page 404 of 500 is done"]
    log = [
        line.replace("7", str(chance.randint(1, 9_999)), 1) for line in [*errors * 300, *quiet * 2_000, *errors * 100]
    ]
    data = "\n".join(log).encode()
    filtered = LineFilter(catalog, scanner_for(catalog, "words"))
    dense = set()
    pieces = []
    for place in range(0, len(data), 1 << 16):
        pieces += [b"".join(some) for some in filtered.feed(data[place : place + (1 << 16)])]
        dense.add(filtered._judge._is_dense)
    pieces += [b"".join(some) for some in filtered.finish()]
    assert dense == {True, False}
    assert notes_of(b"".join(pieces)) == naive(catalog, data)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("req=3 failed", "req=12 failed", True),
        ("req=3 failed", "req=0 failed", False),
        ('{"ts": 17.5}', '{"ts": 07.5}', False),
        ("req=3 failed", "req=123 failed", False),
        ("in 0.5s", "in 0.4291s", True),
        ("trace fa3b9c12d4e5f607", "trace 93b9c12d4e5f60aa", True),
        ("HTTP 429", "HTTP 503", False),
        ("code 1301", "code 1302", False),
        ("took 20s", "took 20ms", False),
        ("base64 image", "base32 image", True),
        ("{'a': '550e8400-e29b-41d4-a716-446655440000'}", "{'a': 'b50e8400-e29b-41d4-a716-4466554400aa'}", True),
    ],
)
def test_masks(one: str, other: str, alike: bool, catalog: Catalog) -> None:
    """What differs in values alone has one mask, unless a value may say something by itself."""
    masks = Masks(catalog._full.rules.literals(), catalog._full.vocabulary.telling)
    assert (masks.masked(one.encode())[0] == masks.masked(other.encode())[0]) is alike


def test_a_number_between_the_words_of_a_message_counts(catalog: Catalog) -> None:
    """`base64` is a word of a message; `top_p must be at most 5` may be one of a catalog."""
    masks = Masks(["retry at most 5 times"], [b"base64"])
    assert masks.may_be_literal(b"64", b"no ", b" image", True, True) is False
    assert masks.may_be_literal(b"64", b"no base", b" image", True, True)
    assert masks.may_be_literal(b"3", b"retry at most ", b" times", True, True)
    assert not masks.may_be_literal(b"3", b"retry in ", b" seconds", True, True)


def test_a_shape_is_judged_a_few_times_only(catalog: Catalog) -> None:
    """A thousand lines that differ in time, id, and the numbers in the note cost some twenty judgements."""
    calls = 0

    def judge(line: bytes) -> tuple:
        nonlocal calls
        calls += 1
        answer = catalog.detect(line.decode())
        return answer, as_logfmt(answer) if answer else b""

    chance = random.Random(1)
    judged = Shapes(judge, catalog._full.rules.literals, catalog._full.vocabulary.telling)
    hits = 0
    for number in range(1_000):
        line = (
            f"2026-11-21T10:{chance.randint(10, 59)}:{chance.randint(10, 59)}Z ERROR app req={chance.randint(1000, 9999)} cohere.errors.ApiError: "
            f"status_code: 400, body: {{'message': 'too many tokens: total number of tokens in the prompt cannot exceed "
            f"{chance.randint(4000, 4099)} - received {chance.randint(5000, 9999)}. Try using a shorter prompt, or enabling prompt truncating. "
            f"See https://docs.cohere.com/reference/generate for more details.'}}"
        ).encode()
        found = judged.judge([line])[0]
        if found:
            hits += 1
            assert found[1] == as_logfmt(catalog.detect(line.decode())), number
    assert hits > 800
    assert calls < 200


@pytest.mark.parametrize("moment", ["8:30pm (Asia/Tokyo)", "9pm", "Mon 12:00am"])
def test_the_wait_until_a_moment_goes_on(moment: str, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """How long it is until a limit opens is told by the clock, not by what was known of the shape."""
    line = "10:00:0{} ERROR agent: You've hit your weekly limit · resets {}\n"
    log = "".join(line.format(number % 10, moment) for number in range(50)).encode()
    filtered = LineFilter(catalog, scanner_for(catalog, "words"))
    for later in (0, 60):
        monkeypatch.setattr(time, "time", lambda later=later: 1_764_590_400.0 + later)
        found = b"".join(piece for some in [*filtered.feed(log), *filtered.settle()] for piece in some)
        assert notes_of(found) == naive(catalog, log)


def test_memory_is_bounded(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shapes, and the values of one, are forgotten when there are too many."""
    monkeypatch.setattr(shapes, "_MOST", 5)
    monkeypatch.setattr(shapes, "_MOST_SEEN", 5)
    lines = [f"ERROR {'x' * (n % 40)} Error code: 429 - {{'message': 'Please try again in {n}s'}}" for n in range(300)]
    data = "\n".join(line for line in lines for _ in range(3)).encode()
    assert notes_of(noted(catalog, data)) == naive(catalog, data)


@pytest.mark.parametrize("seed", [24, 25, 33])
def test_a_number_that_another_status_hides(seed: int, catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first number is no status, the last one is read: what one line of a family shows may not hold for all."""
    monkeypatch.setattr(shapes, "_START", 1)
    monkeypatch.setattr(shapes, "_MEETINGS", 1)
    chance = random.Random(seed)
    form = (
        "error, status code: 000, status: 000 Conflict, message: 000 Client Error: Conflict for url: https://acme.test/"
    )
    lines = [re.sub("0", lambda _: chance.choice("0123456789"), form) for _ in range(60)]

    def judge(line: bytes) -> Judged:
        answer = catalog.classify(line.decode())
        return answer, as_logfmt(answer)

    by_shape = Shapes(judge, catalog._full.rules.literals, catalog._full.vocabulary.telling)
    for _ in range(2):
        found = by_shape.judge([line.encode() for line in lines])
        assert any(found)
        for line, judged in zip(lines, found, strict=True):
            assert judged is None or judged[0].status == catalog.classify(line).status, line
