"""Errors that are no text: exceptions as SDKs raise them, and bodies as their clients parse them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any

from .inputs import an_exception, an_object
from .messages import Said

HEADERS: list[dict[str, str] | None] = [
    None, {}, {"content-type": "application/json"}, {"retry-after": "7"}, {"Retry-After": "900"}, {"retry-after-ms": "1500"},
    {"x-ratelimit-remaining-requests": "0", "x-ratelimit-reset-requests": "42s"}, {"x-should-retry": "false"},
]  # fmt: skip
Raised = Callable[[Said, dict[str, str] | None], dict[str, Any]]


def _error(said: Said) -> dict[str, Any]:
    return {"message": said.message, "type": said.code or "invalid_request_error", "param": None, "code": said.code}


def _put(body: dict[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Put fields into a body, given as dotted paths."""
    for path, value in fields.items():
        *above, last = path.split(".")
        place = body
        for step in above:
            below = place.setdefault(step, {})
            place = below if isinstance(below, dict) else place
        place[last] = value
    return body


def cohere(said: Said, headers: dict[str, str] | None) -> dict[str, Any]:
    body = _put({"id": "63e33405", "message": said.message}, said.fields)
    return an_exception("cohere.core.api_error.ApiError", headers=headers, status_code=said.status, body=body)


def own_class(said: Said, headers: dict[str, str] | None) -> dict[str, Any]:
    return an_exception("app.llm.LLMError", said.message, status_code=said.status, headers=headers)


def own_class_body(said: Said, headers: dict[str, str] | None) -> dict[str, Any]:
    return an_exception(
        "app.llm.LLMError", "call failed", status_code=said.status, body=json.dumps({"error": _error(said)})
    )


def openai(said: Said, headers: dict[str, str] | None) -> dict[str, Any]:
    error = _error(said)
    text = f"Error code: {said.status} - { {'error': error} }"
    response = an_object("httpx.Response", status_code=said.status, headers=headers)
    return an_exception(
        "openai.APIStatusError", text, message=text, request=None, body=error, code=error["code"], param=None,
        type=error["type"], status_code=said.status, request_id="req_011CQd", response=response,
    )  # fmt: skip


def anthropic(said: Said, headers: dict[str, str] | None) -> dict[str, Any]:
    kind = said.code or "api_error"
    body = {"type": "error", "error": {"type": kind, "message": said.message}, "request_id": "req_0"}
    text = f"Error code: {said.status} - {body}"
    response = an_object("httpx2.Response", status_code=said.status, headers=headers)
    return an_exception(
        "anthropic.APIStatusError", text, message=text, api_message=said.message, request=None, request_id="req_0",
        error_code=None, body=body, status_code=said.status, type=kind, response=response,
    )  # fmt: skip


def groq(said: Said, headers: dict[str, str] | None) -> dict[str, Any]:
    body = {"error": _error(said)}
    response = an_object("httpx.Response", status_code=said.status, headers=headers)
    text = f"Error code: {said.status} - {body}"
    return an_exception(
        "groq.APIStatusError", text, message=text, request=None, body=body, status_code=said.status, response=response
    )


def mistral(said: Said, headers: dict[str, str] | None) -> dict[str, Any]:
    body = json.dumps({"object": "error", "message": said.message, "type": said.code, "code": None})
    text = f"API error occurred: Status {said.status}. Body: {body}"
    return an_exception(
        "mistralai.client.errors.sdkerror.SDKError",
        text,
        message=text,
        body=body,
        status_code=said.status,
        headers=headers,
    )


def genai(said: Said, headers: dict[str, str] | None) -> dict[str, Any]:
    name = said.code or "INVALID_ARGUMENT"
    details = {"error": {"code": said.status, "message": said.message, "status": name}}
    return an_exception(
        "google.genai.errors.ClientError", f"{said.status} {name}. {details}", code=said.status, status=name,
        message=said.message, details=details, response=an_object("httpx2.Response", headers=headers),
    )  # fmt: skip


