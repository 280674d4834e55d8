"""What the wall answers to whom: paths, orders, records, limits of its own, and connections that end."""

from __future__ import annotations

import http.client
import json
import socket
import time
from urllib.parse import urlsplit

import pytest

from errdex.classifier.catalog import Catalog
from errdex.wall import Wall
from errdex.wall.apis.routes import APIS
from tests.wall.client import CHAT, ask, statuses

PATHS = {
    "/v1/chat/completions": "openai",
    "/openai/v1/chat/completions": "openai",
    "/v1/responses": "openai",
    "/v1/embeddings": "openai",
    "/mistral/v1/chat/completions": "mistral",
    "/groq/openai/v1/chat/completions": "groq",
    "/v1/messages": "anthropic",
    "/anthropic/v1/messages/count_tokens": "anthropic",
    "/v1/chat": "cohere",
    "/v2/chat": "cohere",
    "/cohere/v2/embed": "cohere",
    "/v1beta/models/gemini-2.5-flash:generateContent": "google",
    "/google/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse": "google",
    "/model/anthropic.claude-3-haiku/converse": "bedrock",
    "/bedrock/model/arn%3Aaws%2Fx/invoke": "bedrock",
}


@pytest.mark.parametrize(("path", "api"), PATHS.items())
def test_paths(path: str, api: str, errdex_wall: Wall) -> None:
    assert ask(errdex_wall, path, {"model": "m"}).status == 200
    assert errdex_wall.requests[-1].api == api


@pytest.mark.parametrize(
    ("headers", "api"),
    [
        ({"host": "api.groq.com"}, "groq"),
        ({"user_agent": "mistral-client-python/3.7"}, "mistral"),
        ({"user_agent": "OpenAI/Python 3.57.0"}, "openai"),
    ],
)
def test_apis_that_share_a_path(headers: dict[str, str], api: str, errdex_wall: Wall) -> None:
    """By the host that was called, or the client's name."""
    ask(errdex_wall, "/openai/v1/chat/completions", **headers)
    assert errdex_wall.requests[-1].api == api


def test_as_a_proxy(errdex_wall: Wall) -> None:
    """A request to a proxy begins with the host, and that names the API."""
    assert ask(errdex_wall, "http://api.groq.com/openai/v1/chat/completions?x=1", host="api.groq.com").status == 200
    assert (errdex_wall.requests[-1].api, errdex_wall.requests[-1].path) == ("groq", "/openai/v1/chat/completions")


@pytest.mark.parametrize("path", ["/", "/v1/chat/completion", "/v3/chat", "/model/m/explode", "/errdex/nothing"])
def test_other_paths(path: str, errdex_wall: Wall) -> None:
    """No API has them: 404 with the reason; but any path fails if it is told to."""
    reply = ask(errdex_wall, path)
    assert (reply.status, reply.headers["x-errdex-error"]) == (404, "unknown")
    assert "no API has the path" in reply.json["error"]["message"]
    assert ask(errdex_wall, path, x_errdex_fail="openai/500").status == 500


def test_orders_by_header_model_and_scenario(errdex_wall: Wall) -> None:
    """The header goes before the model's name, and that before the scenario."""
    errdex_wall.fail("openai/500")
    model = {"model": "errdex:openai/429"}
    assert ask(errdex_wall).status == 500
    assert ask(errdex_wall, body=model).status == 429
    assert ask(errdex_wall, body=model, x_errdex_fail="openai/401").status == 401
    assert ask(errdex_wall, body=model, x_errdex_fail="pass").status == 200
    assert [request.did for request in errdex_wall.requests] == ["openai/500", "openai/429", "openai/401", "pass"]


@pytest.mark.parametrize(
    ("order", "said"),
    [
        ("cohere/trial-key-per-mont", "did you mean cohere/trial-key-per-month"),
        ("cohere/sdk-no-api-key", "a client raises it itself"),
        ("anthropic/stream-overloaded", "no entry"),
        ("sleep", "'sleep' is nothing to do"),
        ("cohere/429; soon", "'soon' is no setting"),
        ("cohere/429; after=x", "after=x: must be a whole number from 0 to 1000"),
        ("cohere/429; wait=4000", "wait=4000: must be a number of seconds from 0 to 3600"),
        ("cohere/429; wait=nan", "wait=nan: must be"),
        ("cohere/429; status=200", "status=200: must be"),
    ],
)
def test_wrong_orders(order: str, said: str, errdex_wall: Wall) -> None:
    """They are refused with what is wrong, in the API's own shape, and nothing fails by mistake."""
    reply = ask(errdex_wall, x_errdex_fail=order)
    assert (reply.status, reply.headers["x-errdex-error"]) == (400, "rejected")
    assert said in reply.json["error"]["message"]


def test_an_error_of_streams_needs_a_stream(errdex_wall: Wall, catalog: Catalog) -> None:
    entry = next(
        name
        for name, page in catalog.pages["entries"].items()
        if name.startswith("openai/") and page.get("surface") == "stream" and not page.get("status")
    )
    assert "occurs only in a stream" in ask(errdex_wall, x_errdex_fail=entry).json["error"]["message"]
    assert ask(errdex_wall, body={"stream": True}, x_errdex_fail=entry).status == 200


def test_an_entry_of_any_provider(errdex_wall: Wall) -> None:
    """A provider without an API here gets the shape of the API that is called, as gateways do it; `http` too."""
    for path, shape in ((CHAT, "openai"), ("/v1/messages", "anthropic")):
        body = ask(errdex_wall, path, x_errdex_fail="http/429").json
        assert ("type" in body) == (shape == "anthropic")
    assert ask(errdex_wall, x_errdex_fail="deepseek/402").status == 402


