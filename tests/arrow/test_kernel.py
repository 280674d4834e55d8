"""The kernel on arrays of every kind: its rows are those of `detect` and `classify`."""

from __future__ import annotations

import random
import threading
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import errdex
from errdex.logfilter import shapes
from tests.arrow.rows import digest, plain, row_of, texts
from tests.test_public import JAMMED, ours  # noqa: F401

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")

from errdex.arrow import SCHEMA, annotate_table, classify_array, judging  # noqa: E402
from errdex.arrow.answer_rows import ROW, Rows  # noqa: E402
from errdex.arrow.detecting import Detecting  # noqa: E402
from errdex.arrow.versions import version_of  # noqa: E402

TEXTS = [
    "Cohere: invalid api token",
    None,
    "all is well",
    "",
    "2026-11-21 10:00:00 ERROR openai.RateLimitError: Error code: 429 - {'error': {'message': 'Rate limit reached'}}",
    'Traceback (most recent call last):\n  File "a.py", line 1, in <module>\nopenai.RateLimitError: Error code: 429',
    "too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 4292. Try using a shorter prompt",
    "Überlastung … 日本語 429",
    "chat 429 of 512 done",
]
WANTED = [None if text is None else row_of(errdex.detect(text)) for text in TEXTS]


def rows(array: Any) -> list[Any]:
    return [plain(row) for row in array.to_pylist(maps_as_pydicts="strict")]


def encoded(texts: list[Any]) -> list[bytes | None]:
    return [None if text is None else text.encode() for text in texts]


ARRAYS = {
    "string": lambda: pa.array(TEXTS, pa.string()),
    "large string": lambda: pa.array(TEXTS, pa.large_string()),
    "string view": lambda: pa.array(TEXTS, pa.string_view()),
    "binary": lambda: pa.array(encoded(TEXTS), pa.binary()),
    "large binary": lambda: pa.array(encoded(TEXTS), pa.large_binary()),
    "binary view": lambda: pa.array(encoded(TEXTS), pa.binary_view()),
    "dictionary": lambda: pa.array(TEXTS).dictionary_encode(),
    "dictionary, null encoded": lambda: pa.array(TEXTS).dictionary_encode(null_encoding="encode"),
    "dictionary, larger than its array": lambda: pa.DictionaryArray.from_arrays(
        pa.array(range(len(TEXTS)), pa.int16()), pa.array([*TEXTS, *map(str, range(500))])
    ),
    "dictionary of views": lambda: pa.DictionaryArray.from_arrays(
        pa.array(range(len(TEXTS))), pa.array(TEXTS, pa.string_view())
    ),
    "slice": lambda: pa.array(["x", "Cohere: invalid api token", *TEXTS, "y"])[2:-1],
    "slice of a dictionary": lambda: pa.array(["x", *TEXTS, "y"]).dictionary_encode()[1:-1],
    "chunks": lambda: pa.chunked_array([TEXTS[:3], [], TEXTS[3:]], pa.string()),
    "chunks of a dictionary": lambda: pa.chunked_array([TEXTS[:2], TEXTS[2:]], pa.string()).dictionary_encode(),
}


@pytest.mark.parametrize("name", ARRAYS)
def test_every_kind_of_array(name: str) -> None:
    array = ARRAYS[name]()
    found = classify_array(array)
    found.validate(full=True)
    assert isinstance(found, pa.ChunkedArray) is isinstance(array, pa.ChunkedArray)
    assert found.type == ROW
    assert rows(found) == WANTED


def test_arrays_without_texts() -> None:
    for array in (pa.nulls(3), pa.array([], pa.string()), pa.array([None, None], pa.string()), pa.array(["", "well"])):
        found = classify_array(array)
        assert (found.type, len(found), found.null_count) == (ROW, len(array), len(array))
        assert len(classify_array(array, "classify")) == len(array)
    fixed = pa.array([b"Cohere: invalid api token", None], pa.binary(25))
    assert classify_array(fixed).field("entry").to_pylist() == ["cohere/invalid-api-key", None]
    assert classify_array(pa.chunked_array([], pa.string())) == pa.chunked_array([], ROW)


def test_bytes_that_are_no_text() -> None:
    """They are read as `detect` reads bytes."""
    found = [b"Cohere: invalid api token \xff\xfe", b"\x00\xff", b"Cohere: \xe2\x82 invalid api token"]
    assert rows(classify_array(pa.array(found))) == [row_of(errdex.detect(text)) for text in found]


