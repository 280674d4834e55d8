"""Models → the compiled catalog, with everything that can be computed in advance.

The result is plain lists and dicts, which are read at run time without pydantic or yaml; the same YAML always gives
the same bytes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain
from pathlib import Path
from typing import Any

from errdex.authoring.cjk import characters, weight, worth
from errdex.authoring.key_words import (
    KEYS,
    SENTENCE,
    field_words,
    key_literals,
    key_words,
    line_key,
    literals,
    sentence_end,
    words_of,
)
from errdex.authoring.provider_tables import own_prefixes, plain, provider_tables
from errdex.authoring.schema import Entry, Match, Provider
from errdex.authoring.shared_literals import shared_literals
from errdex.authoring.source import Source
from errdex.authoring.template import Hole, Part, compile_parts
from errdex.model.category import Category
from errdex.rules.compiled import FORMAT
from errdex.rules.tables import TEMPLATE_FIELDS
from errdex.rules.tokens import longest_word

Json = Any
_LITERAL, _UNIQUE_FROM, _CONDITIONS = map(TEMPLATE_FIELDS.index, ("literal", "unique_from", "conditions"))


def compile_source(source: Source) -> tuple[dict[str, Json], dict[str, Json]]:
    """Compile a catalog; return its two parts: the rules for classifying, and the texts of the pages."""
    entries = [
        entry
        for entry in sorted(source.entries.values(), key=lambda entry: entry.id)
        if entry.id not in source.disable and entry.kind != "guide"
    ]
    providers = dict(sorted(source.providers.items()))
    rules: dict[str, Json] = {
        "format": FORMAT,
        "entries": [_entry(entry) for entry in entries],
        "templates": [],
        "items": [],
        "first_words": "",
        "other_words": "",
        "words": [],
        "codes": {},
        "fields": {},
        "exceptions": {},
        "wanted_classes": [],
        "code_words": "",
        "details": {},
        "field_words": {},
        "line_keys": {},
        "defaults": {},
        "categories": [_category(item) for item in Category],
    }
    compiler = _Compiler(rules, providers)
    for number, entry in enumerate(entries):
        for item in entry.items:
            compiler.add(number, entry, item)
    compiler.finish(entries)
    rules |= provider_tables(providers, rules["wanted_classes"])
    pages = {
        "format": FORMAT,
        "providers": {name: page_of(provider) for name, provider in sorted(source.providers.items())},
        "entries": {name: page_of(entry) for name, entry in sorted(source.entries.items())},
        "places": {name: _place(source, name) for name in sorted(source.places)},
    }
    if source.history:
        pages["history"] = source.history.dump()
    return rules, pages


def _place(source: Source, name: str) -> list[Json]:
    """Return the file of an entry, relative to the catalog, and its line."""
    found = source.places[name].at()
    return [Path(found.path).relative_to(source.root).as_posix(), found.line]


def _entry(entry: Entry) -> list[Json]:
    assert entry.category is not None
    retryable = entry.category.retryable if entry.retryable is None else entry.retryable
    return [
        entry.id,
        entry.kind,
        str(entry.category),
        retryable,
        entry.retry_after,
        entry.statuses,
        entry.support == "required",
        entry.title,
        entry.fix,
        entry.sources[0] if entry.sources else None,
        str(entry.scope or entry.category.scope),
        str(entry.action or entry.category.action_for(retryable)),
    ]


def _category(item: Category) -> list[Json]:
    """Return a category's row: what is said of errors that no entry lists, whether a retry can help or not."""
    actions = [str(item.action_for(retryable)) for retryable in (True, False)]
    return [str(item), item.summary, item.fix, item.retryable, str(item.scope), actions]


def page_of(model: Entry | Provider) -> dict[str, Json]:
    """Return the keys of an entry or provider that differ from their defaults, ready for JSON."""
    return model.model_dump(mode="json", exclude_defaults=True)


def _inside_words(template: str) -> list[Part]:
    """Compile the template of a value; values are usually one word, so word holes may match parts of words."""
    return [
        Hole(part.name, "text") if isinstance(part, Hole) and part.kind == "word" else part
        for part in compile_parts(template)
    ]


def strip_prefix(parts: list[Part], prefixes: list[str]) -> int:
    """Remove the provider's prefix, which texts may lack, from a template; return the prefix's length.

    A template that consists only of the prefix keeps it.
    """
    first = parts[0]
    for prefix in prefixes:
        if isinstance(first, str) and first.startswith(prefix) and len(first) > len(prefix):
            parts[0] = first[len(prefix) :]
            return len(prefix)
    return 0


