"""Messages without a Latin word are found by their characters, where a message may be, and nowhere else."""

from __future__ import annotations

import pytest

from errdex.classifier.catalog import Catalog
from tests.chinese_catalog import FOUND, LEFT, chinese_catalog


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    return Catalog.load(chinese_catalog(tmp_path_factory.mktemp("chinese")))


@pytest.mark.parametrize("text", FOUND)
def test_found(text: str, chinese: Catalog) -> None:
    """Alone, in a body, in a log line, behind a label, before a request id."""
    for answer in (chinese.detect(text), chinese.classify(text), chinese._full.detect(text)):
        assert answer.entry == FOUND[text]


@pytest.mark.parametrize("text", LEFT)
def test_left_alone(text: str, chinese: Catalog) -> None:
    """Sentences with the same characters, and talk about the message, report nothing."""
    assert not chinese.detect(text)
    assert not chinese._full.detect(text)


def test_a_hole_between_characters(chinese: Catalog) -> None:
    """A character beside a hole is a key all the same: it is not joined to the value."""
    assert chinese.classify("当前部件套餐暂未开放GLM-5权限").entry != "own/no-plan"  # the template has blanks
    assert chinese.classify("当前部件套餐暂未开放 GLM-5 权限").params == {"model": "GLM-5"}
