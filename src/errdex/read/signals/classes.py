"""Finds the exception classes that a text reports, as opposed to those it only mentions."""

from __future__ import annotations

import re
from collections.abc import Set
from functools import cached_property

from errdex.model.type_names import Final
from errdex.read.evidence import SeenException
from errdex.read.lines import BULLET, ERROR_CLASS, Lines
from errdex.read.signals.labels import Labels
from errdex.read.signals.providers import Providers, last_word
from errdex.read.signals.reports import RECORD_HEAD
from errdex.rules import Pattern
from errdex.rules.compiled import Rules

_PATH_CHARACTERS: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_$."
_MAX_PATH: Final = 120
_BUILTINS: Final = "builtins"
_AFTER_CLASS: Final[Pattern] = r"\s*$|:|\(|\{| ?\[|'?>|: | -| \(|,? (?:error|status)|'\)?$"
LINE_HEAD: Final[Pattern] = (
    r"(?:[\W\d_]|(?<=\d)[TZ]|Uncaught|Unhandled|Traceback|Caused by: |Exception in thread '[^']*' )*"
)
"""What may stand before a class at the beginning of a line."""
_RECORD: Final[Pattern] = RECORD_HEAD
_REPORT_BELOW: Final[Pattern] = r"(?i)\n(?:status code|\s*at )"
REPORTS: Final[Pattern] = r"(?i)(?:raised|caught|threw|uncaught|class|type:) '?$"
"""What stands before a class that a line reports."""
_MAX_CLASSES: Final = 16  # occurrences of one class that are examined per text
_MAX_PLACES: Final = 256  # occurrences of all classes


class Classes:
    """Finds the exception classes that a catalog knows."""

    def __init__(self, rules: Rules, providers: Providers, labels: Labels) -> None:
        self.labels = labels
        self.providers = providers
        self.statuses = rules.classes
        self._rules = rules
        self._classes = rules.class_words
        self.words = frozenset(map(str.encode, rules.class_words))
        """A text without any of these words names no class of the catalog."""

    @cached_property
    def names(self) -> set[str]:
        """Names of the classes that count in a text."""
        return {name for names in self._classes.values() for name in names}

    @cached_property
    def _paths(self) -> dict[str, list[str]]:
        """Class name → dotted paths of the classes that providers declare or entries ask for."""
        paths = {path for table in self.statuses.values() for _, path, _ in table}
        found: dict[str, list[str]] = {}
        for path in sorted(paths.union(self._rules.wanted_classes)):
            found.setdefault(path.rpartition(".")[2], []).append(path)
        return found

    @cached_property
    def _modules(self) -> set[str]:
        """Modules of SDKs and HTTP clients."""
        paths = (path for paths in self._paths.values() for path in paths)
        return {*self.providers.modules, *(path.partition(".")[0] for path in paths if "." in path)} - {_BUILTINS}

    def knows(self, path: str) -> bool:
        """Tell whether a class is of a provider's SDK, or one that an entry asks for."""
        if self.providers.owner_of(path):
            return True
        return any(is_path(wanted, path) for wanted in self._paths.get(path.rpartition(".")[2], ()))

    def knows_module(self, path: str) -> bool:
        """Tell whether a module belongs to an SDK or an HTTP client that the catalog knows."""
        return path.partition(".")[0] in self._modules

    def unnamed_in(self, text: str, words: Set[bytes]) -> Set[bytes]:
        """Return those class words among `words`, such as `timeout`, for which no class name occurs in the text.

        The text must not contain escapes.
        """
        return {word for word in words & self.words if not any(name in text for name in self._classes[word.decode()])}

    def reported_in(self, lines: Lines, seen: Set[bytes]) -> list[SeenException]:
        """Return the catalog's classes that a text reports, in order.

        A reported class is at the start of a line or after a label, and followed by a message, a repr or nothing.
        Classes that are only mentioned, or are in source code, do not count.
        """
        text = lines.text
        places = []
        for word in seen & self.words:
            for name in self._classes[word.decode()]:
                place = text.find(name)
                for _ in range(_MAX_CLASSES):
                    if place < 0:
                        break
                    places.append((place, name))
                    place = text.find(name, place + 1)
        found = []
        for place, name in sorted(places)[:_MAX_PLACES]:
            path = _path_before(text, place)
            if self._is_reported(lines, place - len(path), place + len(name), path):
                found.append(SeenException(path + name, place))
        return found

    def _is_reported(self, lines: Lines, start: int, end: int, path: str) -> bool:
        text = lines.text
        line, line_end = lines.at(start)
        after = text[end : min(line_end, end + 80)]
        if not re.match(_AFTER_CLASS, after) or self._is_foreign(path, text[start + len(path) : end]):
            return False
        quotation = lines.quotation_at(start)
        if quotation > line and not self.labels.precedes(lines, quotation):
            return False  # what somebody quotes is not what happened
        before = text[max(line, start - 80) : start]
        if not after.strip(" '"):
            # A class alone on its line is an item of a list, unless its module or the rest of a report is there too.
            whole = re.match(_REPORT_BELOW, text[end : end + 20])
            if re.match(BULLET, text[line:line_end]) or not (path or whole):
                return False
        reported = bool(not before or re.fullmatch(LINE_HEAD, before) or re.search(REPORTS, before))
        reported = reported or bool(path and re.fullmatch(_RECORD, before))
        return bool(reported or self.labels.precedes(lines, start)) and not lines.is_code(start)

    def _is_foreign(self, path: str, name: str) -> bool:
        """Tell whether a class is of a module that the catalog does not know, and bears no provider's name."""
        return self._is_unknown(path) and name.lower() not in self.providers.names

    def _is_unknown(self, path: str) -> bool:
        return bool(path) and path.partition(".")[0] not in self._modules

    def has_foreign(self, text: str) -> bool:
        """Tell whether a line names an error class in a module unknown to the catalog."""
        if not ("Error" in text or "Exception" in text):
            return False
        return any(self._is_unknown(_path_before(text, found.start())) for found in re.finditer(ERROR_CLASS, text))

    def ends(self, text: str) -> bool:
        """Tell whether a text ends in an error class."""
        name = last_word(text).rpartition(".")[2]
        return name in self.statuses or re.fullmatch(ERROR_CLASS, name) is not None


def is_path(wanted: str, seen: str) -> bool:
    """Tell whether a dotted class path ends in the wanted class and contains the wanted modules, in order."""
    parts = iter(seen.split("."))
    return seen.rpartition(".")[2] == wanted.rpartition(".")[2] and all(part in parts for part in wanted.split("."))


def _path_before(text: str, place: int) -> str:
    """Return the dotted modules before a class name, including the last dot."""
    if not text.endswith(".", 0, place):
        return ""
    before = text[max(0, place - _MAX_PATH) : place]
    names = before[len(before.rstrip(_PATH_CHARACTERS)) : -1].split(".")
    path: list[str] = []
    for name in reversed(names):
        if not name or name[0].isdigit():
            break
        path.append(name)
    return ".".join([*reversed(path), ""]) if path else ""