def test_status(errdex_wall: Wall, catalog: Catalog) -> None:
    """Another one of the entry's."""
    entry, statuses_ = next(
        (name, page["status"])
        for name, page in catalog.pages["entries"].items()
        if name.startswith("mistral/") and isinstance(page.get("status"), list)
    )
    assert [ask(errdex_wall, x_errdex_fail=f"{entry}; status={one}").status for one in statuses_] == statuses_


# What it records


def test_records(errdex_wall: Wall) -> None:
    """What a test wants to know, and of a key its end alone."""
    ask(
        errdex_wall,
        body={"model": "gpt", "stream": True},
        authorization="Bearer sk-secret-1234",
        x_stainless_retry_count="2",
    )
    seen = errdex_wall.requests[-1]
    assert (seen.number, seen.method, seen.path, seen.operation) == (1, "POST", CHAT, "chat")
    assert (seen.model, seen.stream, seen.key, seen.retry, seen.status) == ("gpt", True, "1234", 2, 200)
    reply = ask(errdex_wall, "/errdex/requests", method="GET").json
    assert reply["count"] == errdex_wall.calls == 1  # a look at the record is not in it
    assert reply["requests"][0]["model"] == "gpt"
    assert "secret" not in json.dumps(reply)
    assert ask(errdex_wall, "/errdex/requests", method="DELETE").json == {"count": 0, "requests": []}
    assert errdex_wall.calls == 0


def test_about(errdex_wall: Wall) -> None:
    about = ask(errdex_wall, "/errdex", method="GET").json
    assert about["base_urls"] == {api: errdex_wall.url_of(api) for api in APIS}


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b'"text"', b"\xff\xfe", b"[" * 5000, b'{"model": 7, "stream": "yes", "input": null}']
)
@pytest.mark.parametrize("path", [CHAT, "/v1/embeddings", "/v1/messages", "/v2/chat", "/v2/embed", "/model/m/invoke"])
def test_any_body(path: str, body: bytes, errdex_wall: Wall) -> None:
    """A request that no API would take gets a plain answer all the same."""
    assert ask(errdex_wall, path, body).status == 200


# Limits of its own


def test_large_requests() -> None:
    """They are refused, whether they say their length or not."""
    with Wall(max_body=1000) as wall:
        assert ask(wall, body={"input": "x" * 900}).status == 200
        reply = ask(wall, body={"input": "x" * 1000})
        assert (reply.status, wall.requests[-1].did) == (413, "rejected")
        assert "larger than 1,000 bytes" in reply.json["error"]["message"]
        address = urlsplit(wall.url)
        connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=20)
        connection.request(
            "POST", CHAT, iter([b"x" * 600, b"x" * 600]), encode_chunked=True, headers={"transfer-encoding": "chunked"}
        )
        assert connection.getresponse().status == 413
        connection.close()


def test_two_walls() -> None:
    """Each has its own port and its own record."""
    with Wall() as one, Wall() as other:
        assert one.url != other.url
        ask(one)
        assert (one.calls, other.calls) == (1, 0)


# Connections that end


def test_reset(errdex_wall: Wall) -> None:
    with pytest.raises(ConnectionResetError):
        ask(errdex_wall, x_errdex_fail="reset")
    assert errdex_wall.requests[-1].status is None
    assert ask(errdex_wall).status == 200


@pytest.mark.parametrize("stream", [False, True])
def test_cut(stream: bool, errdex_wall: Wall) -> None:
    """The answer begins, and does not end."""
    with pytest.raises(http.client.IncompleteRead) as caught:
        ask(errdex_wall, body={"stream": stream}, x_errdex_fail="cut; after=2")
    assert (caught.value.partial.count(b"data: ") == 2) if stream else caught.value.expected > 0


def test_refuse(errdex_wall: Wall) -> None:
    """Reset, then refused, also on connections that were open before; `clear` ends it."""
    address = urlsplit(errdex_wall.url)
    open_before = socket.create_connection((address.hostname, address.port))
    assert ask(errdex_wall).status == 200
    with pytest.raises(ConnectionResetError):
        ask(errdex_wall, x_errdex_fail="refuse; lasts=600")
    with pytest.raises(ConnectionRefusedError):
        ask(errdex_wall)
    with pytest.raises(ConnectionResetError):
        open_before.recv(1)
    open_before.close()
    errdex_wall.clear()
    assert ask(errdex_wall).status == 200


def test_refuse_for_a_while(errdex_wall: Wall) -> None:
    with pytest.raises(ConnectionResetError):
        ask(errdex_wall, x_errdex_fail="refuse; lasts=0.05")
    for _ in range(200):
        try:
            assert ask(errdex_wall).status == 200
            break
        except ConnectionRefusedError:
            time.sleep(0.05)
    else:
        pytest.fail("it did not open again")


def test_slow(errdex_wall: Wall) -> None:
    """At least as slow as it was told."""
    begin = time.monotonic()
    ask(errdex_wall, x_errdex_fail="pass; wait=0.2")
    ask(errdex_wall, body={"stream": True}, x_errdex_fail="openai/500; after=3; pace=0.05")
    assert time.monotonic() - begin >= 0.2 + 3 * 0.05


def test_several_at_once(errdex_wall: Wall) -> None:
    """A slow answer keeps nobody else waiting."""
    address = urlsplit(errdex_wall.url)
    slow = http.client.HTTPConnection(address.hostname or "", address.port, timeout=20)
    slow.request("POST", CHAT, b"{}", {"x-errdex-fail": "pass; wait=600"})
    assert statuses(errdex_wall, 3) == [200, 200, 200]
    slow.close()
