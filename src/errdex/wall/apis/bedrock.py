"""The runtime of Amazon Bedrock: converse and invoke, plain and as event streams in AWS's binary encoding."""

from __future__ import annotations

import json
import struct
from base64 import b64encode
from typing import Any, Final
from zlib import crc32

from errdex.wall.apis import anthropic, cohere
from errdex.wall.apis.call import TEXT, Call, Operation

Json = Any
_STRING: Final = 7  # the type of a header's value


def frame(headers: dict[str, str], payload: Json) -> bytes:
    """Return one message of an event stream: lengths, headers and payload, each part with its checksum."""
    head = b"".join(
        bytes([len(name)]) + name.encode() + bytes([_STRING]) + struct.pack(">H", len(value)) + value.encode()
        for name, value in {f":{name}": value for name, value in headers.items()}.items()
    )
    body = json.dumps(payload).encode()
    prelude = struct.pack(">II", len(head) + len(body) + 16, len(head))
    message = prelude + struct.pack(">I", crc32(prelude)) + head + body
    return message + struct.pack(">I", crc32(message))


def _event(kind: str, payload: Json) -> bytes:
    headers = {"event-type": kind, "content-type": "application/json", "message-type": "event"}
    return frame(headers, payload)


def _error(message: str, code: str | None, kind: str, body: Json) -> bytes:
    name = code or kind
    headers = {"exception-type": name[:1].lower() + name[1:], "content-type": "application/json"}
    return frame({**headers, "message-type": "exception"}, {"message": message})


def _usage(call: Call) -> Json:
    usage = {"inputTokens": call.tokens, "outputTokens": 20, "totalTokens": call.tokens + 20}
    return {"usage": usage, "metrics": {"latencyMs": 1}}


def _converse(call: Call) -> Json:
    message = {"role": "assistant", "content": [{"text": "".join(TEXT)}]}
    return {"output": {"message": message}, "stopReason": "end_turn", **_usage(call)}


def _converse_events(call: Call) -> list[bytes]:
    return [
        _event("messageStart", {"role": "assistant"}),
        *(_event("contentBlockDelta", {"contentBlockIndex": 0, "delta": {"text": part}}) for part in TEXT),
        _event("contentBlockStop", {"contentBlockIndex": 0}),
        _event("messageStop", {"stopReason": "end_turn"}),
        _event("metadata", _usage(call)),
    ]


def _invoke(call: Call) -> Json:
    """Return an answer in the form of the model's own API."""
    if "cohere." in call.model:
        return cohere.chat_v1(call)
    if "anthropic." in call.model:
        return anthropic.message(call)
    result = {"tokenCount": 20, "outputText": "".join(TEXT), "completionReason": "FINISH"}
    return {"inputTextTokenCount": call.tokens, "results": [result]}


def _invoke_events(call: Call) -> list[bytes]:
    parts: list[Json] = (
        anthropic.message_events(call)
        if "anthropic." in call.model
        else [{"outputText": part, "index": index} for index, part in enumerate(TEXT)]
    )
    return [_event("chunk", {"bytes": b64encode(json.dumps(part).encode()).decode()}) for part in parts]


_STREAM: Final = "application/vnd.amazon.eventstream"
OPERATIONS: Final = {
    "converse": Operation("bedrock", "converse", _converse, streams=False),
    "converse-stream": Operation("bedrock", "converse", _converse, _converse_events, _error, _STREAM, streams=True),
    "invoke": Operation("bedrock", "invoke", _invoke, streams=False),
    "invoke-with-response-stream": Operation(
        "bedrock", "invoke", _invoke, _invoke_events, _error, _STREAM, streams=True
    ),
}
"""The calls, by what follows the model's name in the path."""
