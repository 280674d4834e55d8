"""Cohere's API: chat and embed, versions 1 and 2."""

from __future__ import annotations

import json
from typing import Any, Final

from errdex.wall.apis.call import TEXT, VECTOR, Call, Operation, sse

Json = Any
_ID: Final = "c14c80c3-18eb-4519-9460-6c92edd8cfb4"
_USAGE: Final = {"billed_units": {"input_tokens": 5, "output_tokens": 20}}


def chat_v1(call: Call) -> Json:
    """Return a plain reply of the first version."""
    ids = {"response_id": _ID, "generation_id": _ID}
    meta = {"api_version": {"version": "1"}, **_USAGE}
    return {**ids, "text": "".join(TEXT), "chat_history": [], "finish_reason": "COMPLETE", "meta": meta}


def _events_v1(call: Call) -> list[bytes]:
    events: list[Json] = [
        {"event_type": "stream-start", "is_finished": False, "generation_id": _ID},
        *({"event_type": "text-generation", "is_finished": False, "text": part} for part in TEXT),
        {"event_type": "stream-end", "is_finished": True, "finish_reason": "COMPLETE", "response": chat_v1(call)},
    ]
    return [_line(event) for event in events]


def _line(event: Json) -> bytes:
    return json.dumps(event).encode() + b"\n"


def _error_v1(message: str, code: str | None, kind: str, body: Json) -> bytes:
    if isinstance(body, dict) and "event_type" in body:
        return _line(body)
    response = {"response_id": _ID, "generation_id": _ID, "text": "", "finish_reason": "ERROR"}
    end = {"event_type": "stream-end", "is_finished": True, "finish_reason": "ERROR", "error": message}
    return _line({**end, "response": response})


def _chat_v2(call: Call) -> Json:
    message = {"role": "assistant", "content": [{"type": "text", "text": "".join(TEXT)}]}
    return {"id": _ID, "finish_reason": "COMPLETE", "message": message, "usage": _USAGE}


def _events_v2(call: Call) -> list[bytes]:
    start = {"message": {"role": "assistant", "content": [], "tool_plan": "", "tool_calls": [], "citations": []}}
    events: list[Json] = [
        {"type": "message-start", "id": _ID, "delta": start},
        {"type": "content-start", "index": 0, "delta": {"message": {"content": {"type": "text", "text": ""}}}},
        *({"type": "content-delta", "index": 0, "delta": {"message": {"content": {"text": part}}}} for part in TEXT),
        {"type": "content-end", "index": 0},
        {"type": "message-end", "delta": {"finish_reason": "COMPLETE", "usage": _USAGE}},
    ]
    return [sse(event, event["type"]) for event in events]


def _error_v2(message: str, code: str | None, kind: str, body: Json) -> bytes:
    if isinstance(body, dict) and body.get("type") == "message-end":
        return sse(body, "message-end")
    event = {"type": "message-end", "id": _ID, "delta": {"finish_reason": "ERROR", "error": message}}
    return sse(event, "message-end")


def _embed(call: Call) -> Json:
    texts = call.body.get("texts") or [""]
    vectors: Json = [[*VECTOR] for _ in texts]
    kind = "embeddings_floats"
    if call.operation == "embed_v2" or call.body.get("embedding_types"):
        vectors, kind = {"float": vectors}, "embeddings_by_type"
    return {"id": _ID, "response_type": kind, "embeddings": vectors, "texts": texts, "meta": _USAGE}


OPERATIONS: Final = {
    "v1/chat": Operation("cohere", "chat_v1", chat_v1, _events_v1, _error_v1, "application/stream+json"),
    "v2/chat": Operation("cohere", "chat_v2", _chat_v2, _events_v2, _error_v2),
    "v1/embed": Operation("cohere", "embed_v1", _embed),
    "v2/embed": Operation("cohere", "embed_v2", _embed),
}
"""The calls, by the end of their paths."""
