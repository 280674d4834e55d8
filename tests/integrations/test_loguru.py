"""The patcher for loguru, with the real library."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from loguru import logger as loguru_logger

from errdex.integrations._record_fields import NO_FIELDS
from errdex.integrations.loguru import patcher
from tests.exceptions import ApiError
from tests.integrations.logged import TOKEN, Hostile, quota


@pytest.fixture
def loguru() -> Iterator[tuple]:
    """A patched logger and the records and lines that its sink has seen."""
    seen: list = []
    sink = loguru_logger.add(seen.append, format="{message} [{extra[error_category]}]", level=0, catch=False)
    yield loguru_logger.patch(patcher), seen
    loguru_logger.remove(sink)


@pytest.fixture(autouse=True)
def _quiet_loguru() -> None:
    loguru_logger.remove()


def test_loguru_sink_sees_extra(loguru) -> None:
    """The fields stand in `extra`; a format may name them for every record."""
    logger, seen = loguru
    logger.error("Cohere: {}", TOKEN)
    logger.warning("wrote 429 rows")
    logger.info("Cohere: {}", TOKEN)
    assert seen == [f"Cohere: {TOKEN} [authentication]\n", "wrote 429 rows [None]\n", f"Cohere: {TOKEN} [None]\n"]
    assert seen[0].record["extra"]["error_entry"] == "cohere/invalid-api-key"
    assert seen[1].record["extra"] == NO_FIELDS


def test_loguru_exceptions(loguru) -> None:
    """The exception comes before the message, and what is bound stays."""
    logger, seen = loguru
    try:
        raise quota()
    except ApiError:
        logger.exception("chat failed")
    logger.bind(error_category="mine").error("chat failed", error=quota())
    logger.opt(exception=True).error("no exception here")
    assert [line.record["extra"]["error_entry"] for line in seen] == ["cohere/trial-key-per-month"] * 2 + [None]
    assert seen[1].record["extra"]["error_category"] == "mine"
    logger.bind(error=Hostile()).error("failed")
    assert seen[3].record["extra"]["error_entry"] is None
