"""Scenarios: each kind of rule on a clock that the test moves, over HTTP where headers count, and files with mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from errdex.classifier.catalog import Catalog
from errdex.model.errors import ScenarioError, UnknownEntryError
from errdex.wall import Wall
from errdex.wall.apis.call import Call
from errdex.wall.failure import CannotFailError, Failures
from errdex.wall.plan import Plan
from errdex.wall.scenario import model_of
from errdex.wall.scenario_file import read_scenario
from tests.wall.client import CHAT, ask, statuses

MINUTE = "cohere/trial-key-per-minute"
MONTH = "cohere/trial-key-per-month"


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def did(plan: Plan, count: int = 1, key: str = "k", **about: object) -> list[str]:
    call = Call(
        **{"api": "cohere", "operation": "chat_v2", "model": "m", "stream": False, "body": {}, "tokens": 10, **about}
    )
    return [plan.decide(call, key)[0].do for _ in range(count)]


def plan_of(clock: Clock, *rules: dict) -> Plan:
    return Plan(model_of({"rules": [*rules]}), clock)


@pytest.mark.parametrize(
    ("then", "after"),
    [("pass", ["pass"] * 3), ("last", ["reset"] * 3), ("repeat", [MINUTE, MINUTE, "reset"]), (None, ["pass"] * 3)],
)
def test_sequence(then: str | None, after: list[str], clock: Clock) -> None:
    rule = {"sequence": [f"{MINUTE}; times=2", "reset"], **({"then": then} if then else {})}
    assert did(plan_of(clock, rule), 6) == [MINUTE, MINUTE, "reset", *after]


def test_shares(clock: Clock) -> None:
    """About as many as asked for; the same seed gives the same ones, another seed others."""
    shares = {"shares": {MINUTE: 0.2, "reset": 0.1}}
    one = did(plan_of(clock, shares), 2000)
    assert 300 < one.count(MINUTE) < 500
    assert 130 < one.count("reset") < 270
    assert one.count("pass") == 2000 - one.count(MINUTE) - one.count("reset")
    assert did(plan_of(clock, shares), 2000) == one
    assert did(plan_of(clock, {**shares, "seed": 1}), 2000) != one


def test_bucket(clock: Clock) -> None:
    """Full at first, it fills up evenly; each key has its own."""
    plan = plan_of(clock, {"bucket": {"requests": 6, "per": 60, "fail": MINUTE}})
    assert did(plan, 8) == ["pass"] * 6 + [MINUTE] * 2
    assert did(plan, 1, key="another") == ["pass"]
    clock.now += 9.9
    assert did(plan) == [MINUTE]
    clock.now += 0.2
    assert did(plan, 2) == ["pass", MINUTE]
    clock.now += 3600
    assert did(plan, 8) == ["pass"] * 6 + [MINUTE] * 2


def test_bucket_of_tokens_and_of_all_keys(clock: Clock) -> None:
    plan = plan_of(clock, {"bucket": {"tokens": 100, "fail": MINUTE, "by": "all"}})
    assert did(plan, 1, tokens=60) == ["pass"]
    assert did(plan, 1, tokens=60, key="another") == [MINUTE]
    assert did(plan, 1, tokens=40, key="another") == ["pass"]


def test_quota(clock: Clock) -> None:
    """Waiting does not help within the month."""
    plan = plan_of(clock, {"quota": {"requests": 2, "fail": MONTH}})
    assert did(plan, 3) == ["pass", "pass", MONTH]
    clock.now += 29 * 86400
    assert did(plan) == [MONTH]
    assert did(plan, 1, key="another") == ["pass"]
    clock.now += 86400
    assert did(plan, 3) == ["pass", "pass", MONTH]


def test_outage(clock: Clock) -> None:
    plan = plan_of(clock, {"outage": {"starts": 5, "lasts": 20, "do": "cohere/503"}})
    assert did(plan) == ["pass"]
    clock.now += 5
    assert did(plan, 2) == ["cohere/503"] * 2
    clock.now += 20
    assert did(plan) == ["pass"]


def test_outage_refuses_until_it_is_over(clock: Clock) -> None:
    plan = plan_of(clock, {"outage": {"lasts": 20}})
    clock.now += 15
    call = Call("cohere", "chat_v2", "m", stream=False, body={}, tokens=1)
    order, _ = plan.decide(call, "k")
    assert (order.do, order.lasts) == ("refuse", 5)


def test_rules_in_order(clock: Clock) -> None:
    """The first that does not let a request pass decides; waits add up, also before a failure."""
    slow = {"slow": {"wait": 1, "pace": 0.5}}
    plan = plan_of(clock, slow, {"sequence": ["pass", f"{MINUTE}; wait=2"]}, {"sequence": ["reset"]})
    call = Call("cohere", "chat_v2", "m", stream=False, body={}, tokens=1)
    found = [plan.decide(call, "k")[0] for _ in range(3)]
    assert [(order.do, order.wait, order.pace) for order in found] == [
        ("reset", 1, 0.5),
        (MINUTE, 3, 0.5),
        ("pass", 1, 0.5),
    ]


@pytest.mark.parametrize(
    ("when", "about"),
    [
        ({"api": "groq"}, {"api": "groq"}),
        ({"operation": "embed_v2"}, {"operation": "embed_v2"}),
        ({"model": "command-*"}, {"model": "command-a"}),
        ({"stream": True}, {"stream": True}),
        ({"key": "mine"}, {"key": "mine"}),
    ],
)
def test_when(when: dict, about: dict, clock: Clock) -> None:
    plan = plan_of(clock, {"when": when, "sequence": [MINUTE], "then": "last"})
    assert did(plan) == ["pass"]
    assert did(plan, **about) == [MINUTE]


# Over HTTP


def test_three_failures_and_then_success(errdex_wall: Wall) -> None:
    errdex_wall.answer(f"{MINUTE}; times=3")
    assert statuses(errdex_wall, 5, "/v2/chat") == [429, 429, 429, 200, 200]
    assert errdex_wall.calls == 5
    errdex_wall.clear()
    assert statuses(errdex_wall, 1, "/v2/chat") == [200]


HEADERS = {
    CHAT: ("x-ratelimit-limit-requests", "x-ratelimit-remaining-requests"),
    "/groq/openai/v1/chat/completions": ("x-ratelimit-limit-requests", "x-ratelimit-remaining-requests"),
    "/v1/messages": ("anthropic-ratelimit-requests-limit", "anthropic-ratelimit-requests-remaining"),
    "/mistral/v1/chat/completions": ("x-ratelimit-limit-req-minute", "x-ratelimit-remaining-req-minute"),
    "/v2/chat": ("x-trial-endpoint-call-limit", "x-trial-endpoint-call-remaining"),
}


@pytest.mark.parametrize(("path", "names"), HEADERS.items())
def test_headers_of_a_bucket(path: str, names: tuple[str, str], errdex_wall: Wall) -> None:
    """Each API says in its own headers what is left, and a refusal says how long to wait."""
    errdex_wall.play({"rules": [{"bucket": {"requests": 2, "per": 600, "fail": "openai/429"}}]})
    one, two, three = (ask(errdex_wall, path) for _ in range(3))
    assert [reply.headers[names[1]] for reply in (one, two, three)] == ["1", "0", "0"]
    assert {reply.headers[names[0]] for reply in (one, two, three)} == {"2"}
    assert "retry-after" not in two.headers
    assert (three.status, 250 < int(three.headers["retry-after"]) <= 300) == (429, True)


def test_a_bucket_is_a_wait_for_errdex(errdex_wall: Wall, catalog: Catalog) -> None:
    errdex_wall.play({"rules": [{"bucket": {"requests": 1, "per": 40, "fail": "openai/429"}}]})
    _, refused = ask(errdex_wall), ask(errdex_wall)
    answer = catalog.classify(refused.json, status=refused.status, headers=refused.headers)
    assert answer.retryable
    assert 30 < answer.retry_after <= 40


# Files


def _mistakes(text: str, tmp_path: Path, catalog: Catalog) -> list[str]:
    path = tmp_path / "scenario.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(ScenarioError) as caught:
        read_scenario(path, Failures(catalog))
    return [f"{issue.location.line}:{issue.location.column} {issue.message}" for issue in caught.value.issues]


def test_a_file(tmp_path: Path, catalog: Catalog) -> None:
    """With every kind of rule; and it is what the wall plays, and plays again."""
    path = tmp_path / "scenario.yaml"
    path.write_text(
        """\
