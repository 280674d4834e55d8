"""Errors that Cohere's API sends with status 200: events, replies, datasets and jobs as the objects of the Python SDK (7.x)."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator

import pytest

from errdex.authoring.schema import Entry, Example
from errdex.classifier.catalog import Catalog
from errdex.model.category import Category
from tests.local_server import Server
from tests.sdks.cohere_answers import SOURCE, verdict

cohere = pytest.importorskip("cohere", reason="cohere is not installed: pip install 'errdex[sdks]'")

if not cohere.__version__.startswith("7."):
    pytest.skip(f"needs cohere 7.x, found {cohere.__version__}", allow_module_level=True)

MODEL = "command-a-03-2025"
OLD = {"message": "hi", "model": MODEL}
NEW = {"messages": [{"role": "user", "content": "hi"}], "model": MODEL}
INNOCENT = 'A 429 means "too many requests"; internal server error is 500. invalid api token'


@pytest.fixture
def received(server: Server, v1, v2) -> Callable[[dict], object]:
    """Return a way to get a body as the object that the SDK makes of it; its shape says which call it answers."""
    gets = {
        "dataset": lambda: v1.datasets.get("d"),
        "connector": lambda: v1.connectors.get("c"),
        "batch": lambda: v1.batches.retrieve("b"),
        "finetuned_model": lambda: v1.finetuning.get_finetuned_model("f"),
    }

    def get(body: dict) -> object:
        if body.get("event_type") == "stream-error":
            server.lines([body])
            return list(v1.generate_stream(prompt="hi"))[-1]
        if "event_type" in body:
            server.lines([{"event_type": "text-generation", "is_finished": False, "text": INNOCENT}, body])
            return list(v1.chat_stream(**OLD))[-1]
        if "type" in body:
            start = {"type": "message-start", "id": "i", "delta": {"message": {"role": "assistant", "content": []}}}
            server.stream([("message-start", start), (body["type"], body)])
            return list(v2.chat_stream(**NEW))[-1]
        server.answer(200, body)
        for key, call in gets.items():
            if key in body:
                return call()
        if "job_id" in body:
            return v1.embed_jobs.get("e")
        if "message" in body and "finish_reason" in body:
            return v2.chat(**NEW)
        assert "text" in body
        return v1.chat(**OLD)

    return get


def _in_answers() -> Iterator[tuple[Entry, dict]]:
    """Yield what stands in answers with status 200: the examples of its surfaces that are a whole body.

    An object inside such a body ("the dataset itself") and a job that the Python SDK has no call for are left out.
    """
    for entry in SOURCE.entries.values():
        if entry.provider != "cohere" or entry.kind == "guide":
            continue
        for example in entry.examples:
            text = example.raw if isinstance(example, Example) else example
            try:
                body = json.loads(text)
            except ValueError:
                continue
            if not isinstance(body, dict) or not body.keys() & _SHAPES:
                continue
            if "truncate" in body or "job_id" not in body:
                yield entry, body


_SHAPES = {"dataset", "connector", "batch", "finetuned_model", "job_id", "event_type", "finish_reason", "delta"}
IN_ANSWERS = list(_in_answers())


def test_what_is_sent() -> None:
    """All surfaces but that of plain errors."""
    assert len(IN_ANSWERS) > 25
    assert {"finish_reason", "stream", "dataset", "job"} <= {entry.surface for entry, _ in IN_ANSWERS}


@pytest.mark.parametrize(
    ("entry", "body"), [pytest.param(e, b, id=f"{e.id}-{json.dumps(b)[:40]}") for e, b in IN_ANSWERS]
)
def test_object_of_the_sdk(entry: Entry, body: dict, received, catalog: Catalog) -> None:
    """The SDK's object is the entry of the JSON that it was made of."""
    answer = catalog.classify(received(body))
    assert (answer.entry, answer.category, answer.retryable) == (entry.id, entry.category, verdict(entry))
    assert answer.provider == "cohere"


_TEXT = {
    "role": "assistant",
    "content": [{"type": "text", "text": INNOCENT}],
}
_REASONS = [
    ("ERROR", "cohere/finish-error"),
    ("ERROR_TOXIC", "cohere/finish-toxic"),
    ("ERROR_LIMIT", "cohere/finish-context-limit"),
    ("TIMEOUT", "cohere/finish-timeout"),
    ("USER_CANCEL", "cohere/finish-cancelled"),
]


@pytest.mark.parametrize(("reason", "entry"), _REASONS)
def test_finish_reasons_of_v1(reason: str, entry: str, received, catalog: Catalog) -> None:
    """The last event of a stream and the reply in one piece, with a text in them that is nobody's error."""
    reply = {"text": INNOCENT, "generation_id": "g", "response_id": "r", "finish_reason": reason}
    event = {"event_type": "stream-end", "is_finished": True, "finish_reason": reason, "response": reply}
    assert catalog.classify(received(reply)).entry == entry
    assert catalog.classify(received(event)).entry == entry


