"""Reads structured bodies: mappings and lists, parsed from JSON or found in text."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from errdex.model.type_names import Any, Final
from errdex.read import body_keys as known
from errdex.read.body_keys import Shape
from errdex.read.evidence import Evidence
from errdex.read.formats.tracebacks import without_frames
from errdex.read.vocabulary import Vocabulary
from errdex.rules import Pattern
from errdex.rules.tokens import CJK

_MAX_DEPTH: Final = 12
_MAX_ITEMS: Final = 1_000
# A machine code is a word; API keys are excluded.
_CODE: Final[Pattern] = r"[^\W\d][\w.:/#-]{1,79}"
# The class of an exception, perhaps with its module, and a module by itself.
_CLASS: Final[Pattern] = r"(?:[A-Za-z_$][\w$]{0,60}\.){0,9}[A-Z]\w{0,60}"
_MODULE: Final[Pattern] = r"[a-z_]\w{0,60}(?:\.[a-z_]\w{0,60}){0,9}"
_SENTENCE: Final[Pattern] = rf"\S+\s+\S+\s+\S|[{CJK}]{{4}}"
_MAX_FIELD: Final = 200
_NUMBERS: Final = (bool, int, float)
_LISTS: Final = (list, tuple)
_CONTAINERS: Final = (dict, list, tuple, Mapping)
ReadText = Callable[..., None]


class ObjectReader:
    """Walks one body and adds its contents to the evidence."""

    def __init__(
        self, evidence: Evidence, read_text: ReadText, depth: int, vocabulary: Vocabulary, pasted: bool = False
    ) -> None:
        self._evidence = evidence
        self._pasted = pasted  # whether it is from a text: what somebody passes on is no successful answer
        self._message_keys = vocabulary.providers.message_keys
        self._body_keys = vocabulary.providers.body_keys
        self._extra_keys = vocabulary.providers.extra_keys
        self._code_keys = vocabulary.providers.code_keys
        self._codes = vocabulary.codes
        self._providers = vocabulary.providers
        self._read_text = read_text
        self._depth = depth
        self._items = 0
        self._in_record = False  # whether an object around this one is a log record …
        self._is_trouble = False  # … with the level of an error

    def read(
        self, value: Any, status: int | None, whole: bool, path: str = "", depth: int = 0, inside: bool = True
    ) -> None:
        """Read a mapping or list.

        Args:
            value: The mapping or list.
            status: The status given by its surroundings.
            whole: Whether nothing surrounds it.
            path: Dotted path to it.
            depth: Number of objects around it.
            inside: Whether all keys above it may contain error bodies; True at the top.
        """
        self._items += 1
        if depth > _MAX_DEPTH or self._items > _MAX_ITEMS:
            return
        if isinstance(value, (dict, Mapping)):
            self._mapping(value, status, whole, path, depth, inside)
        elif isinstance(value, _LISTS):
            for item in value[:_MAX_ITEMS]:
                self.read(item, status, whole, path, depth + 1, inside)

    def _mapping(
        self, value: Mapping[Any, Any], status: int | None, whole: bool, path: str, depth: int, inside: bool
    ) -> None:
        keys = {key.lower(): key for key in value if isinstance(key, str)}
        evidence = self._evidence
        shape = known.shape_of(keys.keys() - self._extra_keys if self._extra_keys else keys, inside)
        if shape is Shape.SENT:
            role = value.get(keys.get("role"))
            if isinstance(role, str):
                evidence.fields.append((f"{path}.role" if path else "role", role))
            return
        if not known.HEADER_NAMES.isdisjoint(keys):
            evidence.add_headers(value)
            if known.MESSAGE_KEYS.isdisjoint(keys):
                return
        own = None if shape is Shape.ACCESS else _own_status(value, keys)
        status = own or status
        body = shape is Shape.BODY
        outside = self._in_record, self._is_trouble
        if shape is Shape.LOG:
            self._in_record, self._is_trouble = True, known.is_trouble(value, keys)
        if own is not None and (evidence.status is None or not evidence.error):
            evidence.status = own
        is_record = own is not None and shape is Shape.LOG and whole and depth == 0
        if is_record and _own_status(value, keys, but="code") is not None:
            self._failed_call(value, keys)
        if body and whole and _is_error(value, keys, own):
            evidence.error = True
            evidence.strong |= own is not None
        failed = path.rpartition(".")[2].lower() in known.ERROR_KEYS or _says_success(value, keys, False)
        says = not self._message_keys.isdisjoint(keys)
        reports = failed or says
        # An error whose message has an unknown name: any sentence may be it.
        unnamed = (
            evidence.asserted
            and not says
            and (failed or (self._pasted and not path and not _says_success(value, keys, True)))
        )
        # Beside a status, a key that bodies usually have says no more than it, as a title does.
        named = known.TEXT_KEYS if failed else known.QUOTING_KEYS if own is None else known.BODY_KEYS
        said = self._exception(value, keys, status) if self._in_record and not body else None
        for low, key in keys.items():
            item = value[key]
            if item is None or low == said:
                continue
            if unnamed and isinstance(item, str) and low not in named and re.search(_SENTENCE, item):
                self._message(item, status, False, whole)
            if low in known.FOREIGN_KEYS and low not in self._body_keys:
                continue
            inner = f"{path}.{key}" if path else key
            if self._in_record:
                low, item = known.plain_name(low), _joined(known.unwrapped(item))
                if low in known.FOREIGN_KEYS:
                    continue
            if isinstance(item, str):
                holds_code = low in self._code_keys or (reports and low in known.CODE_KEYS)
                holds_code |= low == "code" and evidence.asserted and item in self._codes
                if holds_code and shape is not Shape.ACCESS and is_code(item):
                    evidence.codes.insert(0 if low == "code" else len(evidence.codes), item)
                self._string(low, item, inner, status, body, whole)
            elif isinstance(item, _NUMBERS):
                evidence.fields.append((inner, item))
            elif low in known.HEADER_KEYS and isinstance(item, _CONTAINERS):
                evidence.add_headers(item)
            elif isinstance(item, _CONTAINERS):
                if low in self._message_keys and isinstance(item, _LISTS):
                    for text in item[:_MAX_ITEMS]:
                        if isinstance(text, str):
                            self._message(text, status, body, whole)
                self.read(
                    item,
                    status,
                    whole,
                    inner,
                    depth + 1,
                    inside and (known.holds_bodies(low) or low in self._body_keys),
                )
        self._in_record, self._is_trouble = outside

    def _failed_call(self, value: Mapping[Any, Any], keys: dict[str, Any]) -> None:
        """Read whose call failed from the fields of a log record with a status."""
        from errdex.read.failed_calls import owner_of

        owner = owner_of(value, keys, self._providers)
        if owner:
            self._evidence.strong = True
            self._evidence.providers.append(owner)

    def _exception(self, value: Mapping[Any, Any], keys: dict[str, Any], status: int | None) -> str | None:
        """Read an exception in a log record, as the last line of its traceback says it; return its message's key."""
        for kind, text in known.EXCEPTION_KEYS:
            name, said = value.get(keys.get(kind)), value.get(keys.get(text))
            if isinstance(name, str) and isinstance(said, str) and said and re.fullmatch(_CLASS, name):
                module = value.get("module")
                path = f"{module}.{name}" if isinstance(module, str) and re.fullmatch(_MODULE, module) else name
                self._text(f"{path}: {said}", status)
                return text
        return None

    def _string(self, low: str, item: str, path: str, status: int | None, body: bool, whole: bool) -> None:
        if low in self._message_keys:
            self._message(item, status, body or low in known.REPORTING_KEYS, whole)
        elif low in known.TEXT_KEYS or (low == "data" and item[:1] == "{") or self._is_record_text(low, path):
            self._text(item, status)
        if len(item) < _MAX_FIELD:
            self._evidence.fields.append((path, item))

    def _is_record_text(self, low: str, path: str) -> bool:
        """Tell whether a value of a log record may contain an error among other words."""
        return self._in_record and (low in known.RECORD_TEXT_KEYS or (low == "value" and "exception" in path))

    def _message(self, text: str, status: int | None, body: bool, whole: bool) -> None:
        self._items += 1
        if text and not text.isspace() and self._items < _MAX_ITEMS:
            if self._in_record and not body:
                self._text(text, status)
            else:
                self._read_text(text, status=status, depth=self._depth + 1, known=body, whole=whole and body)

    def _text(self, text: str, status: int | None) -> None:
        """Read a text that may contain an error among other words."""
        if self._in_record:
            text = without_frames(text)
        self._read_text(text, status=status, depth=self._depth + 1, trouble=self._is_trouble)


