"""The filter for the standard library's logging."""

from __future__ import annotations

import io
import logging
import logging.handlers
import pickle
import queue
from collections.abc import Iterator

import pytest

import errdex
from errdex.integrations._record_fields import NO_FIELDS, fields_of
from errdex.integrations.logging import ErrdexFilter
from errdex.integrations.structlog import annotate
from tests.exceptions import QUOTA, ApiError
from tests.integrations.logged import TOKEN, Hostile, quota, wrapped


class Kept(logging.Handler):
    """Keeps its records."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture
def kept() -> Iterator[Kept]:
    """A handler with the filter, on the parent of the logger `errdex_test.child`."""
    parent = logging.getLogger("errdex_test")
    handler = Kept()
    handler.addFilter(ErrdexFilter())
    parent.addHandler(handler)
    parent.setLevel(logging.DEBUG)
    parent.propagate = False
    yield handler
    parent.removeHandler(handler)


log = logging.getLogger("errdex_test.child")


def told(record: logging.LogRecord) -> tuple[object, object]:
    return record.error_entry, record.error_retryable


def test_records_of_a_child_logger(kept: Kept) -> None:
    """On a handler, the filter sees what comes up from children."""
    log.error("Cohere: %s", TOKEN)
    record = kept.records[0]
    assert {name: getattr(record, name) for name in NO_FIELDS} == fields_of(errdex.classify(f"Cohere: {TOKEN}"))
    assert told(record) == ("cohere/invalid-api-key", False)
    assert record.error_docs.startswith("https://")
    assert (record.msg, record.args) == ("Cohere: %s", (TOKEN,))


def test_the_trap_of_a_filter_on_a_logger(kept: Kept) -> None:
    """On a logger, the filter does not see what comes up from children: why the guide says handler."""
    parent = logging.getLogger("errdex_test")
    kept.filters.clear()
    only = ErrdexFilter()
    parent.addFilter(only)
    log.error(TOKEN)
    parent.removeFilter(only)
    assert not hasattr(kept.records[0], "error_entry")


def test_a_quota_429_is_not_retryable(kept: Kept) -> None:
    """Where the status would say retry, the exception of the record says no."""
    try:
        raise quota()
    except ApiError:
        log.exception("chat failed")
    assert told(kept.records[0]) == ("cohere/trial-key-per-month", False)
    assert kept.records[0].error_category == "quota"


@pytest.mark.parametrize(
    "say",
    [
        lambda: log.error("chat failed: %s", quota()),
        lambda: log.error("%(what)s: %(error)s", {"what": "chat", "error": quota()}),
        lambda: log.error(quota()),
        lambda: log.error("chat failed", exc_info=quota()),
        lambda: log.error("chat failed", extra={"error": quota()}),
        lambda: log.error("chat failed", extra={"error": QUOTA}),
        lambda: log.error("chat failed", extra={"error": {"message": QUOTA}}),
        lambda: log.error("chat failed: %s", QUOTA),
        lambda: log.error("chat failed: %s", QUOTA, exc_info=KeyError("x")),
        lambda: log.error("chat failed", exc_info=wrapped(quota(), explicit=True)),
        lambda: log.error("chat failed", exc_info=wrapped(quota(), explicit=False)),
        lambda: log.error("chat failed", exc_info=ExceptionGroup("tasks", [KeyError("x"), quota()])),
    ],
    ids=[
        "argument",
        "named argument",
        "message",
        "exc_info",
        "extra",
        "text in extra",
        "body in extra",
        "text",
        "beside another",
        "cause",
        "context",
        "group",
    ],
)
def test_wherever_the_error_stands(say, kept: Kept) -> None:
    """It is found in all the places where programs put it."""
    say()
    assert told(kept.records[0]) == ("cohere/trial-key-per-month", False)


def test_a_hidden_context_is_not_read(kept: Kept) -> None:
    """`raise … from None` says that the first exception has nothing to do with it."""
    error = wrapped(quota(), explicit=False)
    error.__suppress_context__ = True
    log.error("failed", exc_info=error)
    assert told(kept.records[0]) == (None, None)


def test_chains_in_a_ring_and_huge_groups(kept: Kept) -> None:
    """An exception that is its own cause, or a group of thousands, ends."""
    error = KeyError("x")
    error.__cause__ = error
    log.error("failed", exc_info=error)
    log.error("failed", exc_info=ExceptionGroup("tasks", [KeyError(number) for number in range(5_000)]))
    assert [told(record) for record in kept.records] == [(None, None)] * 2


def test_innocent_lines_get_none(kept: Kept) -> None:
    """A format with the fields works for every record."""
    formatter = logging.Formatter("%(message)s %(error_category)s %(error_retry_after)s")
    log.warning("wrote 429 rows")
    log.error('INFO: 127.0.0.1 - "POST /api/chat HTTP/1.1" 500 Internal Server Error')
    log.error("KeyError", exc_info=KeyError("message"))
    log.error("none", exc_info=True)
    for record in kept.records:
        assert formatter.format(record).splitlines()[0].endswith("None None")
        assert all(getattr(record, name) is None for name in NO_FIELDS)


def test_levels(kept: Kept) -> None:
    """Records below the level are not read, and have the attributes all the same."""
    log.info("failed: %s", TOKEN, exc_info=quota())
    assert told(kept.records[0]) == (None, None)
    record = logging.makeLogRecord({"msg": f"Cohere: {TOKEN}", "levelno": logging.WARNING})
    assert ErrdexFilter(min_level="ERROR").filter(record)
    assert record.error_entry is None
    assert ErrdexFilter(min_level="DEBUG").min_level == ErrdexFilter(logging.DEBUG).min_level
    with pytest.raises(ValueError, match=r"no logging level 'LOUD'; use one of .*ERROR"):
        ErrdexFilter("LOUD")


def test_what_the_program_sets_stays(kept: Kept) -> None:
    """Attributes set by `extra` are kept, and a second handler's filter changes nothing."""
    log.error("Cohere: %s", TOKEN, extra={"error_category": "mine"})
    record = kept.records[0]
    assert (record.error_category, record.error_entry) == ("mine", "cohere/invalid-api-key")
    before = dict(record.__dict__)
    assert ErrdexFilter().filter(record)
    assert record.__dict__ == before


