"""What else a text holds: on the message itself before it is wrapped (`ON_MESSAGE`), and around the whole (`AROUND`)."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from tests.renderings import RENDERINGS


class Other(NamedTuple):
    """Another error that a text may hold."""

    message: str
    status: int


class Beside(NamedTuple):
    """What a trail may draw from."""

    pick: Random
    kin: Callable[[], Other]
    """Another error of the same provider."""
    stranger: Callable[[], Other]
    """An error of any other provider."""

    def other(self) -> Other:
        return (self.kin if self.pick.random() < 0.4 else self.stranger)()


Trail = Callable[[str, Beside], str]


def _appended(text: str) -> Trail:
    return lambda message, beside: message + text


def _cut(end: str) -> Trail:
    def cut(message: str, beside: Beside) -> str:
        return message[: max(12, int(len(message) * beside.pick.uniform(0.35, 0.95)))] + end

    return cut


def _first_sentence(message: str, beside: Beside) -> str:
    return re.split(r"(?<=[.!?])\s", message, maxsplit=1)[0]


def _then(before: str, between: str, with_status: bool) -> Trail:
    """Put another error in front of a text, or behind it."""

    def trail(message: str, beside: Beside) -> str:
        other = beside.other()
        said = f"Error code: {other.status} - {other.message}" if with_status else other.message
        return f"{message}{between}{said}" if not before else f"{before}{said}{between}{message}"

    return trail


def _quoting(message: str, beside: Beside) -> str:
    return f"{message} (value was '{beside.other().message}')"


def _quoted_in(message: str, beside: Beside) -> str:
    return f"value of parameter prompt, '{message}', is not allowed here"


ON_MESSAGE: dict[str, Trail] = {
    "request_id": _appended(" (request id: 7)"),
    "req": _appended(" request_id=req_011CQdMf"),
    "status_after": _appended(" (400)"),
    "in_30_seconds": _appended(" Please retry after 30 seconds."),
    "in_20s": _appended(" Please try again in 20s."),
    "in_2_hours": _appended(" Try again in 2 hours."),
    "prose": _appended(" Please help, this worked yesterday!"),
    "words": _appended(" for model gpt-4o in organization org-abc123 on tokens per min"),
    "cut": _cut(""),
    "cut_ellipsis": _cut("…"),
    "cut_dots": _cut("..."),
    "first_sentence": _first_sentence,
    "bold": lambda message, beside: f"**{message}**",
    "code": lambda message, beside: f"`{message}`",
    "linked": lambda message, beside: f"[{message}](https://docs.example.com/errors)",
    "prefix": lambda message, beside: f"invalid request: {message}",
    "lower": lambda message, beside: message.lower(),
    "sentence_before": lambda message, beside: f"We could not process your request. {message}",
    "other_message": _then("", " ", with_status=False),
    "other_in_front": _then("", ". ", with_status=False),
    "twice": lambda message, beside: f"{message} {message}",
    "glued": _appended("request_id=1"),
    "glued_letter": _appended("é"),
    "glued_in_front": lambda message, beside: f"17_{message}",
    "wide": lambda message, beside: message.replace(" ", "  "),
    "tabs": lambda message, beside: message.replace(" ", "\t"),
    "carriage_return": lambda message, beside: message.replace(" ", " \r", 1),
    "upper": lambda message, beside: message.upper(),
    "quoting": _quoting,
    "quoted_in": _quoted_in,
    **{render.__name__: (lambda message, beside, render=render: render(message)) for render in RENDERINGS[1:]},
}

_LOG = "2026-06-05 11:12:00 INFO app.llm: asked the model, 3 tools, 17 messages, streaming\n" * 60
_DUMP = "\nx-ratelimit-limit-requests: 60\nx-ratelimit-remaining-requests: 0\nx-ratelimit-reset-requests: 42s\nx-request-id: 5f0"

APPENDED = ["request_id", "req", "status_after", "in_30_seconds", "in_20s", "in_2_hours"]
"""What clients put behind a message, which is still the same message."""
OPENED = ["quoting", "other_message", "other_in_front", "cut", "prose"]
"""What tells whether a message that ends with an open hole ends where it should."""
ESCAPED = ["nbsp", "wrapped", "typographic", "mojibake", "markdown", "tabs", "carriage_return"]
"""What JSON writes otherwise than it is."""

AROUND: dict[str, Trail] = {
    "retry_after": _appended("\nRetry-After: 900"),
    "retry_after_7": _appended("\nretry-after: 7"),
    "retry_after_crlf": _appended("\r\nRetry-After: 30\r\n"),
    "retry_after_ms": _appended("\nretry-after-ms: 1500"),
    "header_dump": _appended(_DUMP),
    "header_dump_900": _appended(f"{_DUMP}\nretry-after: 900"),
    "headers_in_front": lambda text, beside: f"HTTP/1.1 429 Too Many Requests\nRetry-After: 12\n\n{text}",
    "same_line_header": _appended(", retry-after: 30"),
    "should_retry": _appended("\nx-should-retry: false"),
    "request_id": _appended(" (request id: 7)"),
    "req_line": _appended("\nrequest_id=req_011CQdMf"),
    "other_behind": _then("", "\n", with_status=False),
    "other_behind_status": _then("", "\n", with_status=True),
    "other_same_line": _then("", " | ", with_status=False),
    "other_same_line_status": _then("", "; then ", with_status=True),
    "other_in_front": _then(" ", "\n", with_status=False),
    "other_in_front_status": _then("attempt 1: ", "\nattempt 2: ", with_status=True),
    "other_in_front_same_line": _then("ERROR: ", ", then ", with_status=False),
    "status_behind": lambda text, beside: f"{text}\nHTTP status: {beside.pick.choice([400, 401, 429, 500, 503])}",
    "other_400_same_line": lambda text, beside: f"{text}; then Error code: 400 - {beside.other().message}",
    "status_in_front": lambda text, beside: f"HTTP/1.1 {beside.pick.choice([400, 404, 429, 502])}\n{text}",
    "prose": _appended("\n\nAny idea? It worked yesterday."),
    "retrying": _appended(" - retrying in 5 seconds (attempt 2/3)"),
    "frames": _appended("\n    at async chat (/app/src/llm.ts:42:11)\n    at async main (/app/src/main.ts:7:3)"),
    "cut": _cut(""),
    "cut_ellipsis": _cut("…"),
    "cut_dots": _cut("..."),
    "blank": lambda text, beside: f"\n  {text}  \n\n",
    "colour": lambda text, beside: f"\x1b[31m{text}\x1b[0m",
    "long_in_front": lambda text, beside: f"{_LOG}{text}",
    "long_behind": lambda text, beside: f"{text}\n{_LOG}",
    "named": lambda text, beside: f"provider=anthropic {text}",
    "cjk": lambda text, beside: f"调用失败：{text}",
    "caught": lambda text, beside: f"try again failed: {text}",
    "host": _appended("\nPOST https://api.cohere.com/v2/chat"),
    "host_same_line": _appended(" (https://api.openai.com/v1/chat/completions)"),
    "code_word": _appended(" code: rate_limit_exceeded"),
    "exception_behind": _appended("\nRateLimitError"),
}
WAITS = [
    "retry_after", "retry_after_7", "retry_after_crlf", "retry_after_ms", "header_dump", "header_dump_900", "headers_in_front",
    "same_line_header", "should_retry",
]  # fmt: skip
"""What says when to retry."""
OTHERS = [name for name in AROUND if name.startswith("other_")]
"""What holds a second error."""
