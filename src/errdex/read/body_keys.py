"""Tells by its keys what an object is: an error body, a log record, a request or something else."""

from __future__ import annotations

from collections.abc import Collection, Set
from enum import Enum

from errdex.model.type_names import Final
from errdex.rules import Pattern

MESSAGE_KEYS: Final = frozenset(
    {
        "message", "msg", "error", "err", "detail", "details", "error_message", "errormessage", "error_description",
        "error_msg", "errormsg", "errors", "validation_error", "status_reason",
    }
)  # fmt: skip
REPORTING_KEYS: Final = frozenset({"validation_error"})
"""Message keys whose text is an API's own in any object."""
STATUS_KEYS: Final = frozenset(
    {"status", "status_code", "statuscode", "httpstatuscode", "http_status", "httpstatus", "code", "http_code"}
)
ERROR_CODE_KEYS: Final = frozenset({"error_type", "errortype", "__type", "error_code", "errorcode", "error"})
"""Keys that hold a machine code in any object."""
CODE_KEYS: Final = frozenset({"code", "type", "reason", "status", "name"})
"""Keys that hold a machine code if the object also has a message, or is under an error key."""
CODE_MARKS: Final = ("code", "type", "reason")
"""Endings of the words that precede a machine code in free text."""
TEXT_KEYS: Final = frozenset(
    {
        "body", "responsebody", "response", "raw", "cause", "exception", "stack", "stack_trace", "stacktrace",
        "exc_info", "textpayload", "log", "reason",
    }
)  # fmt: skip
"""Keys whose text may contain an error among other words."""
HEADER_KEYS: Final = frozenset({"headers", "header", "response_headers", "responseheaders", "httpheaders"})
HEADER_NAMES: Final = frozenset({"retry-after", "retry-after-ms", "x-ratelimit-reset", "content-type"})

ERROR_KEYS: Final = frozenset({"error", "errors", "err", "details", "innererror", "inner_error", "cause", "exception"})
"""Keys under which an object reports an error."""
_CONTAINER_KEYS: Final = (
    ERROR_KEYS
    | TEXT_KEYS
    | {"detail", "data", "metadata", "meta", "delta", "value", "result", "output", "message", "fault"}
)
# What the caller sent, or what a model said: never the API's own words.
FOREIGN_KEYS: Final = frozenset(
    {
        "messages", "chat_history", "documents", "document", "tools", "content", "prompt", "input", "inputs", "texts",
        "text", "arguments", "parameters", "request", "payload", "params", "query", "choices", "generations",
        "properties", "responses", "enum", "schema",
    }
)  # fmt: skip
BODY_KEYS: Final = (
    MESSAGE_KEYS
    | STATUS_KEYS
    | ERROR_CODE_KEYS
    | (CODE_KEYS - {"name"})
    | TEXT_KEYS
    | HEADER_KEYS
    | {
        "id", "object", "param", "request_id", "requestid", "req_id", "trace_id", "traceid", "error_param", "success",
        "title", "instance", "metadata", "meta", "data", "detail", "raw_status_code", "documentation_url", "doc_url",
        "user_id", "innererror", "provider_specific_fields", "$fault", "$metadata", "@type", "fields", "loc", "input",
        "finish_reason", "delta", "is_finished", "event_type", "index", "url", "help", "hint", "retry_after",
        "retryafter", "retry_after_ms", "estimated_time", "domain", "violations", "support",
    }
)  # fmt: skip
"""Keys of error bodies, from any provider."""
TELLING_KEYS: Final = MESSAGE_KEYS | STATUS_KEYS | ERROR_CODE_KEYS | CODE_KEYS | TEXT_KEYS | HEADER_KEYS | HEADER_NAMES
"""Keys with which objects report something, directly or in a longer text."""
_LOG_KEYS: Final = frozenset({"level", "levelname", "lvl", "severity", "loglevel", "log.level", "logger", "@timestamp"})
_REQUEST_KEYS: Final = frozenset({"model", "messages", "chat_history", "stream", "temperature", "max_tokens"})
_ANSWER_KEYS: Final = frozenset(
    {"error", "errors", "status", "status_code", "statuscode", "code", "error_type", "finish_reason", "detail"}
)


OBJECT_VALUE: Final = r"\\*[\"'][ \t]*:[ \t]*\{"
"""What separates a key from its object, however often it is escaped."""
ERROR_OBJECT: Final[Pattern] = r"rror(?<=[eE]rror)" + OBJECT_VALUE
"""An error key and the start of its object; `re` searches ten times as fast for a pattern with a literal beginning."""


class Shape(Enum):
    """Kinds of objects, as told by their keys."""

    BODY = "an error body: its message is the API's own, from the first character"
    LOG = "a log record: its message is free text"
    ACCESS = "an access log record: its status is not the API's answer"
    SENT = "a request or a chat message: it reports nothing"
    OTHER = "anything else: its message is free text"


def shape_of(keys: Collection[str], inside: bool) -> Shape:
    """Return what an object is.

    Args:
        keys: Its keys, in lower case.
        inside: Whether all keys above it may contain error bodies; True at the top.
    """
    present: Set[str] = frozenset(keys)
    if "role" in present or (not present.isdisjoint(_REQUEST_KEYS) and present.isdisjoint(_ANSWER_KEYS)):
        return Shape.SENT
    if "method" in present and not present.isdisjoint({"path", "uri", "url"}):
        return Shape.ACCESS
    if not present.isdisjoint(_LOG_KEYS):
        return Shape.LOG
    if inside and present <= BODY_KEYS:
        return Shape.BODY
    return Shape.OTHER


def holds_bodies(key: str) -> bool:
    """Tell whether a key may contain error bodies."""
    return key in _CONTAINER_KEYS
