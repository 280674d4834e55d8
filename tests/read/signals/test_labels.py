"""What may stand before a message: labels, log heads, names of clients."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from errdex.classifier.catalog import Catalog
from errdex.read.signals.labels import Labels


@pytest.mark.parametrize(
    "text",
    [
        '{"error": "Cohere API error: invalid api token"}',
        "Failed to call Cohere: invalid api token",
        "[cohere] invalid api token",
        'level=ERROR msg="rerank failed" err="CohereAPIError: invalid api token"',
        "{\"textPayload\": \"cohere.errors.UnauthorizedError: status_code: 401, body: {'message': 'invalid api token'}\"}",
        'HTTP/1.1 200 OK\n\n{"error":{"code":401,"message":"invalid api token"}}',
    ],
)
def test_clients_put_words_in_front(text: str, catalog: Catalog) -> None:
    """A client's own words before the message do not hide it."""
    assert catalog.classify(text).entry == "cohere/invalid-api-key"


@pytest.mark.parametrize("label", ["调用失败：", "错误: ", "报错:", "错误信息：", "エラー: ", "오류: ", "返回:"])
def test_labels_in_other_scripts(label: str, catalog: Catalog) -> None:
    """A blank is often missing behind them."""
    text = "too many tokens: multi-hop prompt is too long even after truncation"
    assert catalog.detect(f"第三次 {label}{text}").entry == "cohere/multi-hop-prompt-too-long"
    assert not catalog.detect(f"第三次 {label[:1]}{text}")


WORDS = [*"ab_.$/-:'([< ", "error", "failed", "Error", "msg", "caused by", "cohere", ": "]


LABELS = st.lists(st.sampled_from(WORDS), max_size=9).map("".join)


@given(before=LABELS.map(lambda text: text + ": ") | LABELS)
def test_plain_labels_are_labels(before: str, catalog: Catalog) -> None:
    """The quick judgement of a label never says yes where the pattern says no."""
    labels: Labels = catalog._full.vocabulary.labels
    if labels._is_label(before):
        assert labels._label.match(before[::-1]), before
