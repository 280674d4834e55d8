"""Reads structured bodies: mappings and lists, as parsed from JSON or found in a text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from errdex.evidence.evidence import Evidence

MESSAGE_KEYS: Final = frozenset(
    {
        "message", "msg", "error", "err", "detail", "details", "error_message", "errormessage", "error_description",
        "error_msg", "errormsg", "errors", "validation_error", "description", "reason", "title",
    }
)  # fmt: skip
_STATUS_KEYS: Final = frozenset(
    {"status", "status_code", "statuscode", "httpstatuscode", "http_status", "httpstatus", "code", "http_code"}
)
# Keys of machine codes: telling by themselves, or only in an object that also has a message.
_ERROR_CODE_KEYS: Final = frozenset({"error_type", "errortype", "__type", "error_code", "errorcode", "error"})
_CODE_KEYS: Final = frozenset({"code", "type", "reason", "status", "name"})
_ERROR_KEYS: Final = frozenset({"error", "errors", "details", "innererror", "inner_error", "cause", "exception"})
_TEXT_KEYS: Final = frozenset(
    {"body", "responsebody", "response", "raw", "data", "cause", "exception", "stack", "text"}
)
# What the caller sent, or what a model said: never an API's own words.
_FOREIGN_KEYS: Final = frozenset(
    {
        "messages", "chat_history", "documents", "tools", "content", "prompt", "input", "inputs", "texts",
        "arguments", "parameters", "request", "payload", "params", "query", "choices", "generations",
    }
)  # fmt: skip
_HEADER_KEYS: Final = frozenset({"headers", "header", "response_headers", "responseheaders", "httpheaders"})
_LOG_KEYS: Final = frozenset({"level", "levelname", "lvl", "severity", "loglevel", "log.level", "logger", "@timestamp"})
_MAX_DEPTH: Final = 12
_MAX_ITEMS: Final = 2_000
_MAX_CODE: Final = 80
_MAX_FIELD: Final = 200
_NUMBERS: Final = (bool, int, float)
_LISTS: Final = (list, tuple)
_CONTAINERS: Final = (dict, list, tuple, Mapping)

_TELLING_KEYS: Final = MESSAGE_KEYS | _STATUS_KEYS | _ERROR_CODE_KEYS | _CODE_KEYS | _TEXT_KEYS | _HEADER_KEYS

ReadText = Callable[..., None]


class ObjectReader:
    """Walks one body and adds what it shows to the evidence."""

    def __init__(self, evidence: Evidence, read_text: ReadText, depth: int) -> None:
        self._evidence = evidence
        self._read_text = read_text
        self._depth = depth
        self._items = 0

    def read(self, value: Any, status: int | None, whole: bool, path: str = "", depth: int = 0) -> None:
        """Read a mapping or list; `status` is what its surroundings say, `whole` that nothing surrounds it."""
        self._items += 1
        if depth > _MAX_DEPTH or self._items > _MAX_ITEMS:
            return
        if isinstance(value, (dict, Mapping)):
            self._mapping(value, status, whole, path, depth)
        elif isinstance(value, _LISTS):
            for item in value[:_MAX_ITEMS]:
                self.read(item, status, whole, path, depth + 1)

    def _mapping(self, value: Mapping[Any, Any], status: int | None, whole: bool, path: str, depth: int) -> None:
        keys = {key.lower(): key for key in value if isinstance(key, str)}
        evidence = self._evidence
        if "role" in keys:  # a chat message: it quotes, it does not report
            evidence.fields.append((f"{path}.role" if path else "role", value[keys["role"]]))
            return
        log_record = not _LOG_KEYS.isdisjoint(keys)
        own = self._own_status(value, keys)
        status = status if own is None else own
        if whole and not log_record and self._is_error(value, keys, own):
            evidence.error = True
            if own is not None:
                evidence.strong = True
        if own is not None:
            evidence.status = own
        reports = path.rpartition(".")[2].lower() in _ERROR_KEYS or not MESSAGE_KEYS.isdisjoint(keys)
        for low, key in keys.items():
            item = value[key]
            if item is None or low in _FOREIGN_KEYS:
                continue
            inner = f"{path}.{key}" if path else key
            if isinstance(item, str):
                is_code = low in _ERROR_CODE_KEYS or (reports and low in _CODE_KEYS)
                if is_code and 0 < len(item) < _MAX_CODE and " " not in item:
                    evidence.codes.append(item)
                self._string(low, item, inner, status, whole, log_record)
            elif isinstance(item, _NUMBERS):
                evidence.fields.append((inner, item))
            elif low in _HEADER_KEYS and isinstance(item, _CONTAINERS):
                evidence.add_headers(item)
            elif isinstance(item, _CONTAINERS):
                if low in MESSAGE_KEYS and isinstance(item, _LISTS):
                    for text in item:
                        if isinstance(text, str):
                            self._message(text, status, whole, log_record)
                self.read(item, status, whole, inner, depth + 1)

    def _string(self, low: str, item: str, path: str, status: int | None, whole: bool, log_record: bool) -> None:
        if low in MESSAGE_KEYS:
            self._message(item, status, whole, log_record)
        elif low in _TEXT_KEYS:
            self._read_text(item, status=status, depth=self._depth + 1)
        if len(item) < _MAX_FIELD:
            self._evidence.fields.append((path, item))

    def _message(self, text: str, status: int | None, whole: bool, log_record: bool) -> None:
        if not text.strip():
            return
        self._read_text(text, status=status, depth=self._depth + 1, known=not log_record, whole=whole)

    @staticmethod
    def _own_status(value: Mapping[Any, Any], keys: dict[str, Any]) -> int | None:
        for low, key in keys.items():
            if low not in _STATUS_KEYS:
                continue
            item = value[key]
            number = int(item) if isinstance(item, str) and len(item) == 3 and item.isdigit() else item
            if isinstance(number, int) and not isinstance(number, bool) and 400 <= number <= 599:
                return int(number)
        return None

    @staticmethod
    def _is_error(value: Mapping[Any, Any], keys: dict[str, Any], own: int | None) -> bool:
        error = value.get(keys.get("error"))
        if isinstance(error, Mapping) and error:
            return True
        return own is not None and not MESSAGE_KEYS.isdisjoint(keys)


def reports(value: Any, depth: int = 0) -> bool:
    """Tell whether an object found in a text has a key by which bodies report anything."""
    if isinstance(value, dict):
        if any(key.lower() in _TELLING_KEYS or "finish_reason" in key for key in value):
            return True
        value = list(value.values())
    return isinstance(value, list) and depth < _MAX_DEPTH and any(reports(item, depth + 1) for item in value)