def test_hostile_objects_add_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    """An object without a text fails as it does without the filter: once, on the handler, and not in the program."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logger = logging.Logger("hostile")
    logger.addHandler(handler)

    def failures() -> int:
        logger.error("failed: %s", Hostile())
        logger.error(Hostile())
        logger.error("too few: %s %s", 1)
        return capsys.readouterr().err.count("--- Logging error ---")

    assert failures() == 3
    handler.addFilter(ErrdexFilter())
    assert failures() == 3
    logger.error("%s", TOKEN, extra={"error": Hostile()})
    assert stream.getvalue() == TOKEN + "\n"


def test_fields_can_be_sent_elsewhere(kept: Kept) -> None:
    """The values are plain: a receiver of pickled records needs no errdex."""
    log.error("Cohere: %s", TOKEN)
    found = {name: getattr(kept.records[0], name) for name in NO_FIELDS}
    assert {type(value) for value in found.values()} <= {str, bool, float, type(None)}
    assert b"errdex.taxonomy" not in pickle.dumps(found)


def test_queue_handler() -> None:
    """On the handler before a queue, the filter still has the exception."""
    records: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    handler = logging.handlers.QueueHandler(records)
    handler.addFilter(ErrdexFilter())
    logger = logging.Logger("queued")
    logger.addHandler(handler)
    logger.error("chat failed", exc_info=quota())
    record = records.get_nowait()
    assert record.exc_info is None
    assert told(record) == ("cohere/trial-key-per-month", False)


def test_nothing_is_raised_if_classifying_fails(monkeypatch: pytest.MonkeyPatch, kept: Kept) -> None:
    """Even a broken installation leaves the program's logs alone."""

    def broken() -> None:
        raise OSError("no rules.json")

    monkeypatch.setattr(errdex, "default_catalog", broken)
    log.error("failed")
    assert told(kept.records[0]) == (None, None)
    assert annotate(None, "error", {"event": "failed"}) == {"event": "failed"}
