"""Tells whose error a text is, by the names, hosts and modules of a catalog's providers."""

from __future__ import annotations

from collections.abc import Set

from errdex.model.type_names import Final
from errdex.read.body_keys import BODY_KEYS
from errdex.rules.compiled import Rules
from errdex.rules.tokens import longest_word, words

_HOST_WEIGHT: Final = 10_000_000  # a host counts for more than a name
_PATH_CHARACTERS: Final = "_/.@-"


class Providers:
    """Finds providers in texts, for one catalog."""

    def __init__(self, rules: Rules) -> None:
        data = rules.providers
        self.gateways = frozenset(name for name, item in data.items() if item["gateway"])
        self.compatible = frozenset(name for name, item in data.items() if item["compatible"])
        """Providers whose SDKs may have called another provider's host."""
        self.modules = {module: name for name, item in data.items() for module in item["modules"]}
        self.names = {
            word.lower(): name
            for name, item in data.items()
            if name != "http"
            for word in (item["name"], *item["names"])
        }
        self._hosts = hosts = {host.lower(): name for name, item in data.items() for host in item["hosts"]}
        modules = {f"{module}.": owner for module, owner in self.modules.items()}
        self._mentions: dict[bytes, list[tuple[str, str, bool]]] = {}
        for table, is_host in ((hosts, True), (self.names, False), (modules, False)):
            for name, owner in table.items():
                self._mentions.setdefault(longest_word(name), []).append((name, owner, is_host))
        self.words = frozenset(self._mentions)
        """A text without any of these words names no provider."""
        paths = [path for item in data.values() for path in (*item["messages"], *item["codes"])]
        self.message_keys = frozenset(_last(path) for item in data.values() for path in item["messages"])
        self.code_keys = frozenset(_last(path) for item in data.values() for path in item["codes"])
        self.body_keys = frozenset(key.lower() for path in paths for key in path.split("."))
        """Keys of error bodies that providers declare."""
        self.extra_keys = self.body_keys - BODY_KEYS
        """Those of `body_keys` that are not in `BODY_KEYS`."""

    def named_in(self, low: str, seen: Set[bytes]) -> list[str]:
        """Return the providers that a folded text mentions: hosts before names, the last mentioned first."""
        found: dict[str, int] = {}
        for word in seen & self.words:
            for name, owner, is_host in self._mentions[word]:
                place = _last_mention(low, name, is_host)
                if place >= 0:
                    found[owner] = max(found.get(owner, 0), place + (_HOST_WEIGHT if is_host else 0))
        return sorted(found, key=found.__getitem__, reverse=True)

    def mentioned(self, low: str, *, hosts_only: bool = False) -> bool:
        """Tell whether a folded text mentions a provider; with `hosts_only`, only its hosts count."""
        return any(
            _last_mention(low, name, is_host) >= 0
            for word in self.words.intersection(words(low))
            for name, _, is_host in self._mentions[word]
            if is_host or not hosts_only
        )

    def of_host(self, address: str) -> list[str]:
        """Return the providers whose host occurs in an address in lower case."""
        return [owner for host, owner in self._hosts.items() if host in address]

    def ends_in_name(self, text: str) -> bool:
        """Tell whether a text ends in a provider's name."""
        return last_word(text).lower() in self.names

    def owner_of(self, path: str) -> str | None:
        """Return the provider whose SDK module a class path begins with, or after which the class is named; or None."""
        head, _, name = path.rpartition(".")
        while head:
            if head in self.modules:
                return self.modules[head]
            head = head.rpartition(".")[0]
        return self.names.get(name.lower())


def last_word(text: str) -> str:
    """Return the last word of a text, without brackets and quotes around it."""
    return text.rpartition(" ")[2].strip("'[]()")


def _last(path: str) -> str:
    return path.rpartition(".")[2].lower()


def _last_mention(low: str, name: str, is_host: bool) -> int:
    """Return where a text last mentions a host, or a name or module as a separate word; -1 if it does not."""
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
