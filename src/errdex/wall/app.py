"""The wall as an ASGI application: every request gets a plain answer, or what it was told to get."""

from __future__ import annotations

import asyncio
import json
import re
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from errdex.model.errors import ErrdexError
from errdex.wall import sending
from errdex.wall.apis.call import Call
from errdex.wall.apis.routes import BASES, Found, api_of, find
from errdex.wall.bodies import SHAPES
from errdex.wall.failure import CannotFailError, Failures
from errdex.wall.order import CUT, PASS, REFUSE, RESET, Order, order
from errdex.wall.plan import Plan
from errdex.wall.received import Log

Json = Any
HEADER: Final = "x-errdex-fail"
"""Request header with an order."""
MODEL: Final = "errdex:"
"""What the name of a model begins with that is an order."""
MAX_BODY: Final = 20_000_000
"""Bytes of a request's body at most, unless told otherwise."""
_BYTES_A_TOKEN: Final = 4
_TOO_LARGE: Final = 413
_KEY: Final = re.compile(r"(?:Bearer |.*?Credential=)?([^\s,/]+)")
_SHOWN: Final = 4


class App:
    """The application.

    Args:
        failures: The failures that it answers with.
        log: Where it notes requests.
        refuse: Called with seconds, to refuse new connections for so long.
        max_body: Bytes of a request's body at most.
    """

    def __init__(self, failures: Failures, log: Log, refuse: Callable[[float], None], max_body: int = MAX_BODY) -> None:
        self.failures = failures
        self.log = log
        self.plan: Plan | None = None
        """What requests get that do not say so themselves."""
        self._refuse = refuse
        self._max_body = max_body
        self._start = time.monotonic()
        self.asgi = Starlette(
            routes=[
                Route("/errdex", self._about),
                Route("/errdex/requests", self._requests, methods=["GET", "DELETE"]),
                Route("/{path:path}", _Endpoint(self._answer)),
            ]
        )

    async def _about(self, request: Request) -> Response:
        base = str(request.base_url).rstrip("/")
        return JSONResponse(
            {
                "what": "the wall of errdex: a fake provider that fails on demand",
                "base_urls": {api: base + path for api, path in BASES.items()},
                "fail": f"send the header `{HEADER}: cohere/429`, or ask for the model `{MODEL}cohere/429`",
                "requests": f"{base}/errdex/requests",
            }
        )

    async def _requests(self, request: Request) -> Response:
        if request.method == "DELETE":
            self.log.clear()
        return JSONResponse(self.log.to_dict())

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        path = _path(scope)
        body = await _body(request, self._max_body)
        found = find(path, headers)
        key = _key(headers, request)
        call = _call(found, path, headers, body or b"")
        about = {
            "at": round(time.monotonic() - self._start, 6),
            "method": scope["method"],
            "path": path,
            "api": call.api,
            "operation": call.operation,
            "model": call.model,
            "stream": call.stream,
            "key": key[-_SHOWN:],
            "size": len(body or b""),
            "retry": _retry(headers),
        }

        async def reject(status: int, message: str, did: str = "rejected") -> None:
            self.log.add(**about, did=did, status=status)
            await JSONResponse(SHAPES[call.api](status, f"errdex: {message}", None), status, {"x-errdex-error": did})(
                scope, receive, send
            )

        if body is None:
            await reject(
                _TOO_LARGE, f"the request's body is larger than {self._max_body:,} bytes; --max-body sets the limit"
            )
            return
        try:
            asked = _asked(headers, call)
            if found is None and (asked is None or asked.do in (PASS, CUT)):
                await reject(404, f"no API has the path {path}; {HEADER} makes any path fail", "unknown")
                return
            what, more = (asked, {}) if asked else self.plan.decide(call, key) if self.plan else (Order(), {})
            failure = self.failures.of(what.entry, call.api, what.status) if what.entry else None
            streams = found is not None and found.operation.events is not None and call.stream
            if failure and failure.in_stream and not streams:
                raise CannotFailError(f"{failure.entry} occurs only in a stream; ask for one")
        except ErrdexError as error:
            await reject(400, str(error))
            return
        in_stream = failure is not None and streams and (failure.in_stream or what.after is not None)
        status = 200 if failure is None or in_stream else failure.status
        self.log.add(**about, did=what.do, status=None if what.do in (RESET, REFUSE) else status)
        if what.wait:
            await asyncio.sleep(what.wait)
        if what.do == REFUSE:
            self._refuse(what.lasts)
        if failure and not in_stream:
            reply: ASGIApp = sending.failed(failure, more)
        elif found is None or what.do in (RESET, REFUSE):
            reply = sending.reset
        elif failure:
            reply = sending.fails_in_stream(found.operation, call, what, failure, more)
        else:
            reply = (sending.cut if what.do == CUT else sending.plain)(found.operation, call, what, more)
        await reply(scope, receive, send)


class _Endpoint:
    """An ASGI application that Starlette does not take for a function of a request."""

    def __init__(self, answer: Callable[[Scope, Receive, Send], Any]) -> None:
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._answer(scope, receive, send)


async def _body(request: Request, most: int) -> bytes | None:
    """Return the request's body; None if it is larger than allowed."""
    said = request.headers.get("content-length", "")
    if said.isdecimal() and int(said) > most:
        return None
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > most:
            return None
        parts.append(part)
    return b"".join(parts)


def _path(scope: Scope) -> str:
    """Return the path as sent, with its escapes: the name of a model may hold a slash."""
    raw: bytes = scope.get("raw_path") or scope["path"].encode()
    return raw.decode("latin-1").partition("?")[0]


def _call(found: Found | None, path: str, headers: Mapping[str, str], body: bytes) -> Call:
    tokens = max(1, len(body) // _BYTES_A_TOKEN)
    if found is None:
        return Call(api_of(path, headers), "", "", stream=False, body={}, tokens=tokens)
    try:
        said = json.loads(body) if body else {}
    except (ValueError, RecursionError):
        said = {}
    said = said if isinstance(said, dict) else {}
    model = found.model or said.get("model")
    streams = found.operation.streams
    return Call(
        found.operation.api,
        found.operation.name,
        model if isinstance(model, str) else "",
        stream=said.get("stream") is True if streams is None else streams,
        body=said,
        tokens=tokens,
    )


def _asked(headers: Mapping[str, str], call: Call) -> Order | None:
    """Return what the request itself orders, by its header or by its model."""
    if (text := headers.get(HEADER)) is not None:
        return order(text)
    if (at := call.model.find(MODEL)) >= 0:
        return order(call.model[at + len(MODEL) :])
    return None


def _key(headers: Mapping[str, str], request: Request) -> str:
    for name in ("authorization", "x-api-key", "x-goog-api-key", "api-key"):
        if (value := headers.get(name)) and (found := _KEY.match(value)):
            return found[1]
    return request.query_params.get("key", "")


def _retry(headers: Mapping[str, str]) -> int | None:
    said = headers.get("x-stainless-retry-count", "")
    return int(said) if said.isdecimal() and len(said) < 10 else None
