"""The bodies and headers in which each API sends an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final
from uuid import uuid4

Json = Any

OPENAI_TYPES: Final = {
    401: "invalid_request_error", 403: "invalid_request_error", 404: "invalid_request_error", 429: "requests",
    500: "server_error", 503: "server_error",
}  # fmt: skip
ANTHROPIC_TYPES: Final = {
    400: "invalid_request_error", 401: "authentication_error", 402: "billing_error", 403: "permission_error",
    404: "not_found_error", 409: "conflict_error", 413: "request_too_large", 429: "rate_limit_error", 500: "api_error",
    504: "timeout_error", 529: "overloaded_error",
}  # fmt: skip
GOOGLE_STATUSES: Final = {
    400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND", 409: "ABORTED",
    429: "RESOURCE_EXHAUSTED", 499: "CANCELLED", 500: "INTERNAL", 501: "UNIMPLEMENTED", 503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}  # fmt: skip
BEDROCK_CODES: Final = {
    400: "ValidationException", 403: "AccessDeniedException", 404: "ResourceNotFoundException",
    408: "ModelTimeoutException", 409: "ConflictException", 424: "ModelErrorException", 429: "ThrottlingException",
    500: "InternalServerException", 503: "ServiceUnavailableException",
}  # fmt: skip
_CORAL: Final = "http://internal.amazon.com/coral/com.amazon.bedrock/"


def openai(status: int, message: str, code: str | None) -> Json:
    """Return the body of OpenAI's API, which many copy."""
    kind = OPENAI_TYPES.get(status, "invalid_request_error" if status < 500 else "server_error")
    return {"error": {"message": message, "type": kind, "param": None, "code": code}}


def groq(status: int, message: str, code: str | None) -> Json:
    """Return the body of Groq's API."""
    kind = "invalid_request_error" if status < 500 else "internal_server_error"
    return {"error": {"message": message, "type": kind, **({"code": code} if code else {})}}


def mistral(status: int, message: str, code: str | None) -> Json:
    """Return the body of Mistral's API."""
    return {"object": "error", "message": message, "type": code, "param": None, "code": None, "raw_status_code": status}


def anthropic(status: int, message: str, code: str | None) -> Json:
    """Return the body of Anthropic's API."""
    kind = code or ANTHROPIC_TYPES.get(status, "invalid_request_error" if status < 500 else "api_error")
    return {"type": "error", "error": {"type": kind, "message": message}, "request_id": f"req_{uuid4().hex[:24]}"}


def cohere(status: int, message: str, code: str | None) -> Json:
    """Return the body of Cohere's API."""
    return {"id": str(uuid4()), "message": message, **({"error_type": code} if code else {})}


def google(status: int, message: str, code: str | None) -> Json:
    """Return the body of Gemini's API; a code that is no gRPC status is the reason in its details."""
    name = GOOGLE_STATUSES.get(status, "INVALID_ARGUMENT" if status < 500 else "INTERNAL")
    error: dict[str, Json] = {"code": status, "message": message, "status": name}
    if code in GOOGLE_STATUSES.values() or code == "FAILED_PRECONDITION":
        error["status"] = code
    elif code:
        info = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": code, "domain": "googleapis.com"}
        error["details"] = [info]
    return {"error": error}


def bedrock(status: int, message: str, code: str | None) -> Json:
    """Return the body of Amazon Bedrock's runtime; the code stands in a header."""
    return {"message": message}


SHAPES: Final[Mapping[str, Callable[[int, str, str | None], Json]]] = {
    "openai": openai,
    "groq": groq,
    "mistral": mistral,
    "anthropic": anthropic,
    "cohere": cohere,
    "google": google,
    "bedrock": bedrock,
}
"""API → its body of an error, from status, message and code."""

TOP_LEVEL: Final = frozenset({"mistral", "cohere", "bedrock"})
"""APIs whose errors are not wrapped in an object `error`."""


def headers_of(api: str, status: int, code: str | None) -> dict[str, str]:
    """Return the headers that an API sends with every error."""
    one = uuid4().hex
    match api:
        case "openai":
            return {"x-request-id": f"req_{one}", "openai-version": "2020-10-01"}
        case "groq":
            return {"x-groq-region": "us-west-1", "x-request-id": f"req_{one[:26]}"}
        case "anthropic":
            return {"request-id": f"req_{one[:24]}"}
        case "cohere":
            return {"x-debug-trace-id": one}
        case "mistral":
            return {"mistral-correlation-id": one}
        case "bedrock":
            kind = code or BEDROCK_CODES.get(status)
            return {"x-amzn-requestid": str(uuid4())} | ({"x-amzn-errortype": f"{kind}:{_CORAL}"} if kind else {})
    return {}
