"""Reads the HTTP status that an error tells in words: by its class, its machine code, or a status's reason phrase."""

from __future__ import annotations

import re
from itertools import islice

from errdex.model.type_names import Final
from errdex.read.evidence import Evidence, ToldStatus
from errdex.read.lines import BULLET, Lines
from errdex.read.signals.classes import LINE_HEAD, REPORTS, Classes
from errdex.rules import Pattern

_CLASSES: Final = {
    "BadRequest": 400, "Unauthorized": 401, "Unauthenticated": 401, "InvalidApiKey": 401, "InvalidAPIKey": 401,
    "PaymentRequired": 402, "InsufficientBalance": 402, "InsufficientCredits": 402, "InsufficientQuota": 402,
    "Forbidden": 403, "PermissionDenied": 403, "ModelNotFound": 404, "RequestTimeout": 408, "PayloadTooLarge": 413,
    "RequestTooLarge": 413, "UnprocessableEntity": 422, "RateLimit": 429, "RateLimited": 429,
    "RateLimitExceeded": 429, "RateLimitReached": 429, "TooManyRequests": 429, "Throttling": 429, "Throttled": 429,
    "InternalServer": 500, "BadGateway": 502, "ServiceUnavailable": 503, "Overloaded": 503, "GatewayTimeout": 504,
}  # fmt: skip
"""What the name of an error class tells, whatever its SDK, and the HTTP status that says the same. Names that databases
and file systems use as well, such as `InvalidRequestError`, tell nothing."""
_NAME: Final[Pattern] = rf"\w*({'|'.join(_CLASSES)})(?:Error|Exception|Fault)?"
_CODES: Final = {**{name.lower(): status for name, status in _CLASSES.items()}, "accessdenied": 403}
_CODE: Final[Pattern] = rf"({'|'.join(_CODES)})(?:error|exception|fault)?"
"""The same as a machine code, in lower case and without what separates its words."""
_OPERATION: Final = "operation"
"""What AWS names beside a code: its other services use the same codes."""
_BEGINNING: Final[Pattern] = rf"({'|'.join(_CLASSES)})$"
_ENDING: Final[Pattern] = r"(?:Error|Exception|Fault)(?![\w/\\])"
_AFTER_CLASS: Final[Pattern] = r" ?(?:$|[:({\['\"),])| -"
_SEPARATOR: Final[Pattern] = r"[-:|\])>] ?$"
_PATH: Final[Pattern] = r"(?:[A-Za-z_$][\w$]{0,60}(?:\.|::|\\{1,2})){0,8}\w*$"
"""In Ruby, Rust and C++ `::` stands between modules, in PHP a backslash."""
_REASONS: Final = {
    "Bad Request": 400, "Unauthorized": 401, "Payment Required": 402, "Forbidden": 403, "Method Not Allowed": 405,
    "Request Timeout": 408, "Payload Too Large": 413, "Unprocessable Entity": 422, "Too Many Requests": 429,
    "Internal Server Error": 500, "Not Implemented": 501, "Bad Gateway": 502, "Service Unavailable": 503,
    "Gateway Timeout": 504, "Gateway Time-out": 504,
}  # fmt: skip
"""Reason phrases that HTTP clients alone write."""
_REASON: Final[Pattern] = rf"(?m): ({'|'.join(_REASONS)})(?: \(no body\))?[.!'\")\]}}]{{0,4}}$"
"""A line whose last words are a reason phrase, as `throw new Error(`failed: ${response.statusText}`)` writes it."""
_MOST: Final = 32
"""Classes examined per text."""
_READ: Final = 120
"""Characters before the end of a class's name in which its beginning and what leads to it are looked for."""


def told(evidence: Evidence, classes: Classes) -> ToldStatus | None:
    """Return the HTTP status that an error without one tells in words, if no class of a known SDK is there."""
    if any(classes.knows(seen.path) for seen in evidence.exceptions):
        return None
    for seen in evidence.exceptions:
        if found := re.fullmatch(_NAME, seen.name):
            return ToldStatus(_CLASSES[found[1]], by_class=True)
    for code in evidence.codes if all(path != _OPERATION for path, _ in evidence.fields) else ():
        if found := re.fullmatch(_CODE, code.lower().replace("_", "").replace("-", "")):
            return ToldStatus(_CODES[found[1]], by_class=False)
    for message in evidence.messages:
        if status := _by_class(message.lines):
            return ToldStatus(status, by_class=True)
        if found := re.search(_REASON, message.text):
            return ToldStatus(_REASONS[found[1]], by_class=False)
    return None


def _by_class(lines: Lines) -> int | None:
    """Return the HTTP status that a class tells which a text reports."""
    for ending in islice(re.finditer(_ENDING, lines.text), _MOST):
        line, end = lines.at(ending.start())
        before = lines.text[max(line, ending.start() - _READ) : ending.start()]
        found = re.search(_BEGINNING, before)
        after = lines.text[ending.end() : end]
        if found is None or not re.match(_AFTER_CLASS, after) or lines.is_code(ending.start()):
            continue
        if re.match(BULLET, lines.text[line:end]) and not after.strip():
            continue  # an item of a list
        lead = re.sub(_PATH, "", before[: found.start()])
        if re.fullmatch(LINE_HEAD, lead) or re.search(REPORTS, lead) or re.search(_SEPARATOR, lead):
            return _CLASSES[found[1]]
    return None
