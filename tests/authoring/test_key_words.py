"""The words by which the index finds a template, and the literals by which a scanner does."""

from __future__ import annotations

from collections import Counter

import pytest

from errdex.authoring.key_words import key_literals, key_words, line_key
from errdex.authoring.template import compile_parts


@pytest.mark.parametrize(
    ("message", "shown", "literal"),
    [
        ("too many tokens: multi-hop prompt is too long", 24, "too many tokens: multi-h"),
        ("model '{m:name}' not found, make sure the id is right", 24, "not found, make"),
        ("see https://x.test/a for 'more' information", 40, "see https:\ninformat"),
        ("connector '{a:name}' not found", 24, "connector\nnot found"),
        ("'{a:name}' '{b:name}' was removed", 24, "was removed"),
        ("`{a:name}`: '{b:name}' is gone for good and all", 2, "is gone for good and all"),
    ],
)
def test_key_literals_are_shown_and_plain(message: str, shown: int, literal: str) -> None:
    """The scanner's key is what even a cut text shows, without characters that texts write in several ways."""
    assert line_key(key_literals(compile_parts(message), shown), Counter()) == literal


def test_a_key_literal_tells_templates_apart() -> None:
    """Where many templates have the longest literal, another is better; but no common word, nor a mere scrap."""
    runs = ["): max retries exceeded with url:", "unable to connect to proxy", "server", "in the f"]
    assert line_key(runs, Counter({runs[0]: 2})) == runs[0]
    assert line_key(runs, Counter({runs[0]: 28, runs[1]: 6})) == runs[1]
    assert line_key(runs[:1] + runs[2:], Counter({runs[0]: 28})) == runs[0]
    assert line_key(["the request:", "response"], Counter({"the request:": 9})) == "the request:\nresponse"


@pytest.mark.parametrize(
    ("message", "keys"),
    [
        ("余额不足，请充值", {"足", "充", "值"}),  # rare ones
        ("模型{m:name}不存在", {"模", "型", "存"}),  # also beside a hole
        ("请在 5 分钟后重试", {"钟", "后", "重"}),  # a number says nothing
        ("该 codec 暂不可用", {"codec"}),  # a Latin word is rarer than a character
        ("，。！{a:name}：？", set()),
    ],
)
def test_characters_are_key_words_where_latin_words_are_missing(message: str, keys: set[str]) -> None:
    used = {"余": 9, "额": 9, "不": 9, "请": 9, "在": 9, "分": 9, "试": 9}
    assert set(key_words(compile_parts(message), used=used)) == keys


def test_a_cut_text_has_the_key_words() -> None:
    """A Latin word counts only if a truncated text has it."""
    parts = compile_parts("模型 {_:text} 的价格未配置；Model {m:name} has no ratio")
    assert set(key_words(parts, 9)) <= set("模型的价格未配置")
    assert set(key_words(parts, 24)) == {"model", "has", "no"}


def test_key_literals_of_characters() -> None:
    """A scanner looks for characters only where the index does: JSON may escape them."""
    parts = compile_parts("您的余额“{x:text}”不足，请充值 (request id: 1)")
    assert key_literals(parts, 40) == ["(request id: 1)"]
    assert key_literals(parts, 40, ["余", "充"]) == ["您的余额", "不足，请充值 (request id: 1)"]
