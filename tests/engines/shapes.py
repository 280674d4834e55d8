"""What more clients and loggers write around a message than `wrappers` holds: one function a shape."""

from __future__ import annotations

import json
from collections.abc import Callable
from http import HTTPStatus

from tests.wrappers import WRAPPERS

Shape = Callable[[str, int, str | None], str]
"""(message, status, machine code) → what is written."""


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def _error(message: str, code: str | None) -> dict[str, object]:
    return {"error": {"message": message, "type": code or "invalid_request_error", "param": None, "code": code}}


def ai_sdk(message: str, status: int, code: str | None) -> str:
    return (
        f"AI_APICallError: {message}\n    at file:///app/node_modules/@ai-sdk/provider-utils/dist/index.mjs:380:14 {{\n"
        f"  cause: undefined,\n  url: 'https://api.openai.com/v1/chat/completions',\n  statusCode: {status},\n"
        f"  responseBody: {json.dumps(json.dumps(_error(message, code)))},\n  isRetryable: false\n}}"
    )


def ai_retry(message: str, status: int, code: str | None) -> str:
    return f"AI_RetryError: Failed after 3 attempts. Last error: {message}"


def openai_node(message: str, status: int, code: str | None) -> str:
    return (
        f"BadRequestError: {status} {message}\n    at APIError.generate (/app/node_modules/openai/core/error.mjs:41:20) {{\n"
        f"  status: {status},\n  headers: Headers {{}},\n  requestID: 'req_011CQd',\n  code: {code!r},\n  param: null\n}}"
    )


def openai_repr(message: str, status: int, code: str | None) -> str:
    return f"Error code: {status} - {_error(message, code)}"


def anthropic_repr(message: str, status: int, code: str | None) -> str:
    inner = {"type": "error", "error": {"type": code or "api_error", "message": message}, "request_id": "req_011CQd"}
    return f"anthropic.APIStatusError: Error code: {status} - {inner}"


def groq_body(message: str, status: int, code: str | None) -> str:
    return f"groq.APIStatusError: Error code: {status} - {_error(message, code)}"


def genai(message: str, status: int, code: str | None) -> str:
    inner = {"error": {"code": status, "message": message, "status": code or "INVALID_ARGUMENT"}}
    return f"google.genai.errors.ClientError: {status} {code or 'INVALID_ARGUMENT'}. {inner}"


def google_api_core(message: str, status: int, code: str | None) -> str:
    return f"google.api_core.exceptions.GoogleAPICallError: {status} {message}"


def httpx_phrase(message: str, status: int, code: str | None) -> str:
    side = "Client" if status < 500 else "Server"
    return f"{side} error '{status} {_phrase(status)}' for url 'https://llm.example.com/v1/chat'\n{json.dumps({'message': message})}"


def requests_phrase(message: str, status: int, code: str | None) -> str:
    return f"requests.exceptions.HTTPError: {status} Client Error: {_phrase(status)} for url: https://llm.example.com/v1 - {message}"


def go_openai(message: str, status: int, code: str | None) -> str:
    return f"error, status code: {status}, status: {status} {_phrase(status)}, message: {message}"


def go_sdk(message: str, status: int, code: str | None) -> str:
    return f'POST "https://llm.example.com/v1/chat": {status} {_phrase(status)} {json.dumps(_error(message, code)["error"])}'


def go_struct(message: str, status: int, code: str | None) -> str:
    return (
        f"&{{Code:{code or '<nil>'} Message:{message} Param:<nil> Type:invalid_request_error HTTPStatusCode:{status}}}"
    )


def rust_debug(message: str, status: int, code: str | None) -> str:
    shown = f"Some({json.dumps(code)})" if code else "None"
    return f"ApiError(ApiError {{ message: {json.dumps(message)}, type: {shown}, param: None, code: {shown} }})"


def rust_reqwest(message: str, status: int, code: str | None) -> str:
    return f'Error: HTTP status client error ({status} {_phrase(status)}) for url (https://llm.example.com/v1): "{message}"'


def java_spring(message: str, status: int, code: str | None) -> str:
    return (
        f"org.springframework.web.client.HttpClientErrorException$BadRequest: {status} {_phrase(status)}: "
        f'"{json.dumps(_error(message, code))}"\n\tat org.springframework.web.client.HttpClientErrorException.create(H.java:103)'
    )


def java_cause(message: str, status: int, code: str | None) -> str:
    return (
        "java.util.concurrent.CompletionException: com.openai.errors.BadRequestException: "
        f"{status}: {message}\n\tat java.base/java.util.concurrent.F.get(F.java:396)\nCaused by: {status}: {message}\n\t... 12 more"
    )


def dotnet(message: str, status: int, code: str | None) -> str:
    return (
        f"Azure.RequestFailedException: {message}\nStatus: {status} ({_phrase(status)})\nErrorCode: {code or status}\n\n"
        f"Content:\n{json.dumps(_error(message, code))}\n\nHeaders:\nx-ms-region: East US\nContent-Length: 226"
    )


def guzzle(message: str, status: int, code: str | None) -> str:
    return (
        f"Client error: `POST https://llm.example.com/v1/chat` resulted in a `{status} {_phrase(status)}` response:\n"
        f"{json.dumps(_error(message, code))}"
    )


