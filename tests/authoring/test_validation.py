"""What is wrong with a catalog is said in an author's words, at its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from errdex.authoring import schema_words, validation
from errdex.authoring.nodes import Place
from errdex.authoring.overlay import read_over
from errdex.authoring.schema import Body, Entry, Example, Match, Provider, Settings
from errdex.authoring.validation import validate
from tests.acme_catalog import ENTRY, PROVIDER, TABLE, changed, write

SAID = [
    # keys
    ("descripton: x\n  meaning:", "meaning:", "5:3", "unknown key `descripton`; known keys are `id`, `title`, "),
    ("meanin:", "meaning:", "5:3", "unknown key `meanin`; did you mean `meaning`?"),
    ("meanin:", "meaning:", "1:3", "`meaning` is missing: what happened, from the caller's side"),
    ("", "  category: rate_limit\n", "1:3", "`category` is missing: what went wrong"),
    ("message:", "messages:", "1:3", "`messages` or `match` is missing: how to recognise this error"),
    ("match: [{stats: 429}]\n  messages:", "messages:", "4:12", "unknown key `stats` in `match.0`; did you mean `status`?"),
    ("5: x\n  meaning:", "meaning:", "5:6", "`5` is not a valid key; a key that looks like a number needs quotes"),
    ("snippets: {5: x}\n  meaning:", "meaning:", "5:17", "`snippets.5`: a key must be a string, not 5; put it in double quotes"),
    # values
    ("status: abc\n  category:", "category:", "3:11", "`status` must be a number from 100 to 599 or a list of numbers from 100 to 599, not 'abc'"),
    ("status: [429, 1]\n  category:", "category:", "3:17", "`status.1` must be a number from 100 to 599, not 1"),
    ("rate_limits", "rate_limit", "3:13", "`category` cannot be 'rate_limits'; did you mean `rate_limit`?"),
    ("busy", "rate_limit", "3:13", "`category` must be one of `invalid_request`, `context_length`, "),
    ("kind: famly\n  category:", "category:", "3:9", "`kind` cannot be 'famly'; did you mean `family`?"),
    ("support: yes\n  category:", "category:", "3:12", "`support` must be `required`, not true"),
    ("retryable: maybe\n  category:", "category:", "3:14", "`retryable` must be true or false, not 'maybe'"),
    ("retry_after: 601\n  category:", "category:", "3:16", "`retry_after` must be a number above 0 and up to 600, not 601"),
    ("verified: soon\n  category:", "category:", "3:13", "`verified` must be a date such as 2026-11-21, not 'soon'"),
    ("verified: 2026-02-31\n  category:", "category:", "3:13", "not valid YAML: day is out of range for month; a string that looks like a number or a date needs double quotes"),
    ("sources: example.com\n  category:", "category:", "3:12", "`sources` must be a list of URLs, not 'example.com'"),
    ("sources: [example.com]\n  category:", "category:", "3:13", "`sources.0` must be a URL, not 'example.com'"),
    ("related: [Busy]\n  category:", "category:", "3:13", "`related.0` must be an id such as acme/too-many-requests, not 'Busy'"),
    ("id: Acme/Busy", "id: acme/slots-busy", "1:7", "`id` must be an id such as acme/too-many-requests, not 'Acme/Busy'"),
    # texts that YAML reads as something else
    ("title: 404", "title: All slots of the team are busy", "2:10", "`title` must be a string, not 404; put it in double quotes"),
    ("title:", "title: All slots of the team are busy", "2:9", "`title` must be a string, not nothing"),
    ("title: ''", "title: All slots of the team are busy", "2:10", "`title` must not be empty"),
    ("messages: [{count:int}]", 'messages: ["all {count:int} slots are busy, next one free in {retry_after:duration}"]', "4:14", "`messages.0` must be a string, not a mapping; put it in double quotes"),
    ("examples: [limit: 5]", 'examples: ["all 4 slots are busy, next one free in 20 seconds"]', "7:14", "`examples.0.raw` is missing: the text; a string that contains `: ` needs double quotes"),
    ("examples: [5]", 'examples: ["all 4 slots are busy, next one free in 20 seconds"]', "7:14", "`examples.0` must be a string or a mapping with `raw`, not 5; put it in double quotes"),
    ("fix: Note: send", "fix: Send", "6:12", "not valid YAML: mapping values are not allowed in this context; a string that contains `: ` needs double quotes"),
    ("messages: [*all, x]\n  endpoints:", "messages:", "4:14", "YAML aliases are not allowed; write the value out. A string that begins with `*` needs double quotes"),
    # templates
    ("{count:integer}", "{count:int}", "4:14", "`messages.0`: hole {count:integer} has an unknown kind; known kinds are duration, int, "),
    ('"..."', '"all {count:int} slots are busy, next one free in {retry_after:duration}"', "4:14", "`messages.0`: '...' is only punctuation, which templates ignore"),
    ("match: [{code: '-'}]\n  messages:", "messages:", "4:18", "`match.0.code`: '-' needs a letter or a digit, or no text can be searched for it"),
    ("match: [{}]\n  messages:", "messages:", "4:11", "`match.0`: an item of `match` needs at least one key"),
]  # fmt: skip


@pytest.mark.parametrize(("new", "old", "place", "words"), SAID, ids=[words[:50] for *_, words in SAID])
def test_mistakes_of_an_entry(new: str, old: str, place: str, words: str, tmp_path: Path) -> None:
    folder = write(tmp_path, entry=changed(old, new))
    said = list(map(str, read_over(folder)[1]))
    assert any(line.startswith(f"{folder}/acme/limits.yaml:{place}: {words}") for line in said), said


TABLES = [
    ("42x", "429", "2:3", "`42x` is not a status; use a number from 100 to 599, `4xx` or `5xx`"),
    ("row: x\nstatuses:", "statuses:", "1:1", "unknown key `row`; a status table has the keys `provenance`, "),
    ("rows:", "statuses:", "1:1", "`statuses` is missing: a mapping of statuses to their rows"),
    ("statuses: many\nrest:", "statuses:", "1:11", "`statuses` must be a mapping of statuses to their rows"),
    ("418: x\n  429", "429", "2:8", "the row 418 must be a mapping with `category`, `title`, `meaning` and `fix`"),
    ("match: []\n    fix", "fix", "6:5", "`match` in the row 429 follows from the status; leave it out"),
    ("categories", "category", "2:3", "`category` is missing: what went wrong"),
    ("categories", "category", "3:5", "unknown key `categories`; did you mean `category`?"),
    ("mesages: x\n    fix", "fix", "6:5", "unknown key `mesages`; known keys are `title`, `category`, `retryable`, "),
    ("provenance: rumour\nstatuses", "statuses", "1:13", "`provenance` must be one of `documented`, `observed`, not 'rumour'"),
]  # fmt: skip


@pytest.mark.parametrize(("new", "old", "place", "words"), TABLES, ids=[words[:50] for *_, words in TABLES])
def test_mistakes_of_a_table(new: str, old: str, place: str, words: str, tmp_path: Path) -> None:
    folder = write(tmp_path, table=changed(old, new, TABLE))
    said = list(map(str, read_over(folder)[1]))
    assert any(line.startswith(f"{folder}/acme/statuses.yaml:{place}: {words}") for line in said), said


OTHERS = [
    ("provider", "hots: [x]\n", "acme/provider.yaml:4:1", "unknown key `hots`; did you mean `hosts`?"),
    ("provider", "hosts: x\n", "acme/provider.yaml:4:8", "`hosts` must be a list of strings, not 'x'"),
    ("provider", "body: {mesages: []}\n", "acme/provider.yaml:4:8", "unknown key `mesages` in `body`; did you mean `messages`?"),
    ("provider", "exceptions: {AcmeError: x}\n", "acme/provider.yaml:4:25", "`exceptions.AcmeError` must be a number from 100 to 599, not 'x'"),
    ("provider", "heads: ['{code:word}']\n", "acme/provider.yaml:4:9", "`heads.0`: the head '{code:word}' consists only of holes"),
    ("settings", "disabled: []\n", "errdex.yaml:1:1", "unknown key `disabled`; did you mean `disable`?"),
    ("settings", "- x\n", "errdex.yaml:1:1", "this must be a mapping with `disable`, not a list"),
    ("settings", "disable: [cohere/no-api-keys]\n", "errdex.yaml:1:11", "`disable` names 'cohere/no-api-keys', which is not an entry; did you mean cohere/no-api-key"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "place", "words"), OTHERS, ids=[words[:50] for *_, words in OTHERS])
def test_mistakes_of_other_files(name: str, text: str, place: str, words: str, tmp_path: Path) -> None:
    folder = write(tmp_path, **{name: PROVIDER + text if name == "provider" else text})
    said = list(map(str, read_over(folder)[1]))
    assert any(line.startswith(f"{folder}/{place}: {words}") for line in said), said


def test_all_at_once(tmp_path: Path) -> None:
    """A missing key is reported together with the others, not only once they are fixed."""
    text = changed("category:", "categry:").replace("fix:", "fixes:").replace("title: All", "title: 5\n  titel: All")
    said = [issue.message.split(":")[0] for issue in read_over(write(tmp_path, entry=text))[1]]
    assert said == [
        "`category` is missing",
        "`fix` is missing",
        "`title` must be a string, not 5; put it in double quotes",
        "unknown key `titel`; did you mean `title`?",
        "unknown key `categry`; did you mean `category`?",
        "unknown key `fixes`; did you mean `fix`?",
    ]


WRONG: list[Any] = [
    None,
    "",
    "x",
    "a\nb",
    "日本",
    "...",
    "{x",
    "5",
    5,
    -1,
    10**30,
    0.5,
    True,
    [],
    ["x"],
    [None],
    {},
    {"x": 1},
]
WRONG += [{1: 2}, [{}], [{"x": 1}], [[]], {"raw": 1}, [{"field": {}}], {"status": 1, "generic": 1}, {"messages": 1}]  # fmt: skip
PYDANTIC = re.compile(
    r"Input should|Extra inputs|Field required|should (have|match|be)|Value error|valid (string|int|bool)"
)


def _values(model: Any) -> Iterator[dict[str, Any]]:
    whole = {Entry: yaml.safe_load(ENTRY)[0], Provider: yaml.safe_load(PROVIDER), Settings: {}}[model]
    for name in model.model_fields:
        for value in WRONG:
            yield {**whole, name: value}
            yield {name: value}


@pytest.mark.parametrize("model", [Entry, Provider, Settings])
def test_nothing_is_said_in_pydantics_words(model: Any) -> None:
    """Whatever stands at whatever key: a sentence that names the key, and none of pydantic's."""
    types = set()
    for value in _values(model):
        node = yaml.compose(yaml.safe_dump(value, allow_unicode=True))
        _, issues = validate(model, Place("x.yaml", node))
        for issue in issues:
            assert not PYDANTIC.search(issue.message), (value, issue.message)
            assert "`" in issue.message, (value, issue.message)
        try:
            model.model_validate(value)
        except ValidationError as error:
            types |= {detail["type"] for detail in error.errors()}
    if model is Entry:
        assert len(types) > 20  # the test meets most of what pydantic can say
        assert validation.error_types() - {"invalid_key"} <= types


@pytest.mark.parametrize("model", [Entry, Match, Example, Provider, Body, Settings])
def test_every_key_says_what_it_takes(model: Any) -> None:
    """What is expected is read off the schema; a new kind of value needs words."""
    for name in model.model_fields:
        words = schema_words.words(model, schema_words.at(model, (name,)))
        assert re.match(r"(a|an|one of|true or false|`)\b|`", words), (name, words)
        assert schema_words.at(model, (name,))["description"], name
