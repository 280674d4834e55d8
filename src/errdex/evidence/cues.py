"""Words that say whose error a text is and where a message may begin; made from the providers of a catalog."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any, Final

from errdex.catalog.compiled import Rules
from errdex.catalog.words import encode, words
from errdex.evidence.evidence import SeenException
from errdex.evidence.lines import is_code, is_markup, line_at, quotation_at
from errdex.matching import units

# Strings: `re` compiles and keeps them when a text first needs them.
_ERROR_CLASS: Final = r"[A-Z]\w{1,60}(?:Error|Exception)(?![\w/\\])"
_PATH: Final = r"(?:[A-Za-z_$][\w$]*\.){0,12}\Z"
_CLASS_HEAD: Final = r"(?:[A-Za-z_$][\w$]*\.){0,12}[A-Z]\w{0,60}(?:Error|Exception|Timeout)(?: \[\w+\])?: "
_MAX_CLASSES: Final = 16  # places of one class in one text that are looked at
_HOST_WEIGHT: Final = 10_000_000  # a host tells more than a name
_PATH_CHARACTERS: Final = "_/.@-"
_DECORATION: Final = r"[\W_]*"
_AFTER_CLASS: Final = r"\s*$|:|\(|\{| ?\[|'?>|: | -| \(|,? (?:error|status)|'\)?$"
_OPENS: Final = r"(?:[\W\d_]|(?<=\d)[TZ])*"
_BULLET: Final = r"\s*(?:[-*+•#|>]|\d{1,2}[.)])\s"
_LOG_HEAD: Final = (
    r"(?s)\W*(?:\d{4}-\d\d-\d\d|\d\d?[:/]\d\d|[A-Z][a-z]{2} +\d|[\w.-]{1,30} +\| |\d{10}).{0,120}(?:: |\| |\] |- )"
)
_LINE_HEAD: Final = r"(?:[\W\d_]|(?<=\d)[TZ]|Uncaught|Unhandled|Traceback|Caused by: |Exception in thread '[^']*' )*"
_REPORTS: Final = r"(?i)(?:raised|caught|threw|uncaught|class|type:) '?$"
_WORD_BEFORE: Final = r"(\w+)\W*$"
_REQUEST_BEFORE: Final = r"HTTP/[0-9](?:\.[0-9])?\\?[\"'] $"
_STATUS_ENDINGS: Final = (
    "status", "code", "error", "errors", "exception", "failed", "failure", "http", "response", "returned", "got",
    "with", "success",
)  # fmt: skip
_MAX_CLIENT_WORDS: Final = 160  # characters that a client puts in front of the API's own message
_MAX_LINE_HEAD: Final = 200  # characters of decoration in front of a message
_MAX_HEADS: Final = 6
_HEAD_KEY: Final = 4  # first characters by which heads are looked up
_TELLING: Final = 8  # letters from which on a head with a status is a client's own phrase
_LABEL_WORDS: Final = (
    r"[\w.$]*(?:error|errors|exception|failed|failure|fault|fatal|denied|rejected|refused|timeout|overloaded)"
    r"|(?:http|status|code)?(?:[ -]code)?[ :-]{0,2}[45]\d\d(?: [a-z][a-z' -]{2,30})?"
    r"|failed to [\w ]{2,40}|errors? (?:while|in|during|calling|from|occurred)[\w ]{0,60}|failed with status"
    r"|\[[\w -]{2,20}\]"
    r"|operation|message|reason|detail|details|body|response|caused by|cause|msg|said|says|returned|answered|got"
)


Head = tuple[int, units.Values, bool]
"""Where the message after a wrapper's head begins, the head's values, and whether its words tell of an error."""


class Cues:
    """Patterns made from the provider data of one catalog."""

    def __init__(self, rules: Rules) -> None:
        self.module_provider: dict[str, str] = {}
        self.class_statuses: dict[str, list[tuple[str, str, int | None]]] = {}
        self.gateways = frozenset(name for name, data in rules.providers.items() if data["gateway"])
        hosts: dict[str, str] = {}
        names: dict[str, str] = {}
        self.prefixes: list[str] = []
        self._heads: dict[str, list[tuple[list[Any], bool]]] = {}
        self._number_heads: list[tuple[list[Any], bool]] = []
        self._open_heads: list[tuple[list[Any], bool]] = []
        self.message_keys = frozenset(_last(path) for data in rules.providers.values() for path in data["messages"])
        self.code_keys = frozenset(_last(path) for data in rules.providers.values() for path in data["codes"])
        self.body_keys = frozenset(
            key.lower()
            for data in rules.providers.values()
            for path in (*data["messages"], *data["codes"])
            for key in path.split(".")
        )
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
        modules = {f"{module}.": owner for module, owner in self.module_provider.items()}
        for table, is_host in ((hosts, True), (names, False), (modules, False)):
            for name, owner in table.items():
                word = max(words(name.encode()), key=len)
                self._mentions.setdefault(word, []).append((name, owner, is_host))
        self.provider_words = frozenset(self._mentions)
        paths = {path for table in self.class_statuses.values() for _, path, _ in table} | set(_classes_of(rules))
        self._modules = {*self.module_provider, *(path.partition(".")[0] for path in paths if "." in path)}
        classes = {*self.class_statuses, *(path.rpartition(".")[2] for path in paths)}
        self._classes: dict[bytes, list[str]] = {}
        for name in sorted(classes):
            self._classes.setdefault(max(words(name.encode()), key=len), []).append(name)
        self.known_words = frozenset(self._classes)

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
            r"['\])]?(?: \([^()]{0,80}\))?(?: \[[^\[\]]{0,40}\])?(?:(?: ?:){1,2} ?| - | -> |: - | for url: )"
            r"|(?-i:ERROR|CRITICAL|FATAL|SEVERE|WARN|WARNING)\b[^\n:]{0,60}(?::\d+)?: "
            r"|：|(?-i:ERROR|CRITICAL|FATAL|SEVERE|WARN|WARNING)[\])|]*(?: -)? "
            r"|\b(?:get|post|put|patch|delete) '?https?://[^\s']+'?: "
            r"|(?:error|warning|critical):[\w.-]{1,60}:"
            r"|(?:http|status|code)[ :/-]{0,3}[45]\d\d[ :]+(?=')"
            r"|(?<![\w.])(?:err|error|msg|message|reason|exception)="
            rf"|\[(?:{names})\] ?"
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

    def names_before(self, text: str, position: int) -> bool:
        """Tell whether a client's own words stand before a place in a message field.

        They name a provider or a class, and quote nothing.
        """
        before = text[:position]
        if position > _MAX_CLIENT_WORDS or "'" in before:
            return False
        return self.mentioned(before.lower()) or re.search(_ERROR_CLASS, before) is not None

    def mentioned(self, low: str, *, hosts_only: bool = False) -> bool:
        """Tell whether a folded text names a provider, or one of its hosts."""
        return any(
            _last_mention(low, name, is_host) >= 0
            for word in words(encode(low)) & self.provider_words
            for name, _, is_host in self._mentions[word]
            if is_host or not hosts_only
        )

    def may_be_status(self, before: str) -> bool:
        """Tell whether a number may be a status, by the word before it.

        That is a provider's name, an error class, a word of statuses, or nothing in its line. In `line 404` and
        `took 500` it is not, nor behind the quoted request of an access log.
        """
        found = re.search(_WORD_BEFORE, before)
        if found is None or "\n" in before[found.end(1) :]:
            return True
        low = found[1].lower()
        if low[:1].isdigit():
            return re.search(_REQUEST_BEFORE, before) is None
        return low.endswith(_STATUS_ENDINGS) or low in self._names

    def ends_in_name(self, text: str) -> bool:
        """Tell whether a text ends in a provider's name."""
        return _last_word(text).lower() in self._names

    def ends_in_class(self, text: str) -> bool:
        """Tell whether a text ends in an error class."""
        name = _last_word(text).rpartition(".")[2]
        return name in self.class_statuses or re.fullmatch(_ERROR_CLASS, name) is not None

    def owner_of(self, path: str) -> str | None:
        """Return the provider whose SDK module a class path begins with, or whose own name the class bears."""
        head, _, name = path.rpartition(".")
        owner = self.module_provider.get(head.partition(".")[0])
        return owner or self._names.get(name.lower())

    def classes_in(self, text: str, seen: set[bytes]) -> list[SeenException]:
        """Return the classes of the catalog that a text reports.

        They stand at the start of a line or behind a label, and are followed by a message, a repr or nothing. One
        that is merely mentioned, or stands in source code, is none.
        """
        found = []
        for word in seen & self.known_words:
            for name in self._classes[word]:
                place = text.find(name)
                for _ in range(_MAX_CLASSES):
                    if place < 0:
                        break
                    path = _path_before(text, place)
                    if self._is_reported(text, place - len(path), place + len(name), bool(path)):
                        found.append(SeenException(path + name, place))
                    place = text.find(name, place + 1)
        found.sort(key=lambda seen: seen.position)
        return found

    def _is_reported(self, text: str, start: int, end: int, dotted: bool) -> bool:
        line, line_end = line_at(text, start)
        after = text[end : min(line_end, end + 80)]
        if not re.match(_AFTER_CLASS, after):
            return False
        before = text[max(line, start - 80) : start]
        if not after.strip(" '"):
            # A class alone in its line is a name in a list, unless its module or a whole report is there as well.
            whole = re.match(r"\n(?:status code|\s*at )", text[end : end + 20], re.IGNORECASE)
            if re.match(_BULLET, text[line:line_end]) or not (dotted or whole):
                return False
        reported = re.fullmatch(_LINE_HEAD, before) or re.search(_REPORTS, before) or self.label_before(text, start)
        return bool(reported) and not is_code(text, start)

    def has_foreign_class(self, text: str) -> bool:
        """Tell whether a line names an error class of a module that the catalog does not know."""
        for match in re.finditer(_ERROR_CLASS, text):
            path = _path_before(text, match.start())
            if path and path.partition(".")[0] not in self._modules:
                return True
        return False

    def opens_line(self, text: str, position: int) -> bool:
        """Tell whether nothing stands before a place in its line but decoration; lines of code and Markdown do not."""
        line, _ = line_at(text, position)
        if position - line > _MAX_LINE_HEAD or re.fullmatch(_OPENS, text[line:position]) is None:
            return False
        return not is_code(text, position) and not is_markup(text, position)

    def follows_log_head(self, text: str, position: int) -> bool:
        """Tell whether a place follows what a logger writes in front of a message: a time first, a separator last."""
        line, _ = line_at(text, position)
        if position - line > _MAX_LINE_HEAD or quotation_at(text, position - 1) >= 0:
            return False
        return re.fullmatch(_LOG_HEAD, text[line:position]) is not None

    def introduces(self, text: str, position: int) -> bool:
        """Tell whether a message may begin at a place: behind a label, outside of code, Markdown and quotations."""
        if is_code(text, position) or is_markup(text, position) or not self.label_before(text, position):
            return False
        quotation = quotation_at(text, position - 1)
        return quotation < 0 or self.label_before(text, quotation)

    def label_before(self, text: str, position: int) -> bool:
        """Tell whether what stands before a place introduces a message: an error label, class, provider or status."""
        line = text.rfind("\n", 0, position) + 1
        before = text[max(line, position - 200) : position]
        last = before.rstrip(" '[(<")[-1:]
        if not (last in ":-：>=|])" or last.isupper() or last.isdigit() or before.endswith("(")):
            return False
        return self._label.search(before) is not None

    def strip_heads(self, text: str, low: str) -> list[Head]:
        """Return the wrappers' heads at the start of a text, one after another."""
        places: list[Head] = []
        if not (": " in low or " - " in low or low[:1].isdigit() or low[:_HEAD_KEY] in self._heads):
            return places
        start = 0 if low[0].isalnum() else re.match(_DECORATION, text).end()  # type: ignore[union-attr]
        named = "error" in low or "exception" in low or "timeout" in low
        for _ in range(_MAX_HEADS):
            heads = self._heads_at(low, start)
            if not (heads or named):
                break
            best: Head | None = None
            if named and (match := re.compile(_CLASS_HEAD).match(text, start)):
                best = (match.end(), {}, False)
            for head, telling in heads:
                found = units.match_head(head, text, low, start)
                if found and found[0] > start and (best is None or found[0] > best[0]):
                    best = (*found, telling)
            if best is None:
                break
            places.append(best)
            start = best[0]
        return places

    def _heads_at(self, low: str, start: int) -> list[tuple[list[Any], bool]]:
        heads = self._heads.get(low[start : start + _HEAD_KEY], [])
        if low[start : start + 1].isdigit():
            heads = heads + self._number_heads
        return heads + [item for item in self._open_heads if item[0][1] in low]


