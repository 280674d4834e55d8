"""Lines as JSON objects: one that is an object gains a key, any other becomes the string of one."""

from __future__ import annotations

import json
from typing import Final

KEY: Final = b'"errdex":'


def as_object_line(line: bytes, note: bytes) -> bytes:
    """Return a line, its line break included, as a JSON object with a note if there is one.

    An object keeps its bytes; a note is put in before its last brace. Bytes that are no UTF-8 become lone surrogates,
    as Python's `surrogateescape` has them.
    """
    content = line.rstrip(b"\r\n")
    line_break = line[len(content) :]
    if is_object(content):
        if not note or KEY in content:
            return line
        last = content.rindex(b"}")
        comma = b"" if content[:last].rstrip().endswith(b"{") else b","
        return content[:last] + comma + KEY + note + content[last:] + line_break
    said = json.dumps(content.decode("utf-8", "surrogateescape")).encode("ascii")
    return b'{"line":' + said + (b"," + KEY + note if note else b"") + b"}" + line_break


def is_object(content: bytes) -> bool:
    """Tell whether a line is a JSON object."""
    if not (content.lstrip()[:1] == b"{" and content.rstrip()[-1:] == b"}"):
        return False
    try:
        return isinstance(json.loads(content), dict)
    except (ValueError, RecursionError):
        return False