def test_matches_do_not_cross_rows() -> None:
    """Neither the first half of a message nor a status at the end of a row says anything about the next one."""
    message = "Cohere: You are past the per minute request limit, please wait and try again later."
    parts = [message[:place] for place in range(8, 40)] + [message[place:] for place in range(8, 40)]
    found = [*parts, "HTTP", "/1.1 429 Too Many Requests", "error: ", "429 - {'message': 'x'}", "429 Too Many Requests"]
    assert rows(classify_array(pa.array(found))) == [row_of(errdex.detect(text)) for text in found]


@pytest.mark.parametrize(("scanner", "size"), [("words", 700), ("hyperscan", 1 << 20)])
def test_answers_are_those_of_detect(wanted: str, scanner: str, size: int) -> None:
    """On more than twenty thousand rows, in small batches and in one, with both scanners."""
    if scanner == "hyperscan":
        pytest.importorskip("hyperscan", reason="hyperscan is not installed")
    found = texts()
    finding = Detecting(errdex.default_catalog(), scanner)
    answers: list[Any] = [None] * len(found)
    array, encoder = pa.array(found, pa.string()), Rows("x")
    for start in range(0, len(array), size):
        notes = [*finding.notes(array[start : start + size])]
        for (row, _), answer in zip(notes, encoder.array([note for _, note in notes]).to_pylist(), strict=True):
            answers[start + row] = plain(answer)
    assert digest(enumerate(answers)) == wanted


def numbered(line: str, chance: random.Random) -> str:
    """Return a line with other digits."""
    return "".join(chance.choice("0123456789") if char.isdigit() else char for char in line)


@pytest.fixture
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shapes are learned as soon as they come again."""
    monkeypatch.setattr(shapes, "_MEETINGS", 1)
    monkeypatch.setattr(shapes, "_START", 1)
    monkeypatch.setattr(judging, "_PATIENCE", 1 << 60)


@pytest.mark.usefixtures("_at_once")
@pytest.mark.parametrize("mode", ["detect", "classify"])
def test_rows_of_one_shape(mode: Any) -> None:
    """Lines that differ in numbers alone have their own params, fixes and waits, all fields compared."""
    chance = random.Random(5)
    lines = [text for text in texts() if text and any(char.isdigit() for char in text) and len(text) < 400]
    log = [numbered(line, chance) for line in chance.sample(lines, 120) for _ in range(10)]
    chance.shuffle(log)
    judge = errdex.detect if mode == "detect" else errdex.classify
    wanted = [row_of(judge(line)) for line in log]
    catalog = errdex.Catalog(errdex.default_catalog()._rules)  # with shapes of its own, not learned yet
    array = pa.array(log)
    assert len(wanted) - wanted.count(None) > 400
    for _ in range(2):
        assert rows(classify_array(array, mode, catalog=catalog)) == wanted


def test_each_shape_is_judged_a_few_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten thousand rows of few shapes cost some dozens of judgements."""
    catalog = errdex.Catalog(errdex.default_catalog()._rules)
    asked = 0
    judge = catalog._fast.classify_line

    def counted(*arguments: Any) -> Any:
        nonlocal asked
        asked += 1
        return judge(*arguments)

    monkeypatch.setattr(catalog._fast, "classify_line", counted)
    line = "2026-11-21T10:00:{:02} ERROR cohere: too many tokens: total number of tokens in the prompt cannot exceed {} - received {}."
    array = pa.array([line.format(number % 60, 4_000 + number % 7, 10_000 + number) for number in range(10_000)])
    found = classify_array(array, catalog=catalog)
    assert found[9_999]["params"].as_py(maps_as_pydicts="strict")["requested"] == "19999"
    assert 10 < asked < 200


PIECE = st.sampled_from(
    [
        *(
            "429",
            "HTTP/1.1 ",
            "error: ",
            "Cohere: invalid api token",
            "\n",
            "\r",
            " ",
            "{'message': '",
            "rate limit",
            "5s",
        ),
        *(
            "Too Many Requests",
            "'}",
            "\x1b[31m",
            "\\n",
            "openai.RateLimitError: ",
            "\x85",
            "\u2028",
            "é",
            "0",
            "-",
            "\0",
        ),
    ]
)
TEXT = st.lists(PIECE | st.text(max_size=6), max_size=8).map(
    lambda parts: "".join(parts).encode("utf-8", "replace").decode()
)


@given(st.lists(st.none() | TEXT, max_size=8), st.sampled_from(["detect", "classify"]))
def test_any_texts(found: list[str | None], mode: Any) -> None:
    """Row by row, whatever stands beside a text."""
    judge = errdex.detect if mode == "detect" else errdex.classify
    wanted = [None if text is None else row_of(judge(text)) for text in found]
    assert rows(classify_array(pa.array(found, pa.string()), mode)) == wanted