def _last(path: str) -> str:
    return path.rpartition(".")[2].lower()


def _path_before(text: str, place: int) -> str:
    """Return the dotted modules in front of a class."""
    found = re.search(_PATH, text[max(0, place - 120) : place])
    return found[0] if found else ""


def _last_word(text: str) -> str:
    return text.rpartition(" ")[2].strip("'[]()")


def _classes_of(rules: Rules) -> Iterator[str]:
    """Yield the classes that items of a catalog ask for, as written."""
    conditions = [item[1] for item in rules.items] + [template.conditions or {} for template in rules.templates]
    for wanted in conditions:
        if "exception" in wanted:
            yield wanted["exception"]


def _last_mention(low: str, name: str, is_host: bool) -> int:
    """Return where a text last names a host, or as a word of its own a name or a module; -1 if it does not."""
    place = low.rfind(name)
    while place >= 0 and not is_host:
        before, after = low[place - 1 : place], low[place + len(name) : place + len(name) + 2]
        if not (before.isalnum() or (before and before in _PATH_CHARACTERS)):
            if name[-1] == ".":
                if after[:1].isalpha():
                    return place
            elif not (
                after[:1].isalnum() or (after[:1] and after[:1] in "_/@-") or (after[:1] == "." and after[1:].isalnum())
            ):
                return place
        place = low.rfind(name, 0, place)
    return place
