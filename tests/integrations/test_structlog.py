"""The processor for structlog, with the real library."""

from __future__ import annotations

import json

import pytest
import structlog

from errdex.integrations.structlog import annotate
from tests.exceptions import QUOTA, ApiError
from tests.integrations.logged import Hostile, quota


def chain(*processors) -> tuple[structlog.BoundLogger, structlog.testing.CapturingLogger]:
    output = structlog.testing.CapturingLogger()
    return structlog.wrap_logger(output, processors=[*processors, structlog.processors.JSONRenderer()]), output


def last(output: structlog.testing.CapturingLogger) -> dict:
    return json.loads(output.calls[-1].args[0])


def test_structlog_before_the_exception_is_formatted() -> None:
    """The exception is read by the processor, and formatted by the next one."""
    logger, output = chain(annotate, structlog.processors.format_exc_info)
    try:
        raise quota()
    except ApiError as error:
        for exc_info in (True, error, (type(error), error, error.__traceback__)):
            logger.error("chat failed", exc_info=exc_info)
            line = last(output)
            assert (line["error_entry"], line["error_retryable"]) == ("cohere/trial-key-per-month", False)
            assert "Traceback" in line["exception"]
            assert "error_retry_after" not in line


def test_structlog_after_the_exception_is_formatted() -> None:
    """In the wrong order the exception's body is lost: what is left is the traceback's text, which is read."""
    logger, output = chain(structlog.processors.format_exc_info, annotate)
    logger.error("chat failed", exc_info=quota())
    assert last(output).get("error_entry") != "cohere/trial-key-per-month"
    logger.error("chat failed", exc_info=RuntimeError(f"status_code: 429, body: {{'message': '{QUOTA}'}}"))
    assert last(output)["error_entry"] == "cohere/trial-key-per-month"


@pytest.mark.parametrize(
    "values",
    [
        {"event": "failed", "error": quota()},
        {"event": "failed", "exc": quota()},
        {"event": "failed", "error": "KeyError", "exception": quota()},
        {"event": quota()},
        {"event": "failed", "error": QUOTA},
        {"event": "failed", "error": {"message": QUOTA}},
        {"event": QUOTA},
        {"event": f"failed: {QUOTA}", "error": "KeyError"},
    ],
)
def test_structlog_reads_named_values(values: dict) -> None:
    """Errors are found by their name, and in the event."""
    assert annotate(None, "warning", values)["error_entry"] == "cohere/trial-key-per-month"


def test_structlog_leaves_the_rest() -> None:
    """Innocent and quiet events get nothing, keys that are there stay, hostile values do no harm."""
    logger, output = chain(annotate)
    logger.warning("wrote 429 rows", error=None)
    assert last(output) == {"event": "wrote 429 rows", "error": None}
    logger.info(QUOTA)
    assert last(output) == {"event": QUOTA}
    logger.error(QUOTA, error_category="mine")
    assert (last(output)["error_category"], last(output)["error_retryable"]) == ("mine", False)
    assert len(annotate(None, "error", {"event": Hostile(), "error": Hostile(), "exc_info": (1, 2)})) == 3
    assert annotate(None, "error", {}) == {}
