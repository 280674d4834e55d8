"""Log lines as SDKs and loggers write them: time, level, logger, exception class, status, body; an incident's log.

The messages are those of the built-in catalog, each in the body and the class of its provider's SDK.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from benchmarks.annotate_wordings import Wording, fill
from errdex.authoring.template import parse
from errdex.rules import compiled

WORDINGS: Final = 200
"""Wordings in an incident's log."""

_CLASSES: Final = {
    400: "BadRequestError",
    401: "AuthenticationError",
    403: "PermissionDeniedError",
    404: "NotFoundError",
    409: "ConflictError",
    413: "RequestTooLargeError",
    422: "UnprocessableEntityError",
    429: "RateLimitError",
    500: "InternalServerError",
}
_TYPES: Final = {401: "authentication_error", 404: "not_found_error", 429: "rate_limit_error", 500: "api_error"}
_LOGGERS: Final = ("app.session", "worker.embed", "chat.history", "celery.app.trace", "agent.runner")
_NUMBERS: Final = ("int", "number", "duration")
_NAMES: Final = 4  # sets of names for each wording of an incident


class Reported(NamedTuple):
    """A wording, and what its SDK says beside it."""

    provider: str
    status: int
    parts: Wording


def reported(data: Path = Path(compiled.DATA)) -> list[Reported]:
    """Return the wordings of a compiled catalog that need nothing but their text, with provider and status."""
    found = []
    for name, entry in compiled.read_pages(data)["entries"].items():
        status = entry.get("status", 400)
        status = int(status[0] if isinstance(status, list) else status)
        if "support" in entry or entry.get("kind", "error") != "error" or not 400 <= status < 600:
            continue
        said = entry.get("messages", [])
        found += [Reported(name.partition("/")[0], status, parse(message)) for message in said]
    return found


def _cohere(status: int, message: str, pick: random.Random) -> str:
    body = {"id": _uuid(pick), "message": message}
    headers = {"date": "Thu, 20 Nov 2026 09:30:12 GMT", "via": "1.1 google"}
    return f"cohere.errors.ApiError: headers: {headers}, status_code: {status}, body: {body}"


def _openai(status: int, message: str, pick: random.Random) -> str:
    error = {"message": message, "type": "invalid_request_error" if status < 429 else "tokens", "param": None}
    return f"openai.{_name(status)}: Error code: {status} - {{'error': {error}}}"


def _anthropic(status: int, message: str, pick: random.Random) -> str:
    error = {"type": _TYPES.get(status, "invalid_request_error"), "message": message}
    body = {"type": "error", "error": error, "request_id": f"req_011C{pick.getrandbits(80):020X}"}
    return f"anthropic.{_name(status)}: Error code: {status} - {body}"


def _google(status: int, message: str, pick: random.Random) -> str:
    body = {"error": {"code": status, "message": message, "status": "INVALID_ARGUMENT"}}
    return f"google.genai.errors.ClientError: {status} INVALID_ARGUMENT. {body}"


def _bedrock(status: int, message: str, pick: random.Random) -> str:
    return (
        "botocore.errorfactory.ValidationException: An error occurred (ValidationException) when calling the "
        f"Converse operation: {message}"
    )


def _compatible(provider: str) -> Callable[[int, str, random.Random], str]:
    def made(status: int, message: str, pick: random.Random) -> str:
        body = json.dumps({"error": {"message": message, "code": None}, "request_id": f"{pick.getrandbits(64):016x}"})
        return f"{provider} call failed: HTTP {status}: {body}"

    return made


_SDKS: Final = {"cohere": _cohere, "openai": _openai, "anthropic": _anthropic, "google": _google, "bedrock": _bedrock}


def _name(status: int) -> str:
    return _CLASSES.get(status, "InternalServerError" if status >= 500 else "APIStatusError")


def _uuid(pick: random.Random) -> str:
    text = f"{pick.getrandbits(128):032x}"
    return "-".join([text[:8], text[8:12], text[12:16], text[16:20], text[20:]])


def _stamp(pick: random.Random, blank: str = " ") -> str:
    return (
        f"2026-11-21{blank}{pick.randint(10, 12)}:{pick.randint(0, 59):02}:{pick.randint(0, 59):02},"
        f"{pick.randint(0, 999):03}"
    )


def _plain(said: str, logger: str, pick: random.Random) -> str:
    return f"{_stamp(pick)} ERROR {logger} req={pick.randint(1, 9_999)} {said}"


def _with_id(said: str, logger: str, pick: random.Random) -> str:
    return f"{_stamp(pick)} [ERROR] [{logger}] task {_uuid(pick)} failed in {pick.random():.3f}s: {said}"


def _as_json(said: str, logger: str, pick: random.Random) -> str:
    return json.dumps(
        {
            "ts": _stamp(pick, "T"),
            "level": "error",
            "logger": logger,
            "trace": f"{pick.getrandbits(64):016x}",
            "exception": said,
        }
    )


Form = Callable[[str, str, random.Random], str]
_FORMS: Final[tuple[Form, ...]] = (_plain, _with_id, _plain, _as_json)


def _line(error: Reported, message: str, form: Form, logger: str, pick: random.Random) -> str:
    said = _SDKS.get(error.provider) or _compatible(error.provider)
    return form(said(error.status, message, pick), logger, pick)


def sdk_lines(seed: int = 7) -> Iterator[str]:
    """Yield lines with the errors of the built-in catalog, endlessly: each wording in turn, no line twice."""
    pick = random.Random(seed)
    errors: Sequence[Reported] = pick.sample(every := reported(), len(every))
    while True:
        for error in errors:
            yield _line(error, fill(error.parts, pick), pick.choice(_FORMS), pick.choice(_LOGGERS), pick)


def incident_lines(seed: int = 7) -> Iterator[str]:
    """Yield the lines of an incident endlessly: `WORDINGS` errors, each logged in one place, with other values.

    As in life, a few of them make up most of the lines. Times, ids, numbers and durations are new in each line; names
    of models and parameters are a few for each wording.
    """
    pick = random.Random(seed)
    errors = [(error, pick.choice(_FORMS), pick.choice(_LOGGERS)) for error in pick.sample(reported(), WORDINGS)]
    weights = [1 / (rank + 5) for rank in range(WORDINGS)]
    while True:
        for error, form, logger in pick.choices(errors, weights, k=1_000):
            names = random.Random(f"{error} {pick.randrange(_NAMES)}")
            message = "".join(
                part if isinstance(part, str) else fill([part], pick if part.kind in _NUMBERS else names)
                for part in error.parts
            )
            yield _line(error, message, form, logger, pick)