@pytest.mark.parametrize(
    ("reason", "entry", "in_stream"),
    [
        ("ERROR", "cohere/finish-error", "cohere/stream-generation-failed"),
        ("TIMEOUT", "cohere/finish-timeout", "cohere/finish-timeout"),
    ],
)
def test_finish_reasons_of_v2(reason: str, entry: str, in_stream: str, received, catalog: Catalog) -> None:
    """The same in v2, where the stream has a failure of its own."""
    reply = {"id": "c14c80c3-18eb-4519-9460-6c92edd8cfb4", "finish_reason": reason, "message": _TEXT}
    event = {"type": "message-end", "id": "c14c80c3-18eb-4519-9460-6c92edd8cfb4", "delta": {"finish_reason": reason}}
    assert catalog.classify(received(reply)).entry == entry
    assert catalog.classify(received(event)).entry == in_stream


@pytest.mark.parametrize(
    ("text", "entry", "retryable"),
    [
        ("No valid response generated. Try updating messages", "cohere/no-valid-response", True),
        ("a text nobody knows", "cohere/stream-generation-failed", True),
    ],
)
def test_error_of_the_last_event(text: str, entry: str, retryable: bool, received, catalog: Catalog) -> None:
    """The text that comes with the end of a v2 stream decides, where it is known."""
    delta = {"finish_reason": "ERROR", "error": text, "usage": {"tokens": {"input_tokens": 3, "output_tokens": 0}}}
    answer = catalog.classify(received({"type": "message-end", "id": "i", "delta": delta}))
    assert (answer.entry, answer.retryable) == (entry, retryable)


@pytest.mark.parametrize("reason", ["ERROR", "ERROR_TOXIC", "TIMEOUT"])
def test_async_stream(reason: str, one_server: Server, loop: asyncio.Runner, catalog: Catalog) -> None:
    """The events of the async clients are the same objects."""
    reply = {"text": "", "generation_id": "g", "finish_reason": reason}
    one_server.lines([{"event_type": "stream-end", "is_finished": True, "finish_reason": reason, "response": reply}])

    async def last() -> object:
        async with cohere.AsyncClient("a-key", base_url=one_server.url) as client:
            return [event async for event in client.chat_stream(**OLD)][-1]

    assert catalog.classify(loop.run(last())).entry == dict(_REASONS)[reason]


@pytest.mark.parametrize("reason", ["COMPLETE", "MAX_TOKENS", "STOP_SEQUENCE", "TOOL_CALL"])
def test_complete_answers(reason: str, received, catalog: Catalog) -> None:
    """A reply that ended well is no error, whatever stands in its text."""
    old = {
        "text": INNOCENT,
        "generation_id": "g",
        "finish_reason": reason,
        "chat_history": [{"role": "USER", "message": INNOCENT}],
    }
    new = {"id": "i", "finish_reason": reason, "message": _TEXT}
    bodies = [
        old,
        new,
        {"event_type": "stream-end", "is_finished": True, "finish_reason": reason, "response": old},
        {
            "type": "message-end",
            "id": "i",
            "delta": {"finish_reason": reason, "usage": {"tokens": {"output_tokens": 500}}},
        },
    ]
    for body in bodies:
        answer = catalog.classify(received(body))
        assert (bool(answer), answer.entry) == (False, None), body


def test_events_before_the_end(server: Server, v1, v2, catalog: Catalog) -> None:
    """No event but the last is an error, whatever it says."""
    server.lines(
        [
            {"event_type": "stream-start", "is_finished": False, "generation_id": "g"},
            {"event_type": "text-generation", "is_finished": False, "text": "invalid api token"},
            {"event_type": "text-generation", "is_finished": False, "text": INNOCENT},
        ]
    )
    old = list(v1.chat_stream(**OLD))
    text = {"message": {"content": {"text": "internal server error"}}}
    server.stream([("content-delta", {"type": "content-delta", "index": 0, "delta": text})])
    new = list(v2.chat_stream(**NEW))
    assert (len(old), len(new)) == (3, 1)
    assert [event for event in (*old, *new) if catalog.classify(event)] == []


_DATASET = {
    "id": "faq-x7k2qa",
    "name": "429 too many requests",
    "created_at": "2026-05-04T12:00:00Z",
    "updated_at": "2026-05-04T12:01:10Z",
    "dataset_type": "embed-input",
}
_DATASET_MESSAGES = [
    pytest.param(entry, example.raw if isinstance(example, Example) else example, id=entry.id)
    for entry in SOURCE.entries.values()
    if entry.provider == "cohere" and entry.surface == "dataset" and entry.messages
    for example in entry.examples[:1]
]


