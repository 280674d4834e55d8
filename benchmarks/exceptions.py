"""Exceptions of other SDKs than Cohere's, and one of a program's own, as they are caught; real ones where installed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from importlib import import_module
from importlib.util import find_spec

from benchmarks.annotate_wordings import fill
from benchmarks.sdk_lines import Reported, reported

_COUNT = 100  # per pass
_URLS = {
    "openai": "https://api.openai.com/v1/responses",
    "anthropic": "https://api.anthropic.com/v1/messages",
    "httpx": "https://api.mistral.ai/v1/chat/completions",
}


class CallFailed(Exception):  # noqa: N818
    """An exception of one's own, with status and body."""

    def __init__(self, status_code: int, body: object) -> None:
        super().__init__(f"call failed with {status_code}")
        self.status_code = status_code
        self.body = body


def exceptions() -> dict[str, Callable[[], Sequence[object]]]:
    """Return, for each kind, a function for new exceptions, each with a message of the catalog."""
    errors = reported()
    made: dict[str, Callable[[], Sequence[object]]] = {"one's own class": lambda: _made(errors, "", _own)}
    for module, make in (("openai", _of_sdk), ("anthropic", _of_sdk), ("httpx", _of_httpx)):
        if find_spec("httpx") and find_spec(module):
            made[module] = lambda module=module, make=make: _made(errors, module, make)  # type: ignore[misc]
    return made


def _made(
    errors: list[Reported], module: str, make: Callable[[str, int, dict[str, object]], BaseException]
) -> list[object]:
    pick = random.Random(7)
    own = [error for error in errors if error.provider == module] or errors
    found: list[object] = []
    for error in pick.sample(own, min(_COUNT, len(own))):
        body: dict[str, object] = {
            "error": {"message": fill(error.parts, pick), "type": "invalid_request_error", "param": None}
        }
        try:
            raise make(module, error.status, body)
        except Exception as raised:
            found.append(raised)
    return found


def _own(_module: str, status: int, body: dict[str, object]) -> BaseException:
    return CallFailed(status, body)


def _response(module: str, status: int, body: dict[str, object]) -> object:
    httpx = import_module("httpx")
    return httpx.Response(status, json=body, request=httpx.Request("POST", _URLS[module]))


def _of_sdk(module: str, status: int, body: dict[str, object]) -> BaseException:
    sdk = import_module(module)
    response = _response(module, status, body)
    error: BaseException = sdk.APIStatusError(f"Error code: {status} - {body}", response=response, body=body["error"])
    return error


def _of_httpx(module: str, status: int, body: dict[str, object]) -> BaseException:
    httpx = import_module(module)
    response = _response(module, status, body)
    error: BaseException = httpx.HTTPStatusError(
        f"Client error '{status} Error' for url '{_URLS[module]}'",
        request=response.request,  # type: ignore[attr-defined]
        response=response,
    )
    return error