rules:
  - when: {api: openai, model: "gpt-*", stream: false}
    sequence: [openai/429, openai/500]
    then: pass
  - shares: {cohere/500: 0.000001}
  - bucket: {requests: 1000, tokens: 1000000, per: 60, fail: cohere/trial-key-per-minute, by: all}
  - quota: {requests: 1000, fail: cohere/trial-key-per-month}
  - outage: {starts: 3600, lasts: 20}
  - slow: {wait: 0.01}
""",
        "utf-8",
    )
    with Wall(path, catalog=catalog) as wall:
        for _ in range(2):
            assert [ask(wall, body={"model": "gpt-5"}).status for _ in range(3)] == [429, 500, 200]
            wall.clear()
        assert ask(wall, body={"model": "other"}).status == 200


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1:1 there is nothing in it; a scenario has `rules`"),
        ("rules: [", "2:1 not valid YAML"),
        ("- sequence: [pass]\n", "1:1 this must be"),
        ("rule: []\n", "1:1 unknown key `rule`; did you mean `rules`?"),
        ("rules:\n  - sequense: [pass]\n", "2:5 unknown key `sequense` in `rules.0`; did you mean `sequence`?"),
        ("rules:\n  - sequence: []\n", "2:15 `rules.0.sequence` must not be empty"),
        ("rules:\n  - sequence: [pass, nap]\n", "2:22 `rules.0.sequence.1`: 'nap' is nothing to do"),
        ("rules:\n  - sequence: [openai/429; wait=long]\n", "2:16 `rules.0.sequence.0`: wait=long: must be"),
        ("rules:\n  - sequence: [openai/428]\n", "2:16 no entry 'openai/428'; did you mean"),
        ("rules:\n  - shares: {reset: 0.5, openai/nope: 0.1}\n", "2:26 no entry 'openai/nope'"),
        ("rules:\n  - shares: {reset: 0.5, cut: 0.6}\n", "2:5 `rules.0`: the shares add up to 1.1"),
        (
            "rules:\n  - bucket: {requests: 3, fail: cohere/sdk-no-api-key}\n",
            "2:33 cohere/sdk-no-api-key has no HTTP status",
        ),
        ("rules:\n  - bucket: {fail: pass}\n", "2:13 `rules.0.bucket`: `requests`, `tokens` or both are missing"),
        ("rules:\n  - quota: {requests: 0, fail: pass}\n", "2:23 `rules.0.quota.requests` must be"),
        ("rules:\n  - outage: {starts: 1}\n", "2:13 `rules.0.outage.lasts` is missing"),
        ("rules:\n  - {slow: {wait: 1}, sequence: [pass]}\n", "2:5 `rules.0`: a rule has exactly one of"),
        (
            "rules:\n  - when: {api: openia}\n    sequence: [pass]\n",
            "2:17 `rules.0.when.api` cannot be 'openia'; did you mean `openai`?",
        ),
    ],
)
def test_mistakes_have_their_place(text: str, said: str, tmp_path: Path, catalog: Catalog) -> None:
    found = _mistakes(text, tmp_path, catalog)
    assert any(line.startswith(said) for line in found), found


def test_all_mistakes_at_once(tmp_path: Path, catalog: Catalog) -> None:
    text = "rules:\n  - sequence: [nap]\n  - shares: {reset: 2}\n  - outage: {lasts: -1}\n"
    assert len(_mistakes(text, tmp_path, catalog)) == 3


def test_mappings_with_mistakes(errdex_wall: Wall) -> None:
    """What a test writes in Python is checked as well, and the scenario before stays."""
    errdex_wall.fail("openai/500")
    with pytest.raises(ValidationError, match="nothing to do"):
        errdex_wall.answer("nap")
    with pytest.raises(UnknownEntryError, match="did you mean"):
        errdex_wall.fail("openai/428")
    with pytest.raises(CannotFailError, match="a client raises it itself"):
        errdex_wall.fail("cohere/sdk-no-api-key")
    assert ask(errdex_wall).status == 500
