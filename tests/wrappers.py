"""What SDKs, frameworks and logs write around a message: the shapes of real SDKs, filled in."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus

_HEADERS = {
    "access-control-expose-headers": "X-Debug-Trace-ID",
    "content-type": "application/json",
    "x-api-warning": "none",
}


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def bare(message: str, status: int) -> str:
    return message


def body(message: str, status: int) -> str:
    return json.dumps({"id": "63e33405-a687-4064-bf9e-bfeb608628c8", "message": message})


def pretty_body(message: str, status: int) -> str:
    return json.dumps({"message": message}, indent=2)


def openai_body(message: str, status: int) -> str:
    return json.dumps({"error": {"message": message, "type": "invalid_request_error", "param": None, "code": None}})


def cohere_sdk(message: str, status: int) -> str:
    return f"headers: {_HEADERS}, status_code: {status}, body: { ({'id': '63e33405', 'message': message}) }"


def cohere_sdk_old(message: str, status: int) -> str:
    return f"status_code: {status}, body: { ({'message': message}) }"


def cohere_traceback(message: str, status: int) -> str:
    return (
        "Traceback (most recent call last):\n"
        '  File "/app/main.py", line 455, in <module>\n'
        "    response = co.chat(model=model, messages=messages)\n"
        '  File "/usr/lib/python3.11/site-packages/cohere/v2/raw_client.py", line 404, in chat\n'
        "    raise BadRequestError(headers=dict(_response.headers), body=body)\n"
        f"cohere.errors.bad_request_error.BadRequestError: headers: {_HEADERS}, status_code: {status}, "
        f"body: { ({'message': message}) }\n"
    )


def cohere_v4(message: str, status: int) -> str:
    return f"cohere.error.CohereAPIError: {message}"


def cohere_typescript(message: str, status: int) -> str:
    inner = json.dumps({"message": message}, indent=2)
    return (
        f"BadRequestError: BadRequestError\nStatus code: {status}\nBody: {inner}\n"
        "    at Connectors.<anonymous> (/app/node_modules/cohere-ai/api/resources/client/Client.js:256:31)\n"
        "    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)"
    )


def cohere_go(message: str, status: int) -> str:
    return f"2024/10/28 14:44:44 {status}: {json.dumps({'message': message})}\nexit status 1"


def openai_sdk(message: str, status: int) -> str:
    inner = {"error": {"message": message, "type": "invalid_request_error", "param": None, "code": None}}
    return f"openai.BadRequestError: Error code: {status} - {inner}"


def openai_sdk_message(message: str, status: int) -> str:
    return f"Error code: {status} - {message}"


def mistral_sdk(message: str, status: int) -> str:
    return f"API error occurred: Status {status}. Body: {json.dumps({'object': 'error', 'message': message})}"


def botocore(message: str, status: int) -> str:
    return (
        "An error occurred (ValidationException) when calling the InvokeModel operation "
        f"(reached max retries: 4): {message}"
    )


def litellm(message: str, status: int) -> str:
    inner = json.dumps({"id": "596143e9-86ab-423c-bee7-bd8f78530c22", "message": message})
    return (
        f"litellm.BadRequestError: CohereException - {inner}. Received Model Group=Cohere - command-r\n"
        "Available Model Group Fallbacks=None LiteLLM Retried: 1 times, LiteLLM Max Retries: 2"
    )


def litellm_proxy(message: str, status: int) -> str:
    inner = json.dumps({"message": message})
    text = f"litellm.BadRequestError: CohereException - {inner}. Received Model Group=Cohere"
    return json.dumps({"error": {"message": text, "type": None, "param": None, "code": str(status)}})


def requests_style(message: str, status: int) -> str:
    return f"Error: {status} {message}"


def sse(message: str, status: int) -> str:
    return f"event: error\ndata: {json.dumps({'message': message})}\n\n"


def log_line(message: str, status: int) -> str:
    return (
        f"2026-06-05 11:12:00,244 ERROR app.llm: call failed: status_code: {status}, body: { ({'message': message}) }"
    )


def json_log(message: str, status: int) -> str:
    inner = f"BadRequestError\nStatus code: {status}\nBody: {json.dumps({'message': message})}"
    return json.dumps({"level": "error", "time": "2026-06-05T11:12:00Z", "message": f"AI response error: {inner}"})


def escaped_json(message: str, status: int) -> str:
    return f"    body: {json.dumps(json.dumps({'message': message}))}\n    status: {status} {_phrase(status)}\n    code: {status}"


def header_dump(message: str, status: int) -> str:
    return (
        f"HTTP/1.1 {status} {_phrase(status)}\r\nContent-Type: application/json\r\nServer: istio-envoy\r\n\r\n"
        f"{json.dumps({'message': message})}\r\n"
    )


def java(message: str, status: int) -> str:
    return (
        f"java.lang.RuntimeException: status code: {status}; body: {json.dumps({'message': message})}\n"
        "    at dev.langchain4j.model.cohere.CohereClient.toException(CohereClient.java:71) ~[langchain4j-cohere-0.28.0.jar:na]"
    )


def coloured(message: str, status: int) -> str:
    return f"\x1b[31mERROR\x1b[0m \x1b[1mcohere\x1b[0m: {message}\x1b[0m"


WRAPPERS: list[Callable[[str, int], str]] = [
    bare,
    body,
    pretty_body,
    openai_body,
    cohere_sdk,
    cohere_sdk_old,
    cohere_traceback,
    cohere_v4,
    cohere_typescript,
    cohere_go,
    openai_sdk,
    openai_sdk_message,
    mistral_sdk,
    botocore,
    litellm,
    litellm_proxy,
    requests_style,
    sse,
    log_line,
    json_log,
    escaped_json,
    header_dump,
    java,
    coloured,
]

LOGS: list[Callable[[str], str]] = [
    lambda message: f"Jan 02 02:00:01 host app[12]: {message}",
    lambda message: f"2026-11-21T02:00:07Z app-1  | {message}",
    lambda message: f"2026-11-21 02:00:07 WARNING app.llm - {message}",
    lambda message: f"2026-11-21 02:00:07 ERROR app.llm: {message}",
]
"""What loggers write in front of a message, without a word of whose it is."""