def test_hints() -> None:
    """A status and a provider for all rows, or a status each, null where it is not known."""
    wanted = [None if text is None else row_of(errdex.classify(text, status=503, provider="cohere")) for text in TEXTS]
    assert rows(classify_array(pa.array(TEXTS), "classify", status=503, provider="cohere")) == wanted
    statuses = [401, 500, None, 429, 429, None, 400, 500, 200]
    wanted = [
        None if text is None else row_of(errdex.classify(text, status=status))
        for text, status in zip(TEXTS, statuses, strict=True)
    ]
    array, chunks = pa.array(TEXTS), pa.chunked_array([TEXTS[:4], TEXTS[4:]], pa.string())
    for type_ in (pa.int16(), pa.int64(), pa.uint32()):
        given = pa.array(statuses, type_)
        assert rows(classify_array(array, "classify", status=given)) == wanted
        assert rows(classify_array(chunks, "classify", status=pa.chunked_array([given[:2], given[2:]]))) == wanted
    assert rows(classify_array(array.dictionary_encode(), "classify", status=pa.array(statuses))) == wanted
    assert len(classify_array(pa.array([], pa.string()), "classify", status=pa.array([], pa.int16()))) == 0


def test_mistakes_are_told() -> None:
    array = pa.array(["x"])
    with pytest.raises(TypeError, match=r"arrays of string.*not of int64"):
        classify_array(pa.array([1]))
    with pytest.raises(TypeError, match="not list"):
        classify_array(["x"])
    with pytest.raises(ValueError, match="'detect' or 'classify'"):
        classify_array(array, "guess")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="hints for mode='classify'"):
        classify_array(array, status=429)
    with pytest.raises(ValueError, match="2 statuses for 1 rows"):
        classify_array(array, "classify", status=pa.array([1, 2]))
    with pytest.raises(TypeError, match="integers"):
        classify_array(array, "classify", status=pa.array(["429"]))
    with pytest.raises(TypeError, match=r"Catalog\.load\(\)"):
        classify_array(array, catalog="ours")  # type: ignore[arg-type]


def test_half_a_surrogate_pair() -> None:
    """JSON can hold one, an Arrow string cannot."""
    text = r'{"error": {"message": "model \ud83d not found", "code": "model_not_found"}}'
    assert errdex.classify(text)
    classify_array(pa.array([text]), "classify").validate(full=True)


def test_your_own_catalog(ours: errdex.Catalog) -> None:  # noqa: F811
    """Its entries, and its version."""
    array = pa.array([JAMMED])
    assert classify_array(array, "classify").null_count == 1
    found = classify_array(array, "classify", catalog=ours)
    assert found[0]["entry"].as_py() == "acme/widget-jammed"
    assert found[0]["catalog"].as_py() == version_of(ours) != version_of(errdex.default_catalog())
    errdex.use(ours)
    try:
        assert classify_array(array, "classify") == found
    finally:
        errdex.use(None)
    assert classify_array(array, "classify").null_count == 1


def test_the_version_is_the_same_in_every_process() -> None:
    import subprocess
    import sys

    code = "import errdex; from errdex.arrow.versions import version_of; print(version_of(errdex.default_catalog()))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == version_of(errdex.default_catalog())


def test_threads() -> None:
    """Several threads at once get their own answers."""
    lines = [text for text in texts()[:3_000] if text is not None]
    halves = [lines[::2], lines[1::2]] * 2
    found: dict[int, list[Any]] = {}

    def work(number: int) -> None:
        found[number] = rows(classify_array(pa.array(halves[number])))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(halves))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for number, half in enumerate(halves):
        assert found[number] == [row_of(errdex.detect(line)) for line in half]


def test_tables() -> None:
    """One more column, last; tables and record batches."""
    batch = pa.record_batch({"message": pa.array(TEXTS), "status": pa.array([429] * len(TEXTS), pa.int16())})
    for table in (batch, pa.Table.from_batches([batch, batch])):
        found = annotate_table(table, "message")
        assert type(found) is type(table)
        assert found.schema.names == ["message", "status", "error"]
        assert rows(found.column("error"))[: len(TEXTS)] == WANTED
        by_status = annotate_table(table, "message", into="why", mode="classify", status="status")
        assert rows(by_status.column("why")) == rows(classify_array(table.column("message"), "classify", status=429))
    with pytest.raises(KeyError, match="nothing"):
        annotate_table(batch, "nothing")
    with pytest.raises(ValueError, match="'status' already"):
        annotate_table(batch, "message", into="status")


def test_the_schema() -> None:
    """Its fields are those of an answer, with the version beside them."""
    assert {*SCHEMA.names} - {"catalog"} <= {*errdex.classify("invalid api token").to_dict()}
    assert pa.struct(list(SCHEMA)) == ROW
