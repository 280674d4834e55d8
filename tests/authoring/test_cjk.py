"""What Chinese, Japanese and Korean texts weigh, and which of their characters are words."""

from __future__ import annotations

import pytest

from errdex.authoring.cjk import characters, weight, worth


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("余额不足，请充值。", "余额不足请充值"),
        ("トークン・残高", "トークン残高"),
        ("한도 초과!", "한도초과"),
        ("rate limit: 429 …’é", ""),
        ("模型「GLM」不存在", "模型不存在"),
    ],
)
def test_characters_are_letters(text: str, found: str) -> None:
    assert "".join(characters(text)) == found


def test_nine_characters_weigh_as_much_as_a_short_sentence() -> None:
    assert weight("rate limit reached today") == weight("当前请求次数已超限") == 24
    assert weight("余额不足") < 24


def test_worth() -> None:
    """Latin letters are worth themselves; nine Chinese characters are worth 24 of them."""
    assert worth(["too many tokens: ", " of the model"], 24) == 24
    assert worth(["当前请求次数", "已超限，请稍后再试"], 24) == 9
    assert worth(["余额不足"], 24) == 24  # too short to be known when cut
