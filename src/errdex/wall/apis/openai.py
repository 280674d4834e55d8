"""OpenAI's API, and those that copy it: chat completions, responses, embeddings, the list of models."""

from __future__ import annotations

from typing import Any, Final

from errdex.wall.apis.call import CREATED, TEXT, VECTOR, Call, Operation, sse

Json = Any
_ID: Final = "chatcmpl-errdex"


def _usage(call: Call) -> dict[str, int]:
    return {"prompt_tokens": call.tokens, "completion_tokens": 20, "total_tokens": call.tokens + 20}


def _chat(call: Call) -> Json:
    message = {"role": "assistant", "content": "".join(TEXT)}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    head = {"id": _ID, "object": "chat.completion", "created": CREATED, "model": call.model}
    return {**head, "choices": [choice], "usage": _usage(call)}


def _chunks(call: Call) -> list[bytes]:
    head = {"id": _ID, "object": "chat.completion.chunk", "created": CREATED, "model": call.model}
    deltas: list[Json] = [{"role": "assistant", "content": ""}, *({"content": part} for part in TEXT), {}]
    events = [
        sse({**head, "choices": [{"index": 0, "delta": delta, "finish_reason": None if delta else "stop"}]})
        for delta in deltas
    ]
    return [*events, sse("[DONE]")]


def _chunk_error(message: str, code: str | None, kind: str, body: Json) -> bytes:
    return sse(body)


def _response(call: Call, status: str = "completed") -> Json:
    content = [{"type": "output_text", "text": "".join(TEXT), "annotations": []}]
    message = {"id": "msg_errdex", "type": "message", "role": "assistant", "status": "completed", "content": content}
    usage = {
        "input_tokens": call.tokens,
        "input_tokens_details": {"cached_tokens": 0},
        "output_tokens": 20,
        "output_tokens_details": {"reasoning_tokens": 0},
        "total_tokens": call.tokens + 20,
    }
    done = status == "completed"
    return {
        "id": "resp_errdex",
        "object": "response",
        "created_at": CREATED,
        "status": status,
        "error": None,
        "incomplete_details": None,
        "instructions": None,
        "metadata": {},
        "model": call.model,
        "output": [message] if done else [],
        "parallel_tool_calls": True,
        "temperature": 1.0,
        "tool_choice": "auto",
        "tools": [],
        "top_p": 1.0,
        "usage": usage if done else None,
    }


def _response_events(call: Call) -> list[bytes]:
    at = {"item_id": "msg_errdex", "output_index": 0, "content_index": 0, "logprobs": []}
    events: list[Json] = [
        {"type": "response.created", "response": _response(call, "in_progress")},
        *({"type": "response.output_text.delta", **at, "delta": part} for part in TEXT),
        {"type": "response.output_text.done", **at, "text": "".join(TEXT)},
        {"type": "response.completed", "response": _response(call)},
    ]
    return [sse({**event, "sequence_number": number}, event["type"]) for number, event in enumerate(events)]


def _response_error(message: str, code: str | None, kind: str, body: Json) -> bytes:
    error = body["error"] if isinstance(body, dict) and isinstance(body.get("error"), dict) else {"message": message}
    return sse({"type": "error", "error": {"code": code, **error}, "sequence_number": 9}, "error")


def _embeddings(call: Call) -> Json:
    asked = call.body.get("input")
    count = len(asked) if isinstance(asked, list) and asked and not isinstance(asked[0], int) else 1
    data = [{"object": "embedding", "index": index, "embedding": _vector(call)} for index in range(count)]
    usage = {"prompt_tokens": call.tokens, "total_tokens": call.tokens}
    return {"object": "list", "data": data, "model": call.model, "usage": usage}


def _vector(call: Call) -> Json:
    if call.body.get("encoding_format") != "base64":
        return [*VECTOR]
    from base64 import b64encode
    from struct import pack

    return b64encode(pack(f"<{len(VECTOR)}f", *VECTOR)).decode()


def _models(call: Call) -> Json:
    model = {"id": "gpt-errdex", "object": "model", "created": CREATED, "owned_by": "errdex"}
    return {"object": "list", "data": [model]}


def operations(api: str) -> dict[str, Operation]:
    """Return the calls of an API that copies OpenAI's, by the end of their paths."""
    return {
        "chat/completions": Operation(api, "chat", _chat, _chunks, _chunk_error),
        "responses": Operation(api, "responses", _response, _response_events, _response_error),
        "embeddings": Operation(api, "embeddings", _embeddings),
        "models": Operation(api, "models", _models),
    }
