"""Checks the conditions of a catalog's items and templates against the evidence."""

from __future__ import annotations

from errdex.model.type_names import Any
from errdex.read.evidence import Evidence, Message
from errdex.read.signals.classes import is_path
from errdex.rules import units


def holds(conditions: dict[str, Any], evidence: Evidence, status: int | None) -> bool:
    """Tell whether all conditions hold for the evidence."""
    for key, wanted in conditions.items():
        if key == "status":
            if str(status) != str(wanted) and not (isinstance(wanted, str) and str(status)[:1] == wanted[:1]):
                return False
        elif key == "code":
            if wanted not in evidence.codes and all(seen.name != wanted for seen in evidence.exceptions):
                return False
        elif key == "exception":
            if not any(is_path(wanted, seen.path) for seen in evidence.exceptions):
                return False
        elif key == "field":
            if not all(_has_field(evidence.fields, path, value) for path, value in wanted.items()):
                return False
        elif key == "header":
            if not all(_has_header(evidence.headers, name, value) for name, value in wanted.items()):
                return False
        elif not all(_has_detail(evidence.fields, name, parts) for name, parts in wanted.items()):
            return False
    return True


def _has_field(fields: list[tuple[str, Any]], path: str, value: Any) -> bool:
    return any((seen == path or seen.endswith("." + path)) and found == value for seen, found in fields)


def _has_header(headers: dict[str, str], name: str, value: str) -> bool:
    seen = headers.get(name.lower())
    if value in ("present", "absent"):
        return (seen is not None) is (value == "present")
    return seen == value


def _has_detail(fields: list[tuple[str, Any]], name: str, parts: list[Any]) -> bool:
    for path, value in fields:
        if path.rpartition(".")[2] == name and isinstance(value, str):
            message = Message(value, known=True)
            if units.match(parts, message.text, message.low, 0, len(message.text), closed=True):
                return True
    return False
