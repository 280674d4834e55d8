"""Reads one object embedded in text: JSON, a Python or Java repr, JavaScript inspection output, truncated or not.

The reader is tolerant and makes one pass with a budget, so the time stays linear for any text.
"""

from __future__ import annotations

import re

from errdex.model.type_names import Any, Final

_BUDGET: Final = 2_000  # tokens per text; stops hostile input
_A_TOKEN: Final = 100  # blanks that count as a token
_DEPTH: Final = 40
_MAX_GO_MAP: Final = 4_000  # characters

# An escaped line break is whitespace too: the repr of a bytes body contains them between its keys.
_BLANK: Final = r"(?:\s|\\[nrt])*"
_BETWEEN: Final = re.compile(r"(?:[\s,]|\\[nrt])*+")
_SPACE: Final = re.compile(_BLANK)
# Go prints maps without commas and quotes: a value extends to the next key or the closing bracket.
_GO_KEY: Final = re.compile(r"(?:^|(?<= ))([A-Za-z_]\w{0,40}):")
_MAX_GO_VALUE: Final = 500  # characters
# The prefixes of b"…" and u'…' belong to the string.
_STRING: Final = re.compile(r"[bu]?(?:\"((?:[^\"\\]|\\.)*+)(\")?|'((?:[^'\\]|\\.)*+)(')?)", re.DOTALL)
_STRING_STARTS: Final = "\"'bu"
_JOIN: Final = re.compile(r"\s*+\+[│|\s]*+(?=['\"])")
_KEY: Final = re.compile(r"[A-Za-z_$@][\w$@.-]{0,80}")
_SEPARATOR: Final = re.compile(rf"{_BLANK}(:|=>|=){_BLANK}")
# The usual key and value, both strings: one match is four times as fast as matching their parts.
_PAIR: Final = re.compile(
    r"(?:\"([^\"\\]++)\"|'([^'\\]++)') ?: ?"
    r"(?:\"((?:[^\"\\]|\\.)*+)\"|'((?:[^'\\]|\\.)*+)')(?=\s?[,}])",
    re.DOTALL,
)
_BARE: Final = re.compile(r"[^\s,{}\[\]]+")
# In Java's Map.toString(), a value extends to the next key or the end of its object.
_JAVA_VALUE: Final = re.compile(r"[^{}\[\]]{0,500}?(?=, [A-Za-z_]\w{0,80}=|\}|$)")
_BARE_TEXT: Final = re.compile(r"[^{}\[\]\n]{0,200}?(?=,\s{0,40}[A-Za-z_]\w{0,80}:|\}|\n|$)")
_ESCAPE: Final = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_PAIR_OF_SURROGATES: Final = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_PLAIN: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "0": "\0"}
_WORDS: Final = {"null": None, "None": None, "nil": None, "undefined": None, "true": True, "True": True}
_NUMBER: Final = re.compile(r"-?\d{1,15}\Z")
# Rust's Some("x") and Ok(5): what holds a value, with the value where it is a bare word; and what ends it otherwise.
_HELD: Final = re.compile(r"(?:(?:Some|Ok|Err)\(\s*+)++(?:([\w.+-]++)(?:,?\s*+\))++|(?=[\"'{\[]))")
_HELD_END: Final = re.compile(r"(?:,?\s*+\))*+")
_ELLIPSIS: Final = re.compile(r"[.…\s]*[\]}]*")


class NoObjectError(Exception):
    """The text only looked like an object."""


def unescape(text: str) -> str:
    r"""Undo one level of backslash escapes; unknown ones such as \a keep their backslash."""
    if "\\" not in text:
        return text
    plain = _ESCAPE.sub(_unescaped, text)
    if _PAIR_OF_SURROGATES.search(plain):  # JSON escapes an emoji as two halves
        plain = plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return plain


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    if code:
        return chr(int(code, 16))
    char = found[3]
    if char in _PLAIN:
        return _PLAIN[char]
    return char if not char.isalnum() else found[0]


def _content(string: re.Match[str]) -> str:
    """Return what is between the quotes of a `_STRING` match, unescaped."""
    return unescape(string[1] if string[1] is not None else string[3] or "")


