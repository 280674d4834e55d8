"""The fast scanner: hyperscan over whole chunks. Install it with `pip install "errdex[fast]"`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from threading import Thread
from typing import Any, Final

import hyperscan

from errdex.logfilter import disk_cache
from errdex.logfilter.line_keys import LineKeys
from errdex.rules.compiled import PARTED

_BETWEEN = "\0"
_MOST: Final = 1 << 15  # keys found, after which those that a line has several times are kept once
# Words in a text may be separated by other whitespace than the single space of a template. After each word, look for
# what is common in logs, including an escaped line break …
_BLANKS = ("\t", " \t", "\\", " \\")
# … but, as aligned columns are in most lines of many logs, for two spaces only where the next word may come.
_AFTER_SPACES = (" ", "\t", "\\")
# … and anywhere, for what is rare; this includes HTML, whose tags count as whitespace.
_RARE_BLANKS = (
    r"[\x0b\x0c\x1c-\x1f]|\r[^\n]|\xc2[\x85\xa0]|\xe1\x9a\x80|\xe2\x80[\x80-\x8a\xa8\xa9\xaf]|\xe2\x81\x9f|\xe3\x80\x80",
    r"\\[_*\[\]()#.!~`<>+|-]",  # Markdown's escapes
    r"<(?:!doctype|html|head|body|center)",
    r"\x1b[\[\]]|\xc3\x82[ \t]",  # colours, and what mojibake leaves of a no-break space, may be inside words
    r"\\(?:u[3-9a-f][0-9a-f]|xe[3-9a-d]|u00[4-7])",  # escaped letters: of ASCII, Chinese, Japanese and Korean
)
# Loggers pad these words with blanks on each of their lines, so that nothing is made of the blanks behind them.
_LEVEL: Final = re.compile(r"(?<=\binfo|\bwarn) |(?<=\bdebug|\btrace) |(?<=\bnotice) |(?<=\bwarning) ")


class HyperscanScanner:
    """Finds keys at several hundred MB per second, with a callback for each.

    Args:
        keys: What to look for.
    """

    name = "hyperscan"

    def __init__(self, keys: LineKeys) -> None:
        keyed = {_LEVEL.sub(PARTED, several): templates for several, templates in keys.literals.items()}
        literals = [literal for several in keyed for literal in several.split(PARTED)]
        parted = _parted(literals)
        names = [_name(name) for name in _escaped(map(_as_bytes, keys.names))]
        patterns = [*_escaped(map(_as_bytes, keyed)), *names, *keys.patterns]
        self._odd = len(patterns)  # keys from here on mean that literals may have been missed
        apart = [word + blank for word in parted for blank in _BLANKS]
        apart += [
            f"{word}  {one}" for word, following in parted.items() for one in (*sorted(following), *_AFTER_SPACES)
        ]
        patterns += [*_escaped(map(_as_bytes, apart)), *_RARE_BLANKS]
        self._templates = list(keyed.values())
        self._found: list[tuple[int, int]] = []
        self._most = _MOST
        self._chunk: bytes | memoryview = b""
        self._database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        self._compiling = Thread(target=self._compile, args=(patterns,))
        self._compiling.start()

    def _compile(self, patterns: list[str]) -> None:
        """Compile the patterns, or load what an earlier process compiled from the same patterns."""
        flags = [hyperscan.HS_FLAG_CASELESS | hyperscan.HS_FLAG_MULTILINE] * len(patterns)
        # If one pattern reports where it starts, hyperscan does not build a second engine for texts under 70 bytes,
        # which would take three quarters of the compilation time of a small catalog.
        flags[-1] |= hyperscan.HS_FLAG_SOM_LEFTMOST
        asked = "\n".join([*patterns, f"{flags[0]} {flags[-1]}"]).encode("latin-1")
        if compiled := disk_cache.read(asked):
            try:
                self._database = hyperscan.loadb(compiled, hyperscan.HS_MODE_BLOCK)
            except hyperscan.HyperscanError:
                compiled = None  # from another version or processor, or damaged: it has a checksum
        if not compiled:
            self._database.compile(
                expressions=[pattern.encode("latin-1") for pattern in patterns],
                ids=list(range(len(patterns))),
                elements=len(patterns),
                flags=flags,
            )
            disk_cache.write(asked, hyperscan.dumpb(self._database))
        self._database.scratch = hyperscan.Scratch(self._database)

    def get_ready(self) -> None:
        """Wait until the keys are compiled; other work can be done in the meantime."""
        self._compiling.join()

    def scan(self, chunk: bytes | memoryview) -> list[tuple[int, int]]:
        """Return where keys end, and the numbers of the keys."""
        self._found = []
        self._most = _MOST
        self._chunk = chunk
        self._compiling.join()
        self._database.scan(chunk, match_event_handler=self._keep)  # type: ignore[type-var]  # takes any buffer
        return self._found

    def templates(self, keys: list[int]) -> tuple[list[int] | None, bool]:
        """Return the templates that a line with these keys may contain, and whether it may contain anything else."""
        last = max(keys)
        if last >= self._odd:
            return None, True
        if len(keys) == 1 and last < len(self._templates):
            return self._templates[last], False
        numbers = {number for key in keys if key < len(self._templates) for number in self._templates[key]}
        return sorted(numbers), last >= len(self._templates)

    def _keep(self, number: int, _start: int, end: int, _flags: int, _context: Any) -> None:
        found = self._found
        if number >= self._odd and found and found[-1] == (end - 1, number):
            found[-1] = (end, number)  # one of a run on the same line, which may be millions
            return
        found.append((end, number))
        if len(found) >= self._most:
            self._found = _once_a_line(found, bytes(self._chunk))
            self._most = 2 * len(self._found) + _MOST


def _once_a_line(found: list[tuple[int, int]], chunk: bytes) -> list[tuple[int, int]]:
    """Return each key once for each line; a long line may have the same one a million times."""
    once: list[tuple[int, int]] = []
    line, keys = -1, set[int]()
    for end, number in found:
        if end > line:
            line = chunk.find(b"\n", end - 1)
            line = len(chunk) if line < 0 else line
            keys.clear()
        if number not in keys:
            keys.add(number)
            once.append((end, number))
    return once


def _parted(literals: Iterable[str]) -> dict[str, set[str]]:
    """Return the words before a space in literals, each with the characters with which the next word may begin."""
    found: dict[str, set[str]] = {}
    for literal in literals:
        for word, following in pairwise(literal.split(" ")):
            found.setdefault(word, set()).add(following[0])
    return dict(sorted(found.items()))


def _name(name: str) -> str:
    """Return the pattern for a name; one of digits alone is no part of another number or word."""
    return rf"(?:\b|\\[a-z]|\\u[0-9a-f]{{4}}|\\x[0-9a-f]{{2}}){name}\b" if name.isdigit() else f"(?-i:{name})"


def _as_bytes(text: str) -> str:
    """Return a text with a character for each of its bytes."""
    return text.encode().decode("latin-1")


def _escaped(literals: Iterable[str]) -> list[str]:
    """Return patterns for literals; escaping thousands of them one by one would take several ms."""
    return re.escape(_BETWEEN.join(literals)).replace(re.escape(PARTED), r"[^\n]*").split(_BETWEEN)
