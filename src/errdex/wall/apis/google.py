"""Gemini's API: generateContent, plain and streamed, embedContent and countTokens."""

from __future__ import annotations

from typing import Any, Final

from errdex.wall.apis.call import TEXT, VECTOR, Call, Operation, sse

Json = Any


def _content(call: Call, text: str, finish: str | None) -> Json:
    candidate: dict[str, Json] = {"content": {"parts": [{"text": text}], "role": "model"}, "index": 0}
    if finish:
        candidate["finishReason"] = finish
    usage = {
        "promptTokenCount": call.tokens,
        "candidatesTokenCount": 20,
        "totalTokenCount": call.tokens + 20,
    }
    return {"candidates": [candidate], "usageMetadata": usage, "modelVersion": call.model, "responseId": "errdex"}


def _generate(call: Call) -> Json:
    return _content(call, "".join(TEXT), "STOP")


def _events(call: Call) -> list[bytes]:
    return [sse(_content(call, part, "STOP" if part is TEXT[-1] else None)) for part in TEXT]


def _error(message: str, code: str | None, kind: str, body: Json) -> bytes:
    return sse(body)


def _embed(call: Call) -> Json:
    return {"embedding": {"values": [*VECTOR]}}


def _batch_embed(call: Call) -> Json:
    return {"embeddings": [{"values": [*VECTOR]} for _ in call.body.get("requests") or [{}]]}


def _count(call: Call) -> Json:
    return {"totalTokens": call.tokens}


OPERATIONS: Final = {
    "generateContent": Operation("google", "generate_content", _generate, streams=False),
    "streamGenerateContent": Operation("google", "generate_content", _generate, _events, _error, streams=True),
    "embedContent": Operation("google", "embed_content", _embed),
    "batchEmbedContents": Operation("google", "embed_content", _batch_embed),
    "countTokens": Operation("google", "count_tokens", _count),
}
"""The calls, by what follows the colon behind the model's name."""