class Reader:
    """Reads the objects of one text, until its budget is spent."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.budget = _BUDGET

    def read(self, position: int, depth: int = 0) -> tuple[Any, int]:
        """Read the object or array at a position and return it with its end; truncated ones keep what they have.

        Raises:
            NoObjectError: There is none, or the budget is spent.
        """
        self.budget -= 1
        if depth > _DEPTH or self.budget <= 0:
            raise NoObjectError
        if self.text[position] == "{":
            return self._object(position + 1, depth)
        if self.text[position] == "m":
            return self._go_map(position + len("map["))
        return self._array(position + 1, depth)

    def read_inside(self, position: int) -> tuple[Any, int]:
        """Read the keys and values of an object from a position inside it; see `read`."""
        return self._object(position, 0)

    def _skip(self, position: int) -> int:
        char = self.text[position : position + 1]
        if char != "\\" and not char.isspace():
            return position
        return self._past(_SPACE, position)

    def _past(self, pattern: re.Pattern[str], position: int) -> int:
        """Return where what a pattern matches at a position ends; much of it is paid for like tokens."""
        end = pattern.match(self.text, position).end()  # type: ignore[union-attr]
        self.budget -= (end - position) // _A_TOKEN
        return end

    def _object(self, position: int, depth: int) -> tuple[dict[str, Any], int]:
        text = self.text
        result: dict[str, Any] = {}
        while True:
            self.budget -= 1
            position = self._past(_BETWEEN, position)
            pair = _PAIR.match(text, position)
            if pair and self.budget > 0:
                position = pair.end()
                result.setdefault(unescape(pair[1] or pair[2]), unescape(pair[3] or pair[4] or ""))
                continue
            if position >= len(text) or self.budget <= 0 or text.startswith(("...", "…"), position):
                return result, self._past_ellipsis(position)
            char = text[position]
            if char == "}":
                return result, position + 1
            key, position = self._key(position)
            separator = _SEPARATOR.match(text, position)
            if separator is None:
                if position >= len(text):
                    return result, position
                raise NoObjectError
            value, position = self._value(separator.end(), depth, separator[1] == "=")
            result.setdefault(key, value)

    def _go_map(self, position: int) -> tuple[dict[str, Any], int]:
        limit = min(len(self.text), position + _MAX_GO_MAP)
        end = self.text.find("]", position, limit)
        end = limit if end < 0 else end
        inside = self.text[position:end]
        pairs = {}
        keys = [*_GO_KEY.finditer(inside)]
        ends = [*(key.start() - 1 for key in keys[1:]), len(inside)]
        for key, upto in zip(keys, ends, strict=True):
            value = inside[key.end() : max(key.end(), upto)]
            if len(value) <= _MAX_GO_VALUE and "[" not in value:
                pairs[key[1]] = value
        return pairs, min(end + 1, len(self.text))

    def _past_ellipsis(self, position: int) -> int:
        return _ELLIPSIS.match(self.text, position).end()  # type: ignore[union-attr]

    def _array(self, position: int, depth: int) -> tuple[list[Any], int]:
        text = self.text
        result: list[Any] = []
        while True:
            self.budget -= 1
            position = self._skip(position)
            if position >= len(text) or self.budget <= 0 or text.startswith(("...", "…"), position):
                return result, self._past_ellipsis(position)
            if text[position] == "]":
                return result, position + 1
            if text[position] == ",":
                position += 1
                continue
            value, after = self._value(position, depth, java=False)
            if after == position:
                raise NoObjectError
            result.append(value)
            position = after

    def _key(self, position: int) -> tuple[str, int]:
        found = _STRING.match(self.text, position) if self.text[position] in _STRING_STARTS else None
        if found:
            return _content(found), found.end()
        found = _KEY.match(self.text, position)
        if found is None:
            raise NoObjectError
        return found[0], found.end()

    def _value(self, position: int, depth: int, java: bool) -> tuple[Any, int]:
        text = self.text
        if position >= len(text):
            return None, position
        if text[position] in "{[":
            return self.read(position, depth + 1)
        found = _STRING.match(text, position) if text[position] in _STRING_STARTS else None
        if found:
            value = _content(found)
            position = found.end()
            while (found[2] or found[4]) and (join := _JOIN.match(text, position)):
                following = _STRING.match(text, join.end())
                if following is None:
                    break
                value += _content(following)
                position = following.end()
            return value, position
        if java:
            found = _JAVA_VALUE.match(text, position)
            return (found[0].strip(), found.end()) if found else (None, position)
        held = _HELD.match(text, position)
        if held and held[1] is None:
            value, position = self._value(held.end(), depth, java=False)
            return value, _HELD_END.match(text, position).end()  # type: ignore[union-attr]
        found = held or _BARE.match(text, position)
        if found is None:
            return None, position
        bare = found[1] if held else found[0]
        if bare in _WORDS or bare in ("false", "False"):
            return _WORDS.get(bare, False), found.end()
        if _NUMBER.match(bare):
            return int(bare), found.end()
        if held:
            return bare, found.end()
        found = _BARE_TEXT.match(text, position)
        return (found[0].strip(), found.end()) if found else (bare, position + len(bare))
