"""Words that say whose error a text is and where a message may begin; made from the providers of a catalog."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

from errdex.catalog.compiled import Rules
from errdex.catalog.words import encode, words
from errdex.evidence.evidence import SeenException
from errdex.matching import units

_CLASS: Final = re.compile(r"(?<![\w/\\.])((?:[A-Za-z_$][\w$]*\.){0,12})([A-Z][A-Za-z0-9]{2,60})(?![\w/\\])")
_ERROR_CLASS: Final = re.compile(r"(?:Error|Exception|Timeout|Fault|Failure)\Z")
_CLASS_HEAD: Final = re.compile(r"(?:[A-Za-z_$][\w$]*\.){0,12}[A-Z]\w{0,60}(?:Error|Exception|Timeout)(?: \[\w+\])?: ")
_HOST_WEIGHT: Final = 10_000_000  # a host tells more than a name
_PATH_CHARACTERS: Final = "_/.@-"
_DECORATION: Final = re.compile(r"[\W_]*")
_MAX_HEADS: Final = 6
_HEAD_KEY: Final = 4  # first characters by which heads are looked up
_TELLING: Final = 8  # letters from which on a head with a status is a client's own phrase
# A line of source code: names a class or quotes a message, and is no error.
_CODE_LINE: Final = re.compile(
    r"\s*(?:-+>\s*)?(?:\d{1,5}\s+)?(?:@|//|#\s|/\*|(?:raise|throw|return|if|elif|else|def|class|assert|except|catch|import"
    r"|from|const|let|var|await|yield|for|while|case|expect|try|with|new)\b(?=.*[({=:]|\s\w+$)"
    r"|(?:console|logger|logging|log|self|this|print|raise|err)\w*[.(].*[)(]|[\w.]+ = |[\w.]+\()"
)
_LABEL_WORDS: Final = (
    r"[\w.$]*(?:error|errors|exception|failed|failure|fault|fatal|denied|rejected|refused|timeout|overloaded)"
    r"|(?:http|status|code)?(?:[ -]code)?[ :-]{0,2}[45]\d\d(?: [a-z][a-z' -]{2,30})?"
    r"|operation|message|reason|detail|details|body|response|caused by|cause|msg|said|says|returned|answered|got"
)


class Cues:
    """Patterns made from the provider data of one catalog."""

    def __init__(self, rules: Rules) -> None:
        self._providers = rules.providers
        self.module_provider: dict[str, str] = {}
        self.class_statuses: dict[str, list[tuple[str, str, int | None]]] = {}
        self.gateways = frozenset(name for name, data in rules.providers.items() if data["gateway"])
        hosts: dict[str, str] = {}
        names: dict[str, str] = {}
        self.prefixes: list[str] = []
        self._heads: dict[str, list[tuple[list[Any], bool]]] = {}
        self._number_heads: list[tuple[list[Any], bool]] = []
        self._open_heads: list[tuple[list[Any], bool]] = []
        for provider, data in rules.providers.items():
            self.module_provider.update(dict.fromkeys(data["modules"], provider))
            hosts.update({host.lower(): provider for host in data["hosts"]})
            names.update(
                {name.lower(): provider for name in [provider, data["name"], *data["names"]] if provider != "http"}
            )
            self.prefixes += data["prefixes"]
            for head in data["heads"]:
                self._add_head(head)
            for path, status in data["exceptions"].items():
                self.class_statuses.setdefault(path.rpartition(".")[2], []).append((provider, path, status))
        self._names = names
        self._mentions: dict[bytes, list[tuple[str, str, bool]]] = {}
        for table, is_host in ((hosts, True), (names, False)):
            for name, owner in table.items():
                word = max(words(name.encode()), key=len)
                self._mentions.setdefault(word, []).append((name, owner, is_host))
        self.provider_words = frozenset(self._mentions)
        self.known_words = frozenset(
            word for table in (self.class_statuses, rules.exceptions) for name in table for word in words(name.encode())
        )
        self._known_classes = frozenset(self.class_statuses) | frozenset(rules.exceptions)

    def _add_head(self, head: list[Any]) -> None:
        letters = sum(char.isalpha() for part in head if type(part) is str for char in part)
        item = (head, letters >= _TELLING)
        if len(head) == 1 and letters >= _TELLING:
            self.prefixes.append(head[0])  # may also stand in the middle of a line
        if type(head[0]) is str and len(head[0]) >= _HEAD_KEY:
            self._heads.setdefault(head[0][:_HEAD_KEY], []).append(item)
        elif head[0][1] == "int":
            self._number_heads.append(item)
        else:
            self._open_heads.append(item)

    @cached_property
    def _label(self) -> re.Pattern[str]:
        """What introduces a message, at the end of what stands before it."""
        names = "|".join(map(re.escape, sorted(self._names, key=len, reverse=True))) or r"(?!)"
        return re.compile(
            rf"(?:(?<![\w/])(?:{_LABEL_WORDS}|{names})"
            r"['\])]?(?: \([^()]{0,80}\))?(?: \[[^\[\]]{0,40}\])?(?: ?: ?| - | -> |: - | returned | for url: )"
            r"|：|(?-i:ERROR|CRITICAL|FATAL|SEVERE|WARN|WARNING)[\])|]*(?: -)? "
            r"|\b(?:get|post|put|patch|delete) '?https?://[^\s']+'?: "
            r"|(?:error|warning|critical):[\w.-]{1,60}:"
            r"|(?:http|status|code)[ :/-]{0,3}[45]\d\d[ :]+(?=')"
            # Python's and Java's reprs: BadRequestError('…'), ValidationException(message=…, data=None message='…'
            r"|\b\w+(?:error|exception)\((?:\w+=[^\s,]+, ?){0,4}(?:message=)?|=\S+ message=)['\[(<]*$",
            re.IGNORECASE,
        )

    def providers_in(self, low: str, seen: set[bytes]) -> list[str]:
        """Return the providers that a folded text names, hosts before names, in the order of their last mention."""
        found: dict[str, int] = {}
        for word in seen & self.provider_words:
            for name, owner, is_host in self._mentions[word]:
                place = _last_mention(low, name, is_host)
                if place >= 0:
                    found[owner] = max(found.get(owner, 0), place + (_HOST_WEIGHT if is_host else 0))
        return sorted(found, key=found.__getitem__, reverse=True)

    def mentioned(self, low: str, *, hosts_only: bool = False) -> bool:
        """Tell whether a folded text names a provider, or one of its hosts."""
        return any(
            _last_mention(low, name, is_host) >= 0
            for word in words(encode(low)) & self.provider_words
            for name, _, is_host in self._mentions[word]
            if is_host or not hosts_only
        )

    def name_ends(self, text: str) -> bool:
        """Tell whether a text ends in a provider's name or in an error class."""
        word = text.rpartition(" ")[2].strip("'[]()")
        return word.lower() in self._names or self._known(word)

    def _known(self, word: str) -> bool:
        name = word.rpartition(".")[2]
        return name[:1].isupper() and (name in self._known_classes or _ERROR_CLASS.search(name) is not None)

    def owner_of(self, path: str) -> str | None:
        """Return the provider whose SDK module a class path begins with, or whose own name the class bears."""
        head, _, name = path.rpartition(".")
        owner = self.module_provider.get(head.partition(".")[0])
        return owner or self._names.get(name.lower())

    def classes_in(self, text: str) -> list[SeenException]:
        """Return the error classes that a text shows outside of source code."""
        seen = []
        for match in _CLASS.finditer(text):
            path, name = match[1] + match[2], match[2]
            if name not in self._known_classes and not _ERROR_CLASS.search(name):
                continue
            if not is_code_line(text, match.start()):
                seen.append(SeenException(path, match.start()))
        return seen

    def is_known_class(self, name: str) -> bool:
        """Tell whether the catalog has something to say about a class."""
        return name in self._known_classes

    def label_before(self, text: str, position: int) -> bool:
        """Tell whether what stands before a place introduces a message: an error label, class, provider or status."""
        line = text.rfind("\n", 0, position) + 1
        before = text[max(line, position - 200) : position]
        return self._label.search(before) is not None

    def strip_heads(self, text: str, low: str) -> list[tuple[int, units.Values, bool]]:
        """Return where the message begins after each wrapper's head at the start of a text, one after another.

        Each comes with the values of the head's holes, and whether its words by themselves tell of an error.
        """
        places: list[tuple[int, units.Values, bool]] = []
        if not (": " in low or " - " in low or low[:1].isdigit()):
            return places
        start = 0 if low[0].isalnum() else _DECORATION.match(text).end()  # type: ignore[union-attr]
        for _ in range(_MAX_HEADS):
            named = _CLASS_HEAD.match(text, start)
            best: tuple[int, units.Values, bool] | None = (named.end(), {}, False) if named else None
            for head, telling in self._heads_at(low, start):
                found = units.match_head(head, text, low, start)
                if found and found[0] > start and (best is None or found[0] > best[0]):
                    best = (*found, telling)
            if best is None:
                break
            places.append(best)
            start = best[0]
        return places

    def _heads_at(self, low: str, start: int) -> Iterator[tuple[list[Any], bool]]:
        yield from self._heads.get(low[start : start + _HEAD_KEY], ())
        if low[start : start + 1].isdigit():
            yield from self._number_heads
        for item in self._open_heads:
            if item[0][1] in low:
                yield item


def _last_mention(low: str, name: str, is_host: bool) -> int:
    """Return where a text last names a host or, as a word of its own, a name; -1 if it does not."""
    place = low.rfind(name)
    while place >= 0 and not is_host:
        before, after = low[place - 1 : place], low[place + len(name) : place + len(name) + 2]
        apart = not (before.isalnum() or before in _PATH_CHARACTERS or after[:1].isalnum() or after[:1] in "_/@-")
        if (not before or apart) and not (after[:1] == "." and after[1:].isalnum()):
            return place
        place = low.rfind(name, 0, place)
    return place


def is_code_line(text: str, position: int) -> bool:
    """Tell whether a place stands in a line of source code."""
    line = text.rfind("\n", 0, position) + 1
    end = text.find("\n", position)
    return _CODE_LINE.match(text, line, len(text) if end < 0 else end) is not None