class _Compiler:
    def __init__(self, rules: dict[str, Json], providers: dict[str, Provider]) -> None:
        self.rules = rules
        self.providers = providers
        self.parts: list[tuple[int, list[Part]]] = []
        self.field_words: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)

    def add(self, number: int, entry: Entry, item: Match) -> None:
        """Index one item under its strongest key."""
        conditions = self._conditions(item)
        if item.field or item.detail:
            word, name, value = field_words(item)
            self.field_words[word].add((name, value))
        if item.message is not None:
            self._add_template(number, entry, item, conditions)
            return
        self.rules["items"].append([number, conditions, item.generic])
        place = len(self.rules["items"]) - 1
        if item.code is not None:
            self._put("codes", item.code, place)
        elif item.field is not None:
            path = next(iter(item.field))
            self._put("fields", path.rpartition(".")[2], place)
        elif item.detail is not None:
            self._put("details", next(iter(item.detail)), place)
        elif item.exception is not None:
            self._put("exceptions", item.exception.rpartition(".")[2], place)
        elif item.status is not None:
            self.rules["defaults"].setdefault(entry.provider, {}).setdefault(str(item.status), []).append(place)

    def _put(self, table: str, key: str, place: int) -> None:
        self.rules[table].setdefault(key, []).append(place)

    def _conditions(self, item: Match) -> dict[str, Json]:
        given = item.model_dump(mode="json", exclude_none=True, exclude={"message", "generic"})
        if "detail" in given:
            given["detail"] = {key: plain(_inside_words(value)) for key, value in given["detail"].items()}
        return given

    def _add_template(self, number: int, entry: Entry, item: Match, conditions: dict[str, Json]) -> None:
        parts = compile_parts(item.message or "")
        provider = self.providers.get(entry.provider)
        prefix = strip_prefix(parts, own_prefixes(provider)) if provider else 0
        size = sum(map(len, literals(parts)))
        letters = prefix + sum(map(weight, literals(parts)))
        self.parts.append((number, parts))
        self.rules["templates"].append(
            [number, plain(parts), size + prefix, letters, 0, sentence_end(parts), conditions or None, item.generic]
        )

    def finish(self, entries: list[Entry]) -> None:
        """Compute what needs all templates: their order, key words, and how much of a truncated text is unique."""
        # Longest first, so that the candidates of a text are tried in the order of their numbers.
        order = sorted(range(len(self.parts)), key=lambda place: -self.rules["templates"][place][_LITERAL])
        self.rules["templates"] = [self.rules["templates"][place] for place in order]
        self.parts = [self.parts[place] for place in order]
        gateways = {name for name, provider in self.providers.items() if provider.gateway}
        shared = shared_literals([(entries[number], parts) for number, parts in self.parts], {"http", *gateways})
        texts = (" ".join(literals(parts)) for _, parts in self.parts)
        used = Counter(word for text in texts for word in words_of(text).union(characters(text)))
        shown = [
            max(worth(literals(parts), SENTENCE), alike + 1)
            for (_, parts), alike in zip(self.parts, shared, strict=True)
        ]
        words = [key_words(parts, size, used) for (_, parts), size in zip(self.parts, shown, strict=True)]
        runs = [
            key_literals(parts, size, keys) for (_, parts), size, keys in zip(self.parts, shown, words, strict=True)
        ]
        shared_runs = Counter(run for some in runs for run in set(some))
        by_key: defaultdict[str, list[int]] = defaultdict(list)
        by_word: defaultdict[str, list[tuple[list[str], int]]] = defaultdict(list)
        for place, keys in enumerate(words):
            self.rules["templates"][place][_UNIQUE_FROM] = shown[place]
            if keys:
                by_key[line_key(runs[place], shared_runs) or keys[0]].append(place)
                by_word[keys[0]].append(([*keys[1:], *[keys[0]] * (KEYS - len(keys))], place))
        self.rules["first_words"] = " ".join(sorted(by_word))
        rows = [[*zip(*by_word[word], strict=True)] for word in sorted(by_word)]
        self.rules["words"] = [[" ".join(chain.from_iterable(keys)), [*places]] for keys, places in rows]
        self.rules["other_words"] = " ".join(sorted({*" ".join(packed for packed, _ in self.rules["words"]).split()}))
        self.rules["line_keys"] = dict(sorted(by_key.items()))
        conditions = [conditions for _, conditions, _ in self.rules["items"]]
        conditions += filter(None, (template[_CONDITIONS] for template in self.rules["templates"]))
        self.rules["wanted_classes"] = sorted({wanted["exception"] for wanted in conditions if "exception" in wanted})
        self.rules["code_words"] = " ".join(sorted({longest_word(code).decode() for code in self.rules["codes"]}))
        self.rules["field_words"] = {
            word: sorted(map(list, fields)) for word, fields in sorted(self.field_words.items())
        }
