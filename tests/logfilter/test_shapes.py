"""Lines judged by their shapes: the notes are those of `detect`, line by line, however their numbers differ."""

from __future__ import annotations

import random
import re

import pytest

from errdex.classifier.catalog import Catalog
from errdex.logfilter import shapes
from errdex.logfilter.notes import as_logfmt
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
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shapes are learned as soon as they come again, and never given up."""
    monkeypatch.setattr(shapes, "_MEETINGS", 1)
    monkeypatch.setattr(shapes, "_START", 1)
    monkeypatch.setattr(shapes, "_PATIENCE", 1 << 60)


def mutated(line: str, chance: random.Random) -> str:
    """Return a line with other numbers: all of them, some of them, or one; mostly of the same length."""
    share = chance.choice([0.1, 0.5, 1.0])

    def other(found: re.Match[str]) -> str:
        if chance.random() > share:
            return found[0]
        if chance.random() < 0.1:
            return str(chance.choice([0, 1, 9, 59, 60, 61, 400, 429, 503, 599, 600, 601, 3_600, 86_400, 10**12]))
        letters = "0123456789abcdef" if re.search("[a-f]", found[0]) else "0123456789"
        return "".join(chance.choice(letters) for _ in found[0])

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


def test_a_shape_is_judged_a_few_times_only(catalog: Catalog) -> None:
    """A thousand lines that differ in time, id, and the numbers in the note cost some twenty judgements."""
    calls = 0

    def judge(line: bytes) -> tuple:
        nonlocal calls
        calls += 1
        answer = catalog.detect(line.decode())
        return answer, as_logfmt(answer) if answer else b""

    chance = random.Random(1)
    judged = Shapes(judge, catalog._full.rules.literals)
    hits = 0
    for number in range(1_000):
        line = (
            f"2026-11-21T10:{chance.randint(10, 59)}:{chance.randint(10, 59)}Z ERROR app req={chance.randint(1000, 9999)} cohere.errors.ApiError: "
            f"status_code: 400, body: {{'message': 'too many tokens: total number of tokens in the prompt cannot exceed "
            f"{chance.randint(4000, 4099)} - received {chance.randint(5000, 9999)}. Try using a shorter prompt, or enabling prompt truncating. "
            f"See https://docs.cohere.com/reference/generate for more details.'}}"
        ).encode()
        found = judged.judge(line)
        if found:
            hits += 1
            assert found[1] == as_logfmt(catalog.detect(line.decode())), number
    assert hits > 800
    assert calls < 200


def test_memory_is_bounded(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shapes, and the values of one, are forgotten when there are too many."""
    monkeypatch.setattr(shapes, "_MOST", 5)
    monkeypatch.setattr(shapes, "_MOST_SEEN", 5)
    lines = [f"ERROR {'x' * (n % 40)} Error code: 429 - {{'message': 'Please try again in {n}s'}}" for n in range(300)]
    data = "\n".join(line for line in lines for _ in range(3)).encode()
    assert notes_of(noted(catalog, data)) == naive(catalog, data)
