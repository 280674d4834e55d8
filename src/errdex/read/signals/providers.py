"""Tells whose error a text is, by the names, hosts and modules of a catalog's providers."""

from __future__ import annotations

from collections.abc import Set
from functools import cached_property

from errdex.model.type_names import Final
from errdex.read.body_keys import CODE_KEYS, ERROR_CODE_KEYS, MESSAGE_KEYS
from errdex.rules.compiled import Rules
from errdex.rules.tokens import characters, words

_HOST_WEIGHT: Final = 10_000_000  # a host counts for more than a name
_PATH_CHARACTERS: Final = "_/.@-"


class Providers:
    """Finds providers in texts, for one catalog."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._mentions = rules.mentions
        self.gateways = rules.gateways
        self.compatible = rules.compatible
        self.vague = rules.gateways | rules.compatible
        """Providers that a text may well name, or whose SDK may raise it, although the message is another's."""
        self.modules = rules.modules
        self.names = rules.names
        self.words = frozenset(map(str.encode, rules.mentions))
        """A text without any of these words names no provider."""

    @cached_property
    def message_keys(self) -> frozenset[str]:
        """Keys of a body whose values are messages, those that providers declare included."""
        return MESSAGE_KEYS.union(map(_last, self._rules.message_paths))

    @cached_property
    def code_keys(self) -> frozenset[str]:
        """Keys of a body whose values are codes wherever they stand, those that providers declare included."""
        return ERROR_CODE_KEYS | ({*map(_last, self._rules.code_paths)} - CODE_KEYS)

    @cached_property
    def body_keys(self) -> frozenset[str]:
        """Keys of error bodies that providers declare."""
        paths = (*self._rules.message_paths, *self._rules.code_paths)
        return frozenset(key.lower() for path in paths for key in path.split("."))

    @cached_property
    def extra_keys(self) -> frozenset[str]:
        """Those of `body_keys` that are not in `BODY_KEYS`."""
        from errdex.read.body_keys import BODY_KEYS

        return self.body_keys - BODY_KEYS

    def named_in(self, low: str, seen: Set[bytes], *, hosts_only: bool = False) -> list[str]:
        """Return the providers that a folded text mentions: hosts before names, the last mentioned first.

        Args:
            low: The text.
            seen: Its words.
            hosts_only: Whether only hosts count.
        """
        found: dict[str, int] = {}
        for word in seen & self.words:
            for name, owner, is_host in self._mentions[word.decode()]:
                place = _last_mention(low, name, is_host) if is_host or not hosts_only else -1
                if place >= 0:
                    found[owner] = max(found.get(owner, 0), place + (_HOST_WEIGHT if is_host else 0))
        return sorted(found, key=found.__getitem__, reverse=True)

    def mentioned(self, low: str, *, hosts_only: bool = False) -> bool:
        """Tell whether a folded text mentions a provider; with `hosts_only`, only its hosts count."""
        return any(
            _last_mention(low, name, is_host) >= 0
            for word in self.words.intersection((*words(low), *characters(low)))
            for name, _, is_host in self._mentions[word.decode()]
            if is_host or not hosts_only
        )

    def of_host(self, address: str) -> list[str]:
        """Return the providers whose host occurs in an address in lower case."""
        return [owner for host, owner in self._rules.hosts.items() if host in address]

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
