"""Tells by its keys what an object is: an error body, a log record, a request or something else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from enum import Enum

from errdex.model.type_names import Any, Final
from errdex.rules import Pattern

MESSAGE_KEYS: Final = frozenset(
    {
        "message", "msg", "error", "err", "detail", "details", "error_message", "errormessage", "error_description",
        "error_msg", "errormsg", "errors", "validation_error", "status_reason", "errmsg", "err_msg", "status_msg",
        "status_message", "error_desc", "desc",
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

ERROR_KEYS: Final = frozenset(
    {
        "error", "errors", "err", "details", "innererror", "inner_error", "cause", "exception", "error_info",
        "failure", "fault", "problem", "base_resp",
    }
)  # fmt: skip
"""Keys under which an object reports an error."""
SUCCESS_KEYS: Final = ("success", "ok")
"""Keys whose value says whether a request succeeded."""
_CONTAINER_KEYS: Final = (
    ERROR_KEYS | TEXT_KEYS | {"detail", "data", "metadata", "meta", "delta", "value", "result", "output", "message"}
)
# What the caller sent, or what a model said: never the API's own words.
FOREIGN_KEYS: Final = frozenset(
    {
        "messages", "chat_history", "documents", "document", "tools", "content", "prompt", "input", "inputs", "texts",
        "text", "arguments", "parameters", "request", "payload", "params", "query", "choices", "generations",
        "properties", "responses", "enum", "schema",
    }
)  # fmt: skip
QUOTING_KEYS: Final = TEXT_KEYS | FOREIGN_KEYS
"""Keys whose text is no message of an error, if nothing else says that an object reports one."""
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
        "retryafter", "retry_after_ms", "estimated_time", "domain", "violations", "support", "ok", "base_resp",
    }
)  # fmt: skip
"""Keys of error bodies, from any provider."""
TELLING_KEYS: Final = MESSAGE_KEYS | STATUS_KEYS | ERROR_CODE_KEYS | CODE_KEYS | TEXT_KEYS | HEADER_KEYS | HEADER_NAMES
"""Keys with which objects report something, directly or in a longer text."""
_LOG_KEYS: Final = frozenset(
    {
        "level", "levelname", "lvl", "severity", "loglevel", "log.level", "logger", "@timestamp", "@t", "@message",
        "severity_text", "severitytext", "severitynumber", "short_message", "syslog_identifier", "log", "textpayload",
        "jsonpayload", "exc_info", "error.message", "exception.message",
    }
)  # fmt: skip
RECORD_TEXT_KEYS: Final = frozenset(
    {
        "event", "short_message", "full_message", "exc", "exc_text", "exc_value", "traceback", "errormessage",
        "thrown", "localizedmessage", "extendedstacktrace", "x", "original", "description",
    }
)  # fmt: skip
"""Keys whose text may contain an error among other words, in a log record."""
EXCEPTION_KEYS: Final = (
    ("exc_type", "exc_value"), ("errortype", "errormessage"), ("exception.type", "exception.message"),
    ("error.type", "error.message"), ("error.kind", "error.message"), ("type", "value"), ("type", "message"),
    ("name", "message"),
)  # fmt: skip
"""Keys with which a log record holds the class of an exception and its text."""
_LEVEL_KEYS: Final = (
    "level", "levelname", "lvl", "severity", "loglevel", "log.level", "severity_text", "severitytext", "@l", "status",
)  # fmt: skip
_TROUBLE_LEVELS: Final = frozenset(
    {"error", "err", "critical", "crit", "fatal", "severe", "alert", "emergency", "emerg", "panic", "dpanic"}
)
_WARNING_LEVELS: Final = frozenset({"warn", "warning"})
_WARNING_LEVEL: Final = 40  # of pino and bunyan …
_ERROR_LEVEL: Final = 50
_SYSLOG_ERROR: Final = 3  # of GELF and journald, whose lower levels are worse …
_SYSLOG_WARNING: Final = 4
_PRIORITIES: Final = ("0", "1", "2", "3", "4")  # of journald, from the worst one to a warning
_VALUE_KEY: Final = "stringValue"
_PAIR: Final = frozenset({"key", "value"})
_MAX_PAIRS: Final = 1_000
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
    logged = not present.isdisjoint(_LOG_KEYS)  # which may name the model and the limits that were asked for
    if "role" in present or not (logged or present.isdisjoint(_REQUEST_KEYS) or not present.isdisjoint(_ANSWER_KEYS)):
        return Shape.SENT
    if "method" in present and not present.isdisjoint({"path", "uri", "url"}):
        return Shape.ACCESS
    if logged:
        return Shape.LOG
    if inside and present <= BODY_KEYS:
        return Shape.BODY
    return Shape.OTHER


def holds_bodies(key: str) -> bool:
    """Tell whether a key may contain error bodies."""
    return key in _CONTAINER_KEYS


def plain_name(key: str) -> str:
    """Return the last part of a key of a log record, without decoration: `message` of `error.message` and `@message`.

    Args:
        key: The key, in lower case.
    """
    return key.rpartition(".")[2].lstrip("@_")


def is_trouble(record: Mapping[Any, Any], keys: Mapping[str, Any], *, warning: bool = False) -> bool:
    """Tell whether the level of a log record is that of an error or worse.

    Args:
        record: The record.
        keys: Its keys, by their lower case.
        warning: Whether that of a warning is enough.
    """
    named = _TROUBLE_LEVELS | _WARNING_LEVELS if warning else _TROUBLE_LEVELS
    least, syslog = (_WARNING_LEVEL, _SYSLOG_WARNING) if warning else (_ERROR_LEVEL, _SYSLOG_ERROR)
    fields = record.get(keys.get("@fields"))
    for low in _LEVEL_KEYS:
        level = fields.get(low) if isinstance(fields, Mapping) else record.get(keys.get(low))
        if isinstance(level, Mapping):
            level = level.get("name")  # loguru
        if isinstance(level, str):
            return level.lower() in named
        if low != "status" and isinstance(level, (int, float)) and not isinstance(level, bool):
            return level <= syslog if "short_message" in keys else level >= least
    priority = record.get(keys.get("priority"))
    return priority in _PRIORITIES[: syslog + 1]


def unwrapped(value: Any) -> Any:
    """Return a value without the notation that OTLP has for values and attributes in JSON."""
    if isinstance(value, dict):
        return value[_VALUE_KEY] if len(value) == 1 and _VALUE_KEY in value else value
    if isinstance(value, list) and value and all(isinstance(item, dict) and item.keys() == _PAIR for item in value):
        return {item["key"]: unwrapped(item["value"]) for item in value[:_MAX_PAIRS] if isinstance(item["key"], str)}
    return value
