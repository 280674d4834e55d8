"""What the wording model reads of a text: words, pairs of them, kinds of numbers, themes and the status."""

from __future__ import annotations

import pytest

from errdex.classifier.catalog import Catalog
from errdex.read.evidence import BODY, Evidence
from errdex.read.text import TextReader
from errdex.read.vocabulary import Vocabulary
from errdex.wording.features import features, names_of, texts_of, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Too many tokens", ["too", "many", "tokens"]),
        ("authenticate AUTHENTICATION authenticated", ["authen"] * 3),
        ("RateLimitError", ["rate", "limit", "error"]),
        ("rate_limit-exceeded", ["rate", "limit", "exceed"]),
        ("429 503", ["429", "503"]),
        ("17 4096 200", ["#1", "#9", "#9"]),
        ("20s 500ms 3h 7d", ["#s", "#ms", "#h", "#d"]),
        ("gpt4o 3f9a", ["#x", "#x"]),
        ("x" * 25, ["#x"]),
        ("请求过多", ["请", "求", "过", "多"]),
        ("Превышен лимит, café", ["превыш", "лимит", "café"]),
        (" .,;", []),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    """Stems of words, Chinese characters one by one, and kinds instead of numbers."""
    assert words_of(text) == words


def test_words_of_a_long_text() -> None:
    """Of a long text both ends are read."""
    words = words_of("first " + "filling " * 10_000 + "last")
    assert (words[0], words[-1]) == ("first", "last")
    assert len(words) < 1_000


def test_pairs_stay_within_a_text() -> None:
    """The end of one message and the start of the next are no pair."""
    found = features(["slow down", "no credit"], None)
    assert {"slow down", "no credit"} < found
    assert "down no" not in found


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("your balance is empty", "~money"),
        ("please recharge", "~money"),
        ("the daily allowance", "~period"),
        ("again in 3 hours", "~period"),
        ("again in 3 seconds", None),
        ("the prompt is long", None),
    ],
)
def test_themes(text: str, theme: str | None) -> None:
    """Words of money and of long periods stand for each other."""
    assert {name for name in features([text], None) if name.startswith("~")} == ({theme} if theme else set())


def test_the_status() -> None:
    """It is a feature, and so is its hundred."""
    assert features([], 429) == {"=429", "=4xx"}
    assert features([], None) == set()


def test_what_is_read_of_an_error(catalog: Catalog) -> None:
    """The messages without the bodies in them, and the codes and states that fields name, each once."""
    evidence = Evidence(asserted=True)
    body = {"error": {"code": "quota_gone", "type": "quota_gone", "status": "EXHAUSTED", "message": "no more calls"}}
    TextReader(Vocabulary(catalog._rules)).read_body(body, evidence)
    assert texts_of(evidence) == ["no more calls"]
    names = names_of(evidence)
    assert {"quota_gone", "EXHAUSTED"} <= set(names)
    assert len(names) == len(set(names))
    assert not any(BODY in text for text in texts_of(evidence))


@pytest.mark.parametrize(
    ("below", "is_frame"),
    [
        ("    at dev.langchain4j.Client.toException(Client.java:71) ~[langchain4j.jar:na]", True),
        ("\tat app.Chat.ask(Chat.java:12)\n\t... 12 more", True),
        ("    at async main (/srv/app.js:3:1)", True),
        ("    at /srv/node_modules/openai/error.js:63:20", True),
        ("    at Generator.next (<anonymous>)", True),
        ("  at most 96 texts (of 2048)", False),
        ("at the earliest 12:30", False),
    ],
)
def test_the_frames_of_a_stack_trace_say_nothing(catalog: Catalog, below: str, is_frame: bool) -> None:
    """They are left out of what the model reads; a line of a message that begins alike is not."""
    evidence = catalog._full.reader.read_text(f"Error: the request failed\n{below}", asserted=True)
    read = " ".join(texts_of(evidence))
    assert "the request failed" in read
    assert (below.split()[-1] not in read) == is_frame


@pytest.mark.parametrize(
    "line",
    [
        'java.lang.RuntimeException: status code: 503; body: {"message": "HTTP/1.1 503 Service Unavailable"}',
        'java.lang.RuntimeException: status code: 400; body: {"message": "{\\"candidates\\":[{\\"finishReason\\":\\"RECITATION\\"}]}"}',
        "java.lang.RuntimeException: status code: 429; body: {}",
    ],
)
def test_an_error_and_its_stack_trace_have_one_answer(catalog: Catalog, line: str) -> None:
    """Whether frames follow or not."""
    frames = "\n    at dev.langchain4j.model.cohere.CohereClient.toException(CohereClient.java:71)\n    at app.Main.main(Main.java:3)"
    assert catalog.detect(line)
    assert catalog.detect(line + frames) == catalog.detect(line)
    assert catalog.classify(line + frames) == catalog.classify(line)