@pytest.mark.parametrize(("entry", "text"), _DATASET_MESSAGES)
def test_validation_error(entry: Entry, text: str, received, catalog: Catalog) -> None:
    """The text of a failed validation decides, in the answer and in the dataset inside it."""
    response = received({"dataset": {**_DATASET, "validation_status": "failed", "validation_error": text}})
    for thing in (response, response.dataset):
        answer = catalog.classify(thing)
        assert (answer.entry, answer.category, answer.retryable) == (entry.id, entry.category, verdict(entry))


@pytest.mark.parametrize("error", [None, "a text nobody knows"])
def test_validation_failed(error: str | None, received, catalog: Catalog) -> None:
    """Failed is failed, without a text that anybody knows, and with warnings beside it."""
    dataset = {**_DATASET, "validation_status": "failed", "validation_error": error}
    for warnings in (None, ["dataset has 0 valid eval rows. dataset will be auto-split"]):
        response = received({"dataset": {**dataset, "validation_warnings": warnings}})
        for thing in (response, response.dataset):
            assert catalog.classify(thing).entry == "cohere/dataset-validation-failed"


@pytest.mark.parametrize("status", ["validated", "processing", "queued"])
def test_warnings_are_no_error(status: str, received, catalog: Catalog) -> None:
    """A dataset with warnings is validated all the same."""
    warnings = ["dataset has 0 valid eval rows. dataset will be auto-split", INNOCENT]
    response = received({"dataset": {**_DATASET, "validation_status": status, "validation_warnings": warnings}})
    for thing in (response, response.dataset):
        assert not catalog.classify(thing)


def _job(status: str) -> dict:
    return {
        "job_id": "ebd-9f8a7c6d5b4e3a21",
        "name": "internal server error",
        "status": status,
        "created_at": "2026-05-04T12:00:00Z",
        "input_dataset_id": "faq-x7k2qa",
        "model": "embed-english-v3.0",
        "truncate": "END",
    }


@pytest.mark.parametrize(
    ("status", "entry"),
    [
        ("failed", "cohere/embed-job-failed"),
        ("cancelled", "cohere/embed-job-cancelled"),
        ("cancelling", "cohere/embed-job-cancelled"),
        ("processing", None),
        ("complete", None),
    ],
)
def test_embed_job(status: str, entry: str | None, received, catalog: Catalog) -> None:
    """The state of an embed job, as the SDK gives it."""
    assert catalog.classify(received(_job(status))).entry == entry


@pytest.mark.parametrize(
    ("status", "entry"),
    [
        ("STATUS_FAILED", "cohere/finetune-failed"),
        ("STATUS_DELETED", "cohere/finetune-deleted"),
        ("STATUS_TEMPORARILY_OFFLINE", "cohere/finetune-offline"),
        ("STATUS_PAUSED", "cohere/finetune-paused"),
        ("STATUS_READY", None),
        ("STATUS_FINETUNING", None),
        ("STATUS_QUEUED", None),
    ],
)
def test_finetuned_model(status: str, entry: str | None, received, catalog: Catalog) -> None:
    """The state of a fine-tuned model, in the answer and in the model inside it."""
    settings = {"base_model": {"base_type": "BASE_TYPE_CHAT"}, "dataset_id": "d"}
    response = received({"finetuned_model": {"id": "f", "name": "429", "settings": settings, "status": status}})
    for thing in (response, response.finetuned_model):
        assert catalog.classify(thing).entry == entry


def test_connector_error_message(received, catalog: Catalog) -> None:
    """A chat that went on without its connector's results shows the connector's error, if it is a known one."""
    text = "connector not reachable at https://example.com/search. error: request failed with status code 405"
    found = {"connector": {"id": "wiki"}, "document_ids": [], "error_message": text, "continue_on_failure": True}
    reply = {"text": "Paris.", "generation_id": "g", "finish_reason": "COMPLETE", "search_results": [found]}
    response = received(reply)
    for thing in (response.search_results[0], response):
        answer = catalog.classify(thing)
        assert (answer.entry, answer.category) == ("cohere/connector-not-reachable", Category.INVALID_REQUEST)


def test_connectors_without_an_error(received, catalog: Catalog) -> None:
    """Documents and results that quote errors are no errors."""
    found = {"connector": {"id": "wiki"}, "document_ids": ["d"], "search_query": {"text": "429", "generation_id": "g"}}
    reply = {
        "text": "Paris.",
        "generation_id": "g",
        "finish_reason": "COMPLETE",
        "search_results": [found],
        "documents": [{"id": "d", "snippet": "internal server error", "title": "invalid api token"}],
    }
    assert not catalog.classify(received(reply))
