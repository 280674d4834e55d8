"""Answers on their way: plain ones, failures, streams that fail in the middle, connections that end."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from errdex.wall.apis.call import Call, Operation
from errdex.wall.bodies import BEDROCK_CODES
from errdex.wall.failure import Failure
from errdex.wall.order import Order

Json = Any
TRANSPORT: Final = "errdex.transport"
"""Key of a request's scope for the transport of its connection."""


def plain(operation: Operation, call: Call, order: Order, headers: Mapping[str, str]) -> Response:
    """Return the plain answer."""
    if call.stream and operation.events:
        return _stream(operation, operation.events(call), order, headers)
    return JSONResponse(operation.reply(call), headers=headers)


def failed(failure: Failure, headers: Mapping[str, str]) -> Response:
    """Return the answer that fails with a status."""
    return Response(failure.content, failure.status, {**failure.headers, **headers}, failure.media_type)


def fails_in_stream(
    operation: Operation, call: Call, order: Order, failure: Failure, headers: Mapping[str, str]
) -> Response:
    """Return the stream that begins well and reports the failure in an event."""
    assert operation.events is not None
    assert operation.error_event is not None
    kind = BEDROCK_CODES.get(failure.status, "InternalServerException")
    error = operation.error_event(failure.message, failure.code, kind, failure.body)
    events = operation.events(call)[: 1 if order.after is None else order.after]
    return _stream(operation, [*events, error], order, headers)


def _stream(operation: Operation, events: Sequence[bytes], order: Order, headers: Mapping[str, str]) -> Response:
    return StreamingResponse(_paced(events, order.pace), 200, headers, operation.media_type)


async def _paced(events: Sequence[bytes], pace: float) -> AsyncIterator[bytes]:
    for number, event in enumerate(events):
        if pace and number:
            await asyncio.sleep(pace)
        yield event


def cut(operation: Operation, call: Call, order: Order, headers: Mapping[str, str]) -> ASGIApp:
    """Return what sends the beginning of the plain answer and closes the connection."""
    length = []
    if call.stream and operation.events:
        events = operation.events(call)[: 1 if order.after is None else order.after]
        media = operation.media_type
    else:
        whole = bytes(JSONResponse(operation.reply(call)).body)
        events, media = [whole[: len(whole) // 2]], "application/json"
        length = [(b"content-length", str(len(whole)).encode())]
    named = [(name.encode(), value.encode()) for name, value in headers.items()]

    async def reply(scope: Scope, receive: Receive, send: Send) -> None:
        start = [(b"content-type", media.encode()), *length, *named]
        await send({"type": "http.response.start", "status": 200, "headers": start})
        async for event in _paced(events, order.pace):
            await send({"type": "http.response.body", "body": event, "more_body": True})
        scope[TRANSPORT].close()  # what is written still goes out
        await _until_gone(receive)

    return reply


async def reset(scope: Scope, receive: Receive, send: Send) -> None:
    """Reset the connection without an answer."""
    abort(scope[TRANSPORT])
    await _until_gone(receive)


def abort(transport: Any) -> None:
    """Reset a connection: the other side sees an error, not an end."""
    if connection := transport.get_extra_info("socket"):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    transport.abort()


async def _until_gone(receive: Receive) -> None:
    """Wait until the server has noticed the end of the connection; an answer missed before would be reported."""
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    except ClientDisconnect:
        pass
