"""What the providers' files say, as tables for reading raw errors: looked up at run time, not computed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from errdex.authoring.schema import Provider
from errdex.authoring.template import Hole, Part, compile_parts
from errdex.authoring.values import ANY_CLASS
from errdex.rules.normal_form import fold, normalise
from errdex.rules.tokens import TELLING, longest_word

Json = Any
_BUILTINS: Final = "builtins"


def provider_tables(providers: Mapping[str, Provider], wanted_classes: Iterable[str]) -> dict[str, Json]:
    """Return the tables of all providers.

    Args:
        providers: The providers by name, sorted.
        wanted_classes: Paths of the exception classes that entries ask for.
    """
    names = {fold(word): name for name, item in _but_http(providers) for word in (item.name, *item.names)}
    hosts = {fold(host): name for name, item in providers.items() for host in item.hosts}
    modules = {module: name for name, item in providers.items() for module in item.modules}
    heads = list(_heads(providers))
    classes: dict[str, list[Json]] = {}
    for name, item in providers.items():
        for path, status in item.exceptions.items():
            classes.setdefault(_name_of(path), []).append([name, path, status])
    return {
        "providers": list(providers),
        "gateways": [name for name, item in providers.items() if item.gateway],
        "compatible": [name for name, item in providers.items() if item.compatible],
        "names": names,
        "hosts": hosts,
        "modules": modules,
        "mentions": _mentions(hosts, names, modules),
        "message_paths": sorted({path for item in providers.values() for path in item.body.messages}),
        "code_paths": sorted({path for item in providers.values() for path in item.body.codes}),
        "classes": dict(sorted(classes.items())),
        "class_words": _class_words([*_paths(classes), *wanted_classes]),
        "prefixes": [
            *(prefix for item in providers.values() for prefix in own_prefixes(item)),
            *(head[0] for head in heads if len(head) == 1 and letters(head) >= TELLING),
        ],
        "heads": heads,
    }


def _but_http(providers: Mapping[str, Provider]) -> Iterator[tuple[str, Provider]]:
    return ((name, item) for name, item in providers.items() if name != "http")


def _mentions(hosts: dict[str, str], names: dict[str, str], modules: dict[str, str]) -> dict[str, list[Json]]:
    """Return word → (name, provider, whether it is a host) of what a text without the word cannot mention."""
    found: dict[str, list[Json]] = {}
    dotted = {f"{module}.": owner for module, owner in modules.items()}
    for table, is_host in ((hosts, True), (names, False), (dotted, False)):
        for name, owner in table.items():
            found.setdefault(longest_word(name).decode(), []).append([name, owner, is_host])
    return dict(sorted(found.items()))


def _paths(classes: dict[str, list[Json]]) -> Iterator[str]:
    return (path for table in classes.values() for _, path, _ in table)


def _class_words(paths: list[str]) -> dict[str, list[str]]:
    """Return word → names of the classes that count in a text; the name of a built-in class says too little there."""
    found: dict[str, list[str]] = {}
    for name in sorted({_name_of(path) for path in paths if path.partition(".")[0] != _BUILTINS}):
        found.setdefault(longest_word(name).decode(), []).append(name)
    return found


def _name_of(path: str) -> str:
    return path.rpartition(".")[2]


def _heads(providers: Mapping[str, Provider]) -> Iterator[list[Json]]:
    """Yield the wrapper heads, each once: some are shared by providers."""
    names = {name for item in providers.values() for name in item.names}
    classes = sorted(name for name in names if name.endswith("Exception"))
    written = (head for item in providers.values() for head in _written_out(item.heads, classes))
    yield from {repr(head): head for head in (plain(compile_head(one)) for one in written)}.values()


def _written_out(heads: list[str], classes: list[str]) -> Iterator[str]:
    """Yield heads; expand one with `{class}` to all the classes that gateways name after providers."""
    for head in heads:
        yield from [head.replace(ANY_CLASS, name) for name in classes] if ANY_CLASS in head else [head]


def compile_head(head: str) -> list[Part]:
    """Normalise a wrapper's head; unlike a message, it keeps trailing punctuation, since the message follows."""
    parts = compile_parts(head + "\x00")
    last = str(parts.pop()).rstrip("\x00")
    return [*parts, last] if last else parts


def letters(head: list[Json]) -> int:
    """Return the number of letters in the literals of a wrapper head."""
    return sum(char.isalpha() for part in head if isinstance(part, str) for char in part)


def own_prefixes(provider: Provider) -> list[str]:
    """Return a provider's prefixes in normal form, like the literals of templates."""
    return [fold(normalise(prefix)) for prefix in provider.prefixes]


def plain(parts: list[Part]) -> list[Json]:
    """Return the parts of a template or head as JSON has them."""
    return [list(part) if isinstance(part, Hole) else part for part in parts]
