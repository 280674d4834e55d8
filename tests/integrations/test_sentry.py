"""Tags, context and fingerprint of Sentry's events, with the real SDK."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from functools import partial

import pytest
import sentry_sdk
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

import errdex
from errdex.integrations.sentry import before_send
from tests.exceptions import MINUTE, ApiError
from tests.integrations.logged import TOKEN, Hostile, quota, wrapped


class Kept(Transport):
    """Keeps the events instead of sending them."""

    def __init__(self) -> None:
        super().__init__()
        self.events: list[dict] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        if event := envelope.get_event():
            self.events.append(event)


@pytest.fixture
def sent() -> Iterator[list[dict]]:
    """Return the events that the SDK would send."""
    transport = Kept()
    sentry_sdk.init(
        dsn="https://key@sentry.invalid/1",
        transport=transport,
        before_send=before_send,
        auto_enabling_integrations=False,
    )
    yield transport.events
    sentry_sdk.init()


def test_an_api_error_has_tags_a_context_and_a_fingerprint(sent: list[dict]) -> None:
    sentry_sdk.capture_exception(quota())
    (event,) = sent
    assert event["tags"] == {
        "errdex.entry": "cohere/trial-key-per-month",
        "errdex.provider": "cohere",
        "errdex.category": "quota",
        "errdex.retryable": "false",
        "errdex.scope": "key",
        "errdex.action": "wait",
    }
    assert event["fingerprint"] == ["errdex", "cohere/trial-key-per-month"]
    context = event["contexts"]["errdex"]
    assert context["title"]
    assert "production key" in context["fix"]
    assert context["docs"].endswith("/cohere/trial-key-per-month/")
    assert event["exception"]["values"][0]["type"] == "ApiError"


def test_the_cause_counts_and_two_places_are_one_issue(sent: list[dict]) -> None:
    def here() -> None:
        raise ApiError(429, MINUTE)

    for raising in (here, lambda: here()):
        try:
            raising()
        except ApiError as error:
            sentry_sdk.capture_exception(wrapped(error, explicit=True))
    assert [event["fingerprint"] for event in sent] == [["errdex", "cohere/requests-per-minute"]] * 2


def test_what_was_logged(sent: list[dict]) -> None:
    """Sentry makes events of errors that are logged, with or without an exception."""
    logging.getLogger("app").error("Cohere: %s", TOKEN)
    assert sent[0]["tags"]["errdex.category"] == "authentication"
    logging.getLogger("app").error("429 of 512 chats done")
    assert "errdex.category" not in sent[1].get("tags", {})


def test_other_errors_stay_as_they_are(sent: list[dict]) -> None:
    sentry_sdk.capture_exception(KeyError("text"))
    sentry_sdk.capture_message("all is well")
    for event in sent:
        assert "fingerprint" not in event
        assert "errdex" not in event["contexts"]
        assert not any(name.startswith("errdex") for name in event.get("tags", {}))


def test_an_error_that_no_entry_lists_keeps_sentrys_grouping(sent: list[dict]) -> None:
    """Its category alone would put too much into one issue."""
    sentry_sdk.capture_exception(ApiError(None, "Your wallet holds no more credits, please top up your balance"))
    assert sent[0]["tags"]["errdex.category"] == "billing"
    assert "fingerprint" not in sent[0]


def test_what_the_program_has_set_stays() -> None:
    event = {"tags": {"errdex.category": "mine"}, "fingerprint": ["mine"], "contexts": {"errdex": {"title": "mine"}}}
    assert before_send(event, {"exc_info": (ApiError, quota(), None)}) is event
    assert event["tags"]["errdex.category"] == "mine"
    assert event["tags"]["errdex.scope"] == "key"
    assert (event["fingerprint"], event["contexts"]["errdex"]) == (["mine"], {"title": "mine"})


@pytest.mark.parametrize("hint", [{}, {"exc_info": None}, {"exc_info": Hostile()}, {"log_record": "text"}])
def test_it_never_raises(hint: dict) -> None:
    assert before_send({}, hint) == {}


def test_a_catalog_of_ones_own() -> None:
    catalog = errdex.default_catalog()
    event = partial(before_send, catalog=catalog)({}, {"exc_info": (ApiError, quota(), None)})
    assert event["tags"]["errdex.entry"] == "cohere/trial-key-per-month"