def is_code(text: str) -> bool:
    """Tell whether a text is a machine code."""
    return re.fullmatch(_CODE, text) is not None


def _joined(value: Any) -> Any:
    """Return a text for a list of its lines, and any other value as it is."""
    if isinstance(value, list) and value and all(isinstance(line, str) for line in value):
        return "\n".join(line.rstrip("\n") for line in value[:_MAX_ITEMS])
    return value


def _says_success(value: Mapping[Any, Any], keys: dict[str, Any], succeeded: bool) -> bool:
    """Tell whether an object says that a request succeeded, or that it did not."""
    return any(value.get(keys.get(key)) is succeeded for key in known.SUCCESS_KEYS)


def _own_status(value: Mapping[Any, Any], keys: dict[str, Any], but: str = "") -> int | None:
    for low, key in keys.items():
        if low not in known.STATUS_KEYS or low == but:
            continue
        item = value[key]
        number = int(item) if isinstance(item, str) and len(item) == 3 and item.isascii() and item.isdigit() else item
        if isinstance(number, int) and not isinstance(number, bool) and 400 <= number <= 599:
            return int(number)
    return None


def _is_error(value: Mapping[Any, Any], keys: dict[str, Any], own: int | None) -> bool:
    """Tell whether a body alone shows that it is an error: it has an error object, or a status and a message."""
    if "jsonrpc" in keys:
        return False
    error = value.get(keys.get("error"))
    if isinstance(error, Mapping):
        return any(isinstance(error.get(key), str) and error[key] for key in ("message", "code", "status")) or (
            isinstance(error.get("code"), int) and "message" in error
        )
    return own is not None and any(
        isinstance(value[key], str) and value[key] for low, key in keys.items() if low in known.MESSAGE_KEYS
    )


def reports(value: Any, depth: int = 0) -> bool:
    """Tell whether an object found in text has a key with which bodies report something."""
    if isinstance(value, dict):
        if any(key.lower() in known.TELLING_KEYS or "finish_reason" in key for key in value):
            return True
        value = list(value.values())
    return isinstance(value, list) and depth < _MAX_DEPTH and any(reports(item, depth + 1) for item in value)