def curl(message: str, status: int, code: str | None) -> str:
    return f"< HTTP/2 {status} \n< content-type: application/json\n< \n{json.dumps(_error(message, code))}\n* Connection #0 left intact"


def sse_error(message: str, status: int, code: str | None) -> str:
    return f"data: {json.dumps({'type': 'error', **_error(message, code)})}\n\ndata: [DONE]\n\n"


def litellm_router(message: str, status: int, code: str | None) -> str:
    return (
        "12:00:01 - LiteLLM Router:ERROR: router.py:2482 - litellm.RateLimitError: AzureException RateLimitError - "
        f"{message}. Received Model Group=gpt-4o Available Model Group Fallbacks=None"
    )


def nested_json(message: str, status: int, code: str | None) -> str:
    return json.dumps(
        {"error": {"message": json.dumps(_error(message, code)), "code": status, "status": _phrase(status)}}
    )


def json_log_err(message: str, status: int, code: str | None) -> str:
    err = {"type": "APIError", "message": f"{status} {message}", "statusCode": status, "code": code}
    return json.dumps({"level": 50, "time": 1763719200000, "pid": 7, "err": err, "msg": "chat failed"})


def json_log_msg(message: str, status: int, code: str | None) -> str:
    return json.dumps({"level": "error", "ts": "2026-06-05T11:12:00Z", "caller": "chat/client.go:88", "msg": message})


def json_log_error(message: str, status: int, code: str | None) -> str:
    return json.dumps({"severity": "ERROR", "message": "upstream call failed", "error": message, "attempt": 2})


def json_log_lines(message: str, status: int, code: str | None) -> str:
    return json.dumps({"level": "error", "msg": f"chat failed:\n{message}\nno fallback left"})


def logfmt(message: str, status: int, code: str | None) -> str:
    return f'time=2026-06-05T11:12:00Z level=error msg="call failed" status={status} code={code} error={json.dumps(message)}'


def python_log(message: str, status: int, code: str | None) -> str:
    return f"2026-06-05 11:12:00,244 - app.llm - ERROR - {message}"


def bracket_log(message: str, status: int, code: str | None) -> str:
    return f"[2026-06-05T11:12:00.244Z] [ERROR] [worker-3] chat failed: {message}"


def loguru_log(message: str, status: int, code: str | None) -> str:
    return f"2026-06-05 11:12:00.244 | ERROR    | app.llm:ask:88 - {message}"


def lambda_log(message: str, status: int, code: str | None) -> str:
    return f"[ERROR]\t2026-06-05T11:12:00.244Z\t63e33405-a687-4064-bf9e-bfeb608628c8\tError code: {status} - {_error(message, code)}"


def syslog(message: str, status: int, code: str | None) -> str:
    return f"<11>1 2026-06-05T11:12:00Z host app 77 - - upstream answered {status}: {message}"


def compose(message: str, status: int, code: str | None) -> str:
    return f"api-1     | openai.APIStatusError: Error code: {status} - {_error(message, code)}"


def label(message: str, status: int, code: str | None) -> str:
    return f"Error: {message}"


def status_label(message: str, status: int, code: str | None) -> str:
    return f"HTTP {status}: {message}"


def provider_label(message: str, status: int, code: str | None) -> str:
    return f"OpenAI API error: {message}"


def quoted(message: str, status: int, code: str | None) -> str:
    return "\n".join(f"> {line}" for line in f"I got this:\n{message}".split("\n"))


def fenced(message: str, status: int, code: str | None) -> str:
    return f"What does this mean?\n\n```\n{status} {message}\n```\n\nThanks!"


def item(message: str, status: int, code: str | None) -> str:
    return f"- [ ] fix: {message}"


def detail(message: str, status: int, code: str | None) -> str:
    return json.dumps({"detail": [{"loc": ["body", "messages"], "msg": message, "type": code or "value_error"}]})


def yaml_dump(message: str, status: int, code: str | None) -> str:
    return f"error:\n  code: {code or status}\n  message: {message}\n  type: invalid_request_error\n"


def in_prose(message: str, status: int, code: str | None) -> str:
    return f"Since yesterday the call fails with '{message}' and I cannot tell why."


def _of(wrap: Callable[[str, int], str]) -> Shape:
    def shape(message: str, status: int, code: str | None) -> str:
        return wrap(message, status)

    shape.__name__ = wrap.__name__
    return shape


LINES: list[Shape] = [
    json_log_err, json_log_msg, json_log_error, json_log_lines, logfmt, python_log, bracket_log, loguru_log, lambda_log, syslog, compose,
    label, status_label, provider_label, litellm_router, openai_repr, anthropic_repr, requests_phrase, go_openai, item, in_prose,
]  # fmt: skip
"""Shapes on one line, as logs have them."""
JSON_LINES = [json_log_err, json_log_msg, json_log_error, json_log_lines, logfmt, lambda_log]
"""Those that escape what they hold."""
SHAPES: list[Shape] = [
    *LINES, *map(_of, WRAPPERS), ai_sdk, ai_retry, openai_node, groq_body, genai, google_api_core, httpx_phrase, go_sdk,
    go_struct, rust_debug, rust_reqwest, java_spring, java_cause, dotnet, guzzle, curl, sse_error, nested_json, quoted,
    fenced, detail, yaml_dump,
]  # fmt: skip
