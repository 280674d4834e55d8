"""A warning where an SDK has repeated a request by itself, with the real SDKs."""

from __future__ import annotations

import logging
from contextlib import closing

import pytest

from errdex.retry import is_retryable, next_step, sdk
from tests.local_server import Answer, Server

OVERLOADED = Answer(503, {"error": {"message": "zzz", "type": "server_error"}}, {"retry-after-ms": "1"})


def openai_call(server: Server, retries: int) -> object:
    openai = pytest.importorskip("openai", reason="openai is not installed; pip install -e '.[sdks]'")
    with openai.OpenAI(api_key="x", base_url=f"{server.url}/v1", max_retries=retries) as client:
        return client.chat.completions.create(model="m", messages=[{"role": "user", "content": "x"}])


def anthropic_call(server: Server, retries: int) -> object:
    anthropic = pytest.importorskip("anthropic", reason="anthropic is not installed; pip install -e '.[sdks]'")
    with anthropic.Anthropic(api_key="x", base_url=server.url, max_retries=retries) as client:
        return client.messages.create(model="m", max_tokens=1, messages=[{"role": "user", "content": "x"}])


def bedrock_call(server: Server, retries: int) -> object:
    boto3 = pytest.importorskip("boto3", reason="boto3 is not installed; pip install -e '.[sdks]'")
    config = pytest.importorskip("botocore.config").Config(retries={"total_max_attempts": retries + 1})
    keys = {"aws_access_key_id": "x", "aws_secret_access_key": "x", "region_name": "us-east-1"}
    with closing(boto3.client("bedrock-runtime", endpoint_url=server.url, config=config, **keys)) as client:
        return client.invoke_model(modelId="m", body=b"{}")


SDKS = {"openai": openai_call, "anthropic": anthropic_call, "botocore": bedrock_call}


@pytest.fixture(autouse=True)
def _nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sdk, "_said", set())


def failed(name: str, server: Server, retries: int) -> Exception:
    """Return what an SDK raises after so many repetitions of its own."""
    with pytest.raises(Exception) as caught:  # noqa: PT011 (each SDK has its own)
        SDKS[name](server, retries)
    return caught.value


@pytest.mark.parametrize("name", SDKS)
def test_an_sdk_that_repeats_is_named_once(name: str, server: Server, caplog: pytest.LogCaptureFixture) -> None:
    server.prepare(OVERLOADED)
    error = failed(name, server, 1)
    assert len(server.requests) == 2
    with caplog.at_level(logging.WARNING, "errdex.retry"):
        assert is_retryable(error)
        next_step(error, 1)
    (record,) = caplog.records
    assert record.getMessage().startswith(f"{name} sent the request 2 times before it raised ")
    assert "=0" in record.getMessage() or "total_max_attempts" in record.getMessage()


@pytest.mark.parametrize("name", SDKS)
def test_one_that_does_not_is_not(name: str, server: Server, caplog: pytest.LogCaptureFixture) -> None:
    server.prepare(OVERLOADED)
    error = failed(name, server, 0)
    assert len(server.requests) == 1
    assert is_retryable(error)
    assert caplog.records == []


def test_other_exceptions_are_no_matter(caplog: pytest.LogCaptureFixture) -> None:
    for error in (KeyError("x"), RuntimeError("Cohere: internal server error"), type("E", (Exception,), {})()):
        is_retryable(error)
        assert sdk.own_retries(error) == 0
    assert caplog.records == []
