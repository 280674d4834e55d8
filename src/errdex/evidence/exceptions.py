"""Reads evidence out of exceptions and responses by their shape; no SDK is imported.

Only plain data is read: what stands in an instance's `__dict__` or in its class as a slot. No property runs.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Any, Final

from errdex.evidence.evidence import Evidence, SeenException, are_headers
from errdex.evidence.text import TextReader

_SLOTS: Final = (types.MemberDescriptorType, types.GetSetDescriptorType)
_PLAIN: Final = (str, int, float, bytes)


def plain_attribute(value: object, name: str) -> Any:
    """Return an attribute that is plain data, or None; properties and `__getattr__` are not run."""
    try:
        own = object.__getattribute__(value, "__dict__")
    except AttributeError:
        own = None
    if type(own) is dict and name in own:
        return own[name]
    kind = type(value)
    found = next((vars(base)[name] for base in vars(type)["__mro__"].__get__(kind) if name in vars(base)), None)
    if isinstance(found, _SLOTS):
        try:
            return found.__get__(value, kind)
        except AttributeError:
            return None
    return found if isinstance(found, _PLAIN) else None


def read_object(value: object, evidence: Evidence, reader: TextReader) -> None:
    """Add what an exception or another object with `status_code` and `body` shows."""
    status = plain_attribute(value, "status_code")
    if not isinstance(status, int) or isinstance(status, bool) or not 400 <= status <= 599:
        status = None
    if isinstance(value, BaseException):
        kind = type(value)
        evidence.exceptions.append(SeenException(f"{kind.__module__}.{kind.__qualname__}", 0))
    if status is not None:
        evidence.status, evidence.strong = status, True
    headers = plain_attribute(value, "headers")
    if are_headers(headers):
        evidence.add_headers(headers)
    for name in ("code", "type"):
        code = plain_attribute(value, name)
        if isinstance(code, str) and code:
            evidence.codes.append(code)
    body = plain_attribute(value, "body")
    if isinstance(body, bytes):
        body = body.decode("utf-8", "replace")
    if isinstance(body, Mapping | list | tuple):
        reader.read_body(body, evidence, status)
    elif isinstance(body, str) and body:
        reader.read(body, evidence, status=status, known=True)
    else:
        text = plain_attribute(value, "message")
        if not isinstance(text, str) or not text:
            text = _args(value) if isinstance(value, BaseException) else ""
        if text:
            reader.read(text, evidence, status=status, known=isinstance(value, BaseException))
    if status is not None:
        evidence.status, evidence.strong = status, True


def _args(error: BaseException) -> str:
    args = vars(BaseException)["args"].__get__(error)  # the slot itself: a subclass may hide it behind a property
    return " ".join(arg for arg in args if isinstance(arg, str)) if isinstance(args, tuple) else ""
