"""The messages of Cohere's errors page, from the catalog's own examples, and the SDK exceptions that carry them."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

import errdex
from errdex.authoring.template import to_regex
from errdex.rules.normal_form import normalise

PAGE = "https://docs.cohere.com/reference/errors"
_TRAILING = r"[\s.,;:!?]*"
_REQUEST = "1caa0aef-497e-4401-87e2-73cf7e6d4dd3"


class Sample(NamedTuple):
    """A message, and the entry it is an example of."""

    text: str
    entry: str
    status: int


def page_messages() -> list[Sample]:
    """Return the bare messages among the examples of the entries on Cohere's errors page, no text twice.

    This includes some wordings of these entries that come from elsewhere.
    """
    found: dict[str, Sample] = {}
    for name, entry in errdex.default_catalog().pages["entries"].items():
        if not name.startswith("cohere/") or entry.get("kind", "error") != "error":
            continue
        if entry.get("provenance") != "documented" or PAGE not in entry["sources"]:
            continue
        patterns = [re.compile(to_regex(message) + _TRAILING, re.IGNORECASE) for message in entry.get("messages", ())]
        for text in map(_raw, entry.get("examples", ())):
            if any(pattern.fullmatch(normalise(text)) for pattern in patterns):
                found.setdefault(text, Sample(text, name, _status(entry)))
    return list(found.values())


def _raw(example: Any) -> str:
    raw = example if isinstance(example, str) else example["raw"]
    return raw if isinstance(raw, str) else json.dumps(raw)


def _status(entry: dict[str, Any]) -> int:
    status = entry.get("status", 400)
    return int(status[0] if isinstance(status, list) else status)


class ApiError(Exception):
    """Shaped like the SDK's own base class: three attributes, and nothing in `args`."""

    def __init__(self, *, headers: dict[str, str], status_code: int, body: object) -> None:
        super().__init__()
        self.headers = headers
        self.status_code = status_code
        self.body = body


_NAMES = {
    400: "BadRequestError",
    401: "UnauthorizedError",
    403: "ForbiddenError",
    404: "NotFoundError",
    422: "UnprocessableEntityError",
    429: "TooManyRequestsError",
    498: "InvalidTokenError",
    499: "ClientClosedRequestError",
    500: "InternalServerError",
    503: "ServiceUnavailableError",
    504: "GatewayTimeoutError",
}


def _sdk_class(name: str) -> type[ApiError]:
    module = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower()
    return type(name, (ApiError,), {"__module__": f"cohere.errors.{module}"})


ApiError.__module__ = "cohere.core.api_error"
_CLASSES = {status: _sdk_class(name) for status, name in _NAMES.items()}


def sdk_errors(samples: list[Sample]) -> list[ApiError]:
    """Return new exceptions, raised and caught, as the SDK makes them from a response with each message."""
    return [_caught(sample, number) for number, sample in enumerate(samples)]


def _caught(sample: Sample, number: int) -> ApiError:
    headers = {
        "content-type": "application/json",
        "date": "Thu, 20 Nov 2026 09:30:12 GMT",
        "server": "envoy",
        "content-length": str(len(sample.text) + 62),
        "access-control-expose-headers": "X-Debug-Trace-ID",
        "cache-control": "no-cache, no-store, no-transform, must-revalidate, private, max-age=0",
        "expires": "Thu, 01 Jan 1970 00:00:00 GMT",
        "pragma": "no-cache",
        "vary": "Origin",
        "x-accel-expires": "0",
        "x-debug-trace-id": f"{number:032x}",
        "x-envoy-upstream-service-time": "14",
        "via": "1.1 google",
        "alt-svc": 'h3=":443"; ma=2592000,h3-29=":443"; ma=2592000',
    }
    body = {"id": f"{number:08x}{_REQUEST[8:]}", "message": sample.text}
    try:
        raise _CLASSES.get(sample.status, ApiError)(headers=headers, status_code=sample.status, body=body)
    except ApiError as error:
        return error
