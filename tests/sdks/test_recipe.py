"""The handler that the guides offer to paste, with Cohere's real SDK."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from types import SimpleNamespace

import pytest

from tests import ROOT
from tests.local_server import Answer, Server

cohere = pytest.importorskip("cohere", reason="cohere is not installed; pip install -e '.[sdks]'")

PAGE = ROOT / "docs" / "recipe.md"
MINUTE = "You are past the per minute request limit, please wait and try again later."
QUOTA = "You are using a Trial key, which is limited to 1000 API calls / month"
TOO_LONG = (
    "too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 8162. Try using a shorter prompt, "
    "or enabling prompt truncating. See https://docs.cohere.com/reference/generate for more details."
)
MESSAGES = [{"role": "user", "content": "…"}] * 9


def failure(status: int, message: str, **headers: str) -> Answer:
    return Answer(status, {"id": "63e33405", "message": message}, headers)


def reply(finish_reason: str = "COMPLETE") -> Answer:
    content = [{"type": "text", "text": "the answer"}]
    body = {"id": "1", "finish_reason": finish_reason, "message": {"role": "assistant", "content": content}}
    return Answer(200, body)


@pytest.fixture
def recipe(server: Server) -> Iterator[SimpleNamespace]:
    """Run the page's function and its `send` for Cohere; `sleeps` are the seconds it would have waited."""
    names: dict = {"__name__": "recipe"}
    for block in re.findall(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)[:2]:
        exec(block, names)
    sleeps: list[float] = []
    names["time"] = SimpleNamespace(monotonic=lambda: sum(sleeps), sleep=sleeps.append)
    with ExitStack() as clients:
        names["client_of"] = cache(lambda key: clients.enter_context(cohere.ClientV2(api_key=key, base_url=server.url)))

        def ask(*keys: str) -> str:
            return names["ask"](names["send"], MESSAGES, names["Keys"](*keys))

        yield SimpleNamespace(ask=ask, names=names, sleeps=sleeps)


def test_it_waits_takes_the_next_key_and_shortens(recipe: SimpleNamespace, server: Server) -> None:
    """One request for each trouble, and the answer at the end."""
    server.prepare(
        failure(429, MINUTE, **{"retry-after": "7"}),
        failure(429, QUOTA),
        failure(400, TOO_LONG),
        failure(500, "zzz"),
        reply(),
    )
    assert recipe.ask("first key", "second key") == "the answer"
    assert len(server.requests) == 5
    assert 7 <= recipe.sleeps[0] <= 7.7
    assert len(recipe.sleeps) == 2


@pytest.mark.parametrize(
    ("status", "message"),
    [(429, QUOTA), (401, "invalid api token"), (400, "invalid request: list of documents must not be empty")],
)
def test_what_is_in_vain_is_sent_once(status: int, message: str, recipe: SimpleNamespace, server: Server) -> None:
    """The fix stands in the traceback of what is raised."""
    server.prepare(failure(status, message))
    with pytest.raises(Exception, match=str(status)) as caught:
        recipe.ask("the only key")
    assert len(server.requests) == 1
    assert caught.value.__notes__[0].startswith("errdex: ")
    assert recipe.sleeps == []


def test_threads_that_fail_on_one_key_set_one_key_aside(recipe: SimpleNamespace, server: Server) -> None:
    """Both have sent their request with the first key when it turns out to be spent."""
    names, keys = recipe.names, recipe.names["Keys"]("first", "second", "third")
    both, used = threading.Barrier(2), []

    def send(key: str, messages: list) -> str:
        used.append(key)
        if key == "first":
            both.wait(timeout=10)
            raise cohere.core.ApiError(status_code=429, headers={}, body={"message": QUOTA})
        return key

    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(names["ask"], send, MESSAGES, keys) for _ in range(2)]
        assert [one.result(timeout=10) for one in asked] == ["second", "second"]
    assert sorted(used) == ["first", "first", "second", "second"]
    assert keys.best() == "second"
    assert keys.another("second")


def test_a_key_is_used_again_when_its_limit_opens(recipe: SimpleNamespace, server: Server) -> None:
    keys = recipe.names["Keys"]("first", "second")
    keys.close("first", 600)
    assert (keys.best(), keys.another("second")) == ("second", False)
    recipe.names["time"].sleep(601)
    assert (keys.best(), keys.another("second")) == ("first", True)
    keys.close("first")
    keys.close("second", 60)
    assert (keys.best(), keys.another("first")) == ("second", False)  # all are closed; this one opens first


def test_it_says_that_it_gives_up(recipe: SimpleNamespace, server: Server, caplog: pytest.LogCaptureFixture) -> None:
    """Whether attempts or time are over, or nothing can help."""
    for answer, reason in (
        (failure(500, "zzz"), "6 of 6 attempts are made"),
        (failure(429, QUOTA), "cohere/trial-key-per-month"),
    ):
        server.prepare(answer)
        with pytest.raises(Exception, match=str(answer.status)):
            recipe.ask("the only key")
        record = caplog.records[-1]
        assert record.levelname == "ERROR"
        assert record.getMessage().startswith("given up: ")
        assert reason in record.getMessage()


def test_it_ends(recipe: SimpleNamespace, server: Server) -> None:
    """Neither attempts nor time are without bound."""
    server.prepare(failure(429, MINUTE, **{"retry-after": "50"}))
    with pytest.raises(Exception, match="429"):
        recipe.ask("the only key")
    assert len(server.requests) == 4  # a fourth wait of 50 s would end after 180 s
    server.prepare(failure(500, "internal server error"))
    with pytest.raises(Exception, match="500"):
        recipe.ask("the only key")
    assert len(server.requests) == 6


def test_a_reply_that_ended_in_an_error(recipe: SimpleNamespace, server: Server) -> None:
    """A status of 200 does not hide it: a failed generation is asked for again, a withheld one is not."""
    server.prepare(reply("ERROR"), reply())
    assert recipe.ask("the only key") == "the answer"
    assert (len(server.requests), len(recipe.sleeps)) == (2, 1)
    server.prepare(reply("ERROR_TOXIC"), reply())
    with pytest.raises(Exception, match="the reply reports an error") as caught:
        recipe.ask("the only key")
    assert len(server.requests) == 1
    assert "cohere/finish-toxic" in caught.value.__notes__[0]
