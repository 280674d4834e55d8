"""Anthropic's API: messages, and the counting of their tokens."""

from __future__ import annotations

from typing import Any, Final

from errdex.wall.apis.call import TEXT, Call, Operation, sse

Json = Any


def message(call: Call) -> Json:
    """Return a plain message."""
    head = {"id": "msg_errdex", "type": "message", "role": "assistant", "model": call.model}
    usage = {"input_tokens": call.tokens, "output_tokens": 20}
    content = [{"type": "text", "text": "".join(TEXT)}]
    return {**head, "content": content, "stop_reason": "end_turn", "stop_sequence": None, "usage": usage}


def message_events(call: Call) -> list[Json]:
    """Return the events of a plain message."""
    start = {**message(call), "content": [], "stop_reason": None}
    block = {"index": 0, "content_block": {"type": "text", "text": ""}}
    return [
        {"type": "message_start", "message": start},
        {"type": "content_block_start", **block},
        *({"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": part}} for part in TEXT),
        {"type": "content_block_stop", "index": 0},
        {
            "type": "message_delta",
            "delta": {"stop_reason": "end_turn", "stop_sequence": None},
            "usage": {"output_tokens": 20},
        },
        {"type": "message_stop"},
    ]


def _encoded(call: Call) -> list[bytes]:
    return [sse(event, event["type"]) for event in message_events(call)]


def _error(said: str, code: str | None, kind: str, body: Json) -> bytes:
    return sse(body, "error")


def _count(call: Call) -> Json:
    return {"input_tokens": call.tokens}


OPERATIONS: Final = {
    "messages": Operation("anthropic", "messages", message, _encoded, _error),
    "messages/count_tokens": Operation("anthropic", "count_tokens", _count),
}
"""The calls, by the end of their paths."""
