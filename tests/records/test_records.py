"""Structured log records as real loggers and carriers write them: the error in each is found, the innocent are not."""

from __future__ import annotations

import json

import pytest

import errdex
from errdex.logfilter.json_lines import KEY
from errdex.logfilter.rendering import Style
from tests import ROOT, node
from tests.logfilter.annotated import every_scanner, naive, noted, notes_of
from tests.records.carriers import RECORDS as CARRIED

FILE = ROOT / "tests" / "records" / "records.jsonl"
RECORDS = [json.loads(line) for line in FILE.read_text("utf-8").splitlines()]
ERRORS = [record for record in RECORDS if record["entry"]]
INNOCENT = [record for record in RECORDS if not record["entry"]]
LINES = [record["record"] for record in RECORDS]


def named(records: list[dict]) -> list[object]:
    return [pytest.param(record, id=record["logger"]) for record in records]


def test_there_are_enough() -> None:
    assert len(ERRORS) >= 40
    assert len(INNOCENT) >= 30
    assert {(logger, entry) for logger, _, entry in CARRIED} <= {(item["logger"], item["entry"]) for item in RECORDS}


@pytest.mark.parametrize("record", named(ERRORS))
def test_the_error_in_a_record_is_found(record: dict) -> None:
    """With its entry, whether or not somebody says that the line is an error."""
    assert errdex.detect(record["record"]).entry == record["entry"]
    assert errdex.classify(record["record"]).entry == record["entry"]


@pytest.mark.parametrize("record", named(INNOCENT))
def test_an_innocent_record_of_the_same_logger_is_left_alone(record: dict) -> None:
    assert not errdex.detect(record["record"])


@every_scanner
def test_the_log_filter_notes_the_same_records(engine: str) -> None:
    """A line gets a note if and only if `detect` finds an error in it; as JSON, the note is inside the record."""
    catalog = errdex.default_catalog()
    log = "\n".join(LINES).encode()
    assert notes_of(noted(catalog, log, engine)) == naive(catalog, log)
    inside = noted(catalog, log, engine, style=Style.JSON).split(b"\n")
    assert [KEY in line for line in inside] == [bool(record["entry"]) for record in RECORDS]


@pytest.mark.parametrize("question", ["classify", "detect"])
def test_the_twin_reads_the_same(question: str) -> None:
    answers = [getattr(errdex, question)(line).to_dict() for line in LINES]
    assert node.differences(LINES, answers, *(["--detect"] if question == "detect" else [])) == []


@pytest.mark.parametrize("level", ["error", "ERROR", "fatal", 50, 60, {"name": "CRITICAL", "no": 50}])
def test_the_level_of_a_record_is_evidence(level: object) -> None:
    """A status at the start of the message, or beside it, counts in a record with the level of an error."""
    said = "chat failed: 400 This model's maximum context length is 8192 tokens. However, your messages resulted in 9001 tokens. Please reduce the length of the messages."
    assert errdex.detect(json.dumps({"level": level, "msg": said})).entry == "http/context-length-exceeded"
    assert (
        errdex.detect(json.dumps({"level": level, "msg": "invalid api token", "status": 401})).category
        == "authentication"
    )


@pytest.mark.parametrize("level", ["info", "debug", 30, {"name": "INFO", "no": 20}, None, True])
def test_a_record_of_another_level_shows_no_error_by_it(level: object) -> None:
    for fields in ({}, {"status": 401}):
        assert not errdex.detect(json.dumps({"level": level, "msg": "invalid api token", **fields}))


def test_a_record_without_a_status_needs_more_than_its_level() -> None:
    """Many programs have tokens of their own."""
    for text in ("invalid api token", "request cancelled", "not found"):
        assert not errdex.detect(json.dumps({"level": "error", "msg": text}))


@pytest.mark.parametrize("depth", [1, 3, 5])
def test_records_in_records(depth: int) -> None:
    """A line that each carrier puts into a record of its own, as text."""
    line = "openai.RateLimitError: Error code: 429 - {'error': {'message': 'You exceeded your current quota, please check your plan and billing details.', 'code': 'insufficient_quota'}}"
    for _ in range(depth):
        line = json.dumps({"log": line, "stream": "stderr", "time": "2026-11-21T10:00:00Z"})
    assert errdex.detect(line).entry == "openai/insufficient-quota"


def test_what_the_caller_sent_is_no_error() -> None:
    """Prompts and answers in a record may quote any error."""
    said = "Error code: 429 - {'error': {'message': 'Rate limit reached', 'code': 'rate_limit_exceeded'}}"
    for key in ("prompt", "content", "input", "llm.prompt", "gen_ai.input.content"):
        assert not errdex.detect(json.dumps({"level": "error", "event": "asked", "model": "gpt-4o", key: said}))


def test_the_records_of_carriers_are_those_of_their_script() -> None:
    found = {record["logger"]: record["record"] for record in RECORDS}
    for logger, record, _ in CARRIED:
        line = record if isinstance(record, str) else json.dumps(record, ensure_ascii=False)
        assert found[logger] == line