def botocore(said: Said, headers: dict[str, str] | None) -> dict[str, Any]:
    code = said.code or "ValidationException"
    operation = str(said.fields.get("operation", "Converse"))
    response = {
        "Error": {"Code": code, "Message": said.message},
        "ResponseMetadata": {"HTTPStatusCode": said.status, "HTTPHeaders": headers or {}},
    }
    text = f"An error occurred ({code}) when calling the {operation} operation: {said.message}"
    return an_exception("botocore.errorfactory." + code, text, response=response, operation_name=operation)


def httpx_status(said: Said, headers: dict[str, str] | None) -> dict[str, Any]:
    content = {"$bytes": json.dumps(_put({"error": _error(said)}, said.fields))}
    response = an_object("httpx.Response", status_code=said.status, headers=headers, _content=content)
    return an_exception(
        "httpx.HTTPStatusError", f"Client error '{said.status}' for url 'https://llm.example.com'", response=response
    )


def plain(said: Said, headers: dict[str, str] | None) -> dict[str, Any]:
    return an_exception("RuntimeError", said.message)


def plain_status(said: Said, headers: dict[str, str] | None) -> dict[str, Any]:
    return an_exception("ValueError", f"chat failed: {said.status} {json.dumps({'error': _error(said)})}")


def bug(said: Said, headers: dict[str, str] | None) -> dict[str, Any]:
    return an_exception("KeyError", said.message)


def timeout(said: Said, headers: dict[str, str] | None) -> dict[str, Any]:
    return an_exception("httpx.ReadTimeout", said.message, base="TimeoutError")


RAISED: list[Raised] = [
    cohere, openai, anthropic, groq, mistral, genai, botocore, httpx_status, own_class, own_class_body, plain, plain_status,
    bug, timeout,
]  # fmt: skip
OF_PROVIDERS: dict[str, Raised] = {
    "anthropic": anthropic, "bedrock": botocore, "cohere": cohere, "google": genai, "groq": groq, "mistral": mistral, "openai": openai,
}  # fmt: skip
"""As the provider's own SDK raises its errors."""


def caused(inner: dict[str, Any]) -> dict[str, Any]:
    return {**an_exception("app.errors.ChatFailed", "the chat failed"), "__cause__": inner}


def handled(inner: dict[str, Any]) -> dict[str, Any]:
    return {**an_exception("RuntimeError", "no answer"), "__context__": inner}


def grouped(inner: dict[str, Any]) -> dict[str, Any]:
    reset = an_exception("ConnectionResetError", 104, "Connection reset by peer")
    return an_exception("ExceptionGroup", "unhandled errors in a TaskGroup", [inner, reset])


def retried(inner: dict[str, Any]) -> dict[str, Any]:
    attempt = an_object("tenacity.Future", _exception=inner)
    return an_exception("tenacity.RetryError", attempt, last_attempt=attempt)


def held(inner: dict[str, Any]) -> dict[str, Any]:
    return an_exception("urllib3.exceptions.MaxRetryError", "Max retries exceeded", reason=inner)


BEHIND = [caused, handled, grouped, retried, held]


def bodies(said: Said, pick: Random) -> Iterator[tuple[str, Any]]:
    """Yield bodies that say something, each with its name."""
    error, message = _error(said), said.message
    yield "error", _put({"error": error}, said.fields)
    yield "message", _put({"id": "63e33405", "message": message}, said.fields)
    yield "typed", {"type": "error", "error": {"type": said.code or "api_error", "message": message}}
    yield "status", _put({"status": said.status, "message": message, "code": said.code}, said.fields)
    yield "numbered", {"error": {"code": said.status, "message": message, "status": said.code or "UNKNOWN"}}
    yield "error_text", {"error": message}
    yield "detail", {"detail": message}
    yield "listed", {"errors": [{"message": message, "extensions": {"code": said.code}}]}
    yield "list", [{"error": error}]
    yield "json_in_message", {"error": {"message": json.dumps({"error": error}), "code": said.status}}
    yield "log", {"level": "error", "msg": message, "attempt": 2}
    yield (
        "headers",
        {"statusCode": said.status, "headers": pick.choice(HEADERS[1:]), "body": json.dumps({"message": message})},
    )
    yield "sent", {"messages": [{"role": "user", "content": message}]}
    yield "fields", _put({"id": "1"}, said.fields)
