"""Mutated lines: colours, mojibake, escapes, cuts and odd blanks inside messages get one verdict from every engine."""

from __future__ import annotations

import os

import pytest

from errdex.classifier.catalog import Catalog
from tests.clock import stopped
from tests.engines.engines import ENGINES, differences, node, report, wanted
from tests.engines.inputs import Input
from tests.fuzz.mutations import lines

COUNT = int(os.environ.get("MUTATED", "20000"))
"""Lines; a long run has a million."""
_AT_ONCE = 10_000
_BETWEEN = "2026-11-21 10:00:00,000 INFO app: all is well"
_SEEN = [
    "You are using a \x1b[1mTrial\x1b[0m key, which is limited to 10 API calls / minute.",
    "cohere: You are past the per minute \x1b[01;31m\x1b[Krequest\x1b[m\x1b[K limit, please wait and try again later.",
    "dataset does not have\u00c2 a schema",
    "dataset does not have\u00c2\u00a0a schema",
    '{"level":"error","message":"You are past the per minute request limit,\\nplease wait and try again later."}',
    '{"level":"error","message":"dataset does not\\thave a schema"}',
    '{"level":"error","message":"dataset does not have\\u00a0a schema"}',
    '{"level":"error","message":"dataset does not have\\u0020a schema"}',
    '{"level":"error","message":"dataset does not h\\u0061ve a schema"}',
    "\u2019403 forbidden",
    "httpsconnectionpool(host='x', port=4096): max retries exceeded with url: /v1 (caused by proxyerror('cannot connect to proxy.', oserror('tunnel connection fed: 403 forbidden')))",
    "API Error:\u2019500 Internal server\U0001f600error. This is a server-side issue, usually temporary \u2014 try again in a moment.",
    '{"err\x1b]8;;x\x07or_code": 336005, "error_msg": "API name not exist", "id": "as-wbx23eriqh"}',
    r'{\"ERROR\":{\"CODE\":400,\"MESSAGE\":\"\U2026\",\"METADATA\":{\"ERROR_TYPE\":\"STRING_TOO_LONG\"}}}',
    r'{"name":"projects/123/locations/us-central1/batchPredictionJobs/456","state":"JOB_ST\u0041TE_PARTIALLY_SUCCEEDED"}',
    '{"Response": {"Er": {"Code": "AuthFailure.InvalidAuthorization", "Message": "Request header `Authorization` is invalid."}}}',
    "failed: Albert API error: <html> <head><title>504",
    "ERROR CODE: 429 - ERROR CODE: 400 - {'ERROR': {'MESSAGE': \"INVALID FILE FORMAT. SUPPORTED FORMATS: [",
    "error=invalid_request_error: thinking.enabled.budget_tokens: Input should be greater than or equal to 1024 retry-after: 5",
    "[error] invalid_request_error: thinking.enabled.budget_tokens: Inp tushould be greater than or equal to 1024",
    "> requests.exceptions.HTTPError:\x1d523 Server Error: <none> for url: https://llm.example.com/v1/chat/completions'}",
]  # fmt: skip
"""What engines judged in different ways once."""


@pytest.mark.parametrize("name", ["classify", "detect", "words", "hyperscan", "node", "node_detect"])
def test_mutated_lines(name: str, catalog: Catalog) -> None:
    if name.startswith("node") and not node():
        pytest.skip("no Node on this machine")
    if name == "hyperscan":
        pytest.importorskip("hyperscan")
    engine, seed, found = ENGINES[name], len(name), []
    each = COUNT // 6  # the engines get different lines: together so many
    for start in range(0, each, _AT_ONCE):
        mutated = [*_SEEN, *lines(min(_AT_ONCE, each - start), 1_000 * seed + start)]
        # Lines of a log may belong to the line before, so each is parted from it.
        texts = [text for one in mutated for text in (one, _BETWEEN)]
        inputs = [
            Input(str(number), "mutated", "text", text) for number, text in enumerate(texts) if "# errdex: " not in text
        ]
        with stopped():
            answers = {one.id: wanted(catalog, one, engine.asserted) for one in inputs}
            found += differences(engine, catalog, inputs, answers)
    assert not found, report(found)
