"""Lines as JSON objects: a line that is an object gets a key, any other line becomes a string in an object."""

from __future__ import annotations

import json
from typing import Final

from errdex.logfilter.json_syntax import is_valid

KEY: Final = b'"errdex":'
_LONG: Final = 1 << 18  # bytes of a line that is checked without making its objects, which may take 30 times as much


def as_object_line(line: bytes, note: bytes) -> bytes:
    """Return a line, including its line break, as a JSON object, with a note if there is one.

    An object keeps its bytes, and the note is inserted before its last brace. Invalid UTF-8 becomes lone surrogates,
    as with Python's `surrogateescape`.
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
    if len(content) > _LONG:
        return is_valid(content)
    try:
        return isinstance(json.loads(content), dict)
    except (ValueError, RecursionError):
        return False
