"""The public surface: what is on it, that it is typed and documented, and what its parts promise."""

from __future__ import annotations

import ast
import copy
import io
import json
import logging
import pickle
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import pytest

import errdex
import errdex.integrations
import errdex.retry
from errdex import Classification
from errdex.integrations.logging import ErrdexFilter
from errdex.integrations.loguru import patcher
from errdex.integrations.opentelemetry import otel_attributes, set_span_attributes
from errdex.integrations.structlog import annotate

ROOT = Path(__file__).parents[1]
PROGRAM = ROOT / "tests" / "typing" / "api.py"
MODULES = re.findall(r"^- `(errdex[\w.]*)`$", (ROOT / "docs" / "versioning.md").read_text("utf-8"), flags=re.MULTILINE)
NAMES = [(module, name) for module in MODULES for name in import_module(module).__all__]
VALUES = (errdex.Catalog, Classification, errdex.CatalogError, errdex.UnknownEntryError, errdex.Entry, errdex.Issue)
VALUES += (errdex.Location, errdex.Category, errdex.Scope, errdex.Action, errdex.retry.RetryPolicy, errdex.retry.Step)
INHERITED = {"args", "with_traceback", "add_note", "count", "index", *dir(str)}

PROVIDER = "{provider: acme, name: Acme, docs: https://acme.example/docs}"
OURS = """
- id: acme/widget-jammed
  title: The widget is jammed
  status: 409
  category: conflict
  messages: ["the widget number {number:int} is jammed, pull it out"]
  meaning: A widget got stuck.
  fix: Pull widget {number} out.
  examples: ["the widget number 7 is jammed, pull it out"]
  provenance: documented
  sources: [https://acme.example/errors]
  verified: 2026-11-01
"""
JAMMED = "the widget number 7 is jammed, pull it out"


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> errdex.Catalog:
    """A catalog of the user's own over the built-in one."""
    folder = tmp_path_factory.mktemp("ours") / "acme"
    folder.mkdir()
    (folder / "provider.yaml").write_text(PROVIDER)
    (folder / "widgets.yaml").write_text(OURS)
    return errdex.Catalog.load(folder.parent)


@pytest.fixture
def in_use(ours: errdex.Catalog) -> Iterator[errdex.Catalog]:
    """The same, as the default of the process."""
    errdex.use(ours)
    yield ours
    errdex.use(None)


# What is public.


def test_the_page_on_versions_lists_the_public_modules() -> None:
    """No integration is left out; those of its modules that begin with an underscore are private."""
    found = {f"errdex.integrations.{module.name}" for module in iter_modules(errdex.integrations.__path__)}
    found = {name for name in found if "._" not in name}
    found |= {f"errdex.arrow.{engine}" for engine in ("duckdb", "pandas", "polars", "ray", "spark")}
    assert found | {"errdex", "errdex.arrow", "errdex.retry", "errdex.wall"} == set(MODULES)


def test_types() -> None:
    """A type checker that knows only the installed package accepts the program, and sees the types that it names."""
    pytest.importorskip("mypy", reason="mypy is not installed")
    command = [sys.executable, "-m", "mypy", "--strict", "--config-file=", str(PROGRAM)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_the_program_uses_everything() -> None:
    """No public name, nor a public attribute of the values, is left out of the program that is type-checked."""
    tree = ast.parse(PROGRAM.read_text("utf-8"))
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    used |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
    used |= {name for node in ast.walk(tree) if isinstance(node, ast.MatchClass) for name in node.kwd_attrs}
    assert {name for _, name in NAMES} - used == set()
    members = {name for value in VALUES for name in dir(value) if not name.startswith("_")} - INHERITED
    assert {name for name in members if not name.isupper()} - used == set()


def test_the_reference_names_everything() -> None:
    """No public name is left out of the API reference."""
    text = (ROOT / "docs" / "api.md").read_text("utf-8")
    assert [f"{module}.{name}" for module, name in NAMES if f"{module}.{name}" not in text] == []


# Answers.


PARAMS = {"limit": 4081, "ratio": 0.5, "model": "x", "roles": ["User", "Chatbot"]}
FULL = Classification(
    entry="cohere/prompt-too-long", category=errdex.Category.CONTEXT_LENGTH, params=PARAMS, basis=errdex.Basis.MESSAGE
)


def test_an_answer_is_no_tuple() -> None:
    """It has no length and no order, and JSON does not make an array of it."""
    assert not isinstance(FULL, tuple)
    assert not hasattr(FULL, "__iter__")
    assert not hasattr(FULL, "__len__")
    with pytest.raises(TypeError):
        json.dumps(FULL)
    told = json.loads(json.dumps(FULL.to_dict()))
    assert told == FULL.to_dict()
    assert told["params"] == PARAMS
    assert list(told)[:3] == ["entry", "provider", "status"]


def test_an_answer_cannot_be_changed() -> None:
    """Neither its fields, nor its params, nor lists in them, nor by what it was made of."""
    given = {"limit": 1, "roles": ["User"]}
    made = Classification(params=given)
    given["limit"] = 2
    given["roles"].append("Chatbot")  # type: ignore[attr-defined]
    made.to_dict()["params"]["roles"].append("Tool")
    assert made.params == {"limit": 1, "roles": ("User",)}
    for name in made.to_dict():
        with pytest.raises(AttributeError):
            setattr(made, name, None)
        with pytest.raises(AttributeError):
            delattr(made, name)
    with pytest.raises(AttributeError):
        made.note = "mine"  # type: ignore[attr-defined]
    assert isinstance(made.params, Mapping)
    for change in ("__setitem__", "__delitem__", "update", "setdefault", "pop", "popitem", "clear", "__ior__"):
        assert not hasattr(made.params, change)
    assert not hasattr(errdex.classify("nothing").params, "update")


def test_answers_are_values() -> None:
    """Equal if they say the same, usable as keys, copied and pickled as they are."""
    for kept in (FULL, Classification(), errdex.classify("Cohere: invalid api token")):
        for other in (copy.copy(kept), copy.deepcopy(kept), pickle.loads(pickle.dumps(kept))):
            assert other == kept
            assert hash(other) == hash(kept)
            assert other.params == kept.params
            assert other.to_dict() == kept.to_dict()
    assert Classification(entry=FULL.entry) != FULL
    assert Classification(params={"limit": 1}) != Classification(params={"limit": 2})
    assert FULL.to_dict() != FULL
    assert len({FULL, copy.copy(FULL), Classification()}) == 2


def test_an_answer_shows_what_it_says() -> None:
    """Fields that say nothing are left out."""
    assert repr(FULL) == (
        "Classification(entry='cohere/prompt-too-long', category='context_length', retryable=False, scope='request', "
        "params={'limit': 4081, 'ratio': 0.5, 'model': 'x', 'roles': ('User', 'Chatbot')}, basis='message')"
    )
    assert repr(Classification()) == "Classification(category='unknown', retryable=False, basis='none')"


def test_answers_are_matched_by_keyword() -> None:
    """`match` reads fields by name, and params as the mapping that they are."""
    match FULL:
        case Classification(retryable=True):
            found = "worth a retry"
        case Classification(category="context_length", params={"limit": int(limit)}):
            found = limit
        case _:
            found = None
    assert found == 4081


def test_lists_in_params_are_tuples() -> None:
    """Of a list in a message too, and JSON has a list again."""
    rows = json.loads((ROOT / "tests/data/cohere_errors_page.json").read_text("utf-8"))
    row = next(row for row in rows if "supported" in row["params"])
    found = errdex.classify(row["message"])
    assert found.params["supported"] == ("User", "Chatbot", "System", "Tool")
    assert found.to_dict()["params"]["supported"] == ["User", "Chatbot", "System", "Tool"]
    command = [sys.executable, "-m", "errdex", "classify", row["message"]]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "supported = User, Chatbot, System, Tool" in printed


# Hints.


def test_headers_in_all_their_forms() -> None:
    """A mapping, pairs in a list or tuple, of text or bytes, and what only has `items()`."""
    import email.message

    message = email.message.Message()
    message["Retry-After"] = "7"
    pairs = [("Retry-After", "7"), ("Retry-After", "8")]
    for headers in (dict([pairs[0]]), pairs, tuple(pairs), [(b"retry-after", b"7")], message):
        assert errdex.classify("Too Many Requests", status=429, headers=headers).retry_after == 7.0


# Catalogs.


def test_an_entry_by_its_id(ours: errdex.Catalog) -> None:
    """It is what stands in `entries`; a wrong id raises, and names those like it."""
    assert ours.entry("acme/widget-jammed").title == "The widget is jammed"
    assert ours.entry("cohere/invalid-api-key") in ours.entries
    with pytest.raises(errdex.UnknownEntryError, match=r"did you mean .*acme/widget-jammed") as caught:
        ours.entry("acme/widget-jamed")
    assert caught.value.entry == "acme/widget-jamed"
    assert "acme/widget-jammed" in caught.value.near
    with pytest.raises(LookupError):
        errdex.default_catalog().entry("acme/widget-jammed")


def test_methods_ask_their_own_catalog(ours: errdex.Catalog) -> None:
    """Every function is a method, and another catalog's answer is not asked for."""
    error = RuntimeError(JAMMED)
    assert not errdex.classify(error)
    assert ours.classify(error).entry == ours.detect(JAMMED).entry == "acme/widget-jammed"
    assert ours.classify_all(error)[0].entry == ours.why(error)["candidates"][0]["entry"] == "acme/widget-jammed"
    assert not ours.is_retryable(error)
    assert ours.is_retryable(
        RuntimeError("Cohere: You are past the per minute request limit, please wait and try again later.")
    )
    assert errdex.add_note(error) == Classification()
    assert not hasattr(error, "__notes__")
    assert ours.add_note(ExceptionGroup("two", [error])).entry == "acme/widget-jammed"
    assert error.__notes__[0].startswith("errdex: The widget is jammed")


def test_explaining_asks_its_own_catalog(ours: errdex.Catalog) -> None:
    """As a decorator with and without parentheses, and as a context manager."""

    def fail() -> None:
        raise RuntimeError(JAMMED)

    def block() -> None:
        with ours.explaining():
            fail()

    for failing in (ours.explaining(fail), ours.explaining(provider="acme")(fail), block):
        with pytest.raises(RuntimeError) as caught:
            failing()
        assert caught.value.__notes__[0].startswith("errdex: The widget is jammed")


class Recorded:
    """A span."""

    def __init__(self) -> None:
        self.attributes: dict[str, object] = {}

    def is_recording(self) -> bool:
        return True

    def set_attributes(self, attributes: Mapping[str, object]) -> None:
        self.attributes.update(attributes)


class Level:
    no = 40


def told_by_integrations(**catalog: errdex.Catalog | None) -> list[object]:
    """What each integration says of the jammed widget, if it is given these arguments."""
    record = logging.makeLogRecord({"msg": JAMMED, "levelno": logging.ERROR})
    ErrdexFilter(**catalog).filter(record)
    event = partial(annotate, **catalog)(None, "error", {"event": JAMMED})
    patched = {"level": Level, "exception": None, "message": JAMMED, "extra": {}}
    partial(patcher, **catalog)(patched)
    span = Recorded()
    set_span_attributes(span, RuntimeError(JAMMED), **catalog)
    return [
        record.error_entry,
        event.get("error_entry"),
        patched["extra"]["error_entry"],
        otel_attributes(JAMMED, **catalog).get("errdex.entry"),
        span.attributes.get("errdex.entry"),
    ]


def test_integrations_take_a_catalog(ours: errdex.Catalog) -> None:
    """Each asks the catalog that it is given, else the one in use."""
    assert told_by_integrations() == [None] * 5
    assert told_by_integrations(catalog=None) == [None] * 5
    assert told_by_integrations(catalog=ours) == ["acme/widget-jammed"] * 5


def test_a_filter_made_by_a_configuration_takes_a_catalog(ours: errdex.Catalog) -> None:
    """`dictConfig` passes the object on."""
    import logging.config

    stream = io.StringIO()
    filters = {"ours": {"()": "errdex.integrations.logging.ErrdexFilter", "catalog": ours}}
    handler = {"class": "logging.StreamHandler", "stream": stream, "filters": ["ours"], "formatter": "short"}
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": filters,
            "formatters": {"short": {"format": "%(error_entry)s"}},
            "handlers": {"out": handler},
            "loggers": {"acme": {"handlers": ["out"], "propagate": False}},
        }
    )
    logging.getLogger("acme").error(JAMMED)
    assert stream.getvalue() == "acme/widget-jammed\n"


# The default.


def test_use_changes_the_default_of_what_is_there(ours: errdex.Catalog) -> None:
    """Functions, integrations, policies and decorators made before ask the catalog in use, and then the built-in one."""
    error = RuntimeError(JAMMED)
    policy = errdex.retry.RetryPolicy(ceiling=0.001)

    @errdex.explaining
    def fail() -> None:
        raise RuntimeError(JAMMED)

    built_in = errdex.default_catalog()
    for catalog, entry in ((ours, "acme/widget-jammed"), (None, None), (ours, "acme/widget-jammed")):
        errdex.use(catalog)
        try:
            assert errdex.default_catalog() is (catalog or built_in)
            assert errdex.classify(error).entry == errdex.detect(JAMMED).entry == entry
            assert [found.entry for found in errdex.classify_all(error)[:1]] == ([entry] if entry else [])
            assert bool(errdex.why(error)["candidates"]) is bool(entry)
            assert told_by_integrations() == [entry] * 5
            with pytest.raises(RuntimeError) as caught:
                fail()
            assert hasattr(caught.value, "__notes__") is bool(entry)
            assert policy.is_retryable(error) is errdex.retry.is_retryable(error) is errdex.is_retryable(error) is False
        finally:
            errdex.use(None)
    assert errdex.default_catalog() is built_in


def test_retries_ask_the_catalog_in_use(tmp_path: Path) -> None:
    """A policy made before follows; one with a catalog of its own does not."""
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "provider.yaml").write_text(PROVIDER)
    (tmp_path / "acme" / "widgets.yaml").write_text(OURS.replace("category: conflict", "category: not_ready"))
    waiting = errdex.Catalog.load(tmp_path)
    error = RuntimeError(JAMMED)
    before, own = errdex.retry.RetryPolicy(), errdex.retry.RetryPolicy(catalog=errdex.default_catalog())
    errdex.use(waiting)
    try:
        assert before.is_retryable(error)
        assert errdex.retry.stamina_hook(error) is True
        assert not errdex.retry.backoff_giveup(error)
        assert not own.is_retryable(error)
    finally:
        errdex.use(None)
    assert not before.is_retryable(error)


def test_use_takes_only_catalogs() -> None:
    """A folder is no catalog; the mistake shows where it is made, and changes nothing."""
    before = errdex.default_catalog()
    with pytest.raises(TypeError, match=r"Catalog\.load\(\)"):
        errdex.use("our-errors/")  # type: ignore[arg-type]
    assert errdex.default_catalog() is before


def test_the_default_is_for_all_threads(in_use: errdex.Catalog) -> None:
    """What one thread sets, the others ask."""
    found: list[str | None] = []
    threads = [threading.Thread(target=lambda: found.append(errdex.classify(JAMMED).entry)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == ["acme/widget-jammed"] * 4


def test_the_built_in_catalog_is_loaded_once() -> None:
    """Threads that ask at the same moment get the same one;"""
    code = (
        "import threading, errdex\n"
        "from errdex.classifier import default\n"
        "barrier, found = threading.Barrier(8), []\n"
        "def ask(): barrier.wait(); found.append(errdex.default_catalog())\n"
        "threads = [threading.Thread(target=ask) for _ in range(8)]\n"
        "[thread.start() for thread in threads]; [thread.join() for thread in threads]\n"
        "print(len(found), len(set(map(id, found))))\n"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "8 1\n"


# classify and detect.


def test_detect_and_classify() -> None:
    """What the one answers, the other answers too, for text and bytes."""
    for text in ("Cohere: invalid api token", "HTTP/1.1 429 Too Many Requests", "chat 429 of 512 done", ""):
        assert errdex.detect(text) == errdex.detect(text.encode())
        assert not errdex.detect(text) or errdex.detect(text) == errdex.classify(text)


def test_loggers_detect_texts_and_classify_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody says that a text is an API error; an exception is one that somebody holds."""
    asked: list[tuple[str, object]] = []

    class Asked(errdex.Catalog):
        def __init__(self) -> None:
            pass

        def classify(self, raw: object, **_: object) -> Classification:
            asked.append(("classify", raw))
            return Classification()

        def detect(self, text: str | bytes) -> Classification:
            asked.append(("detect", text))
            return Classification()

    error, catalog = KeyError("x"), Asked()
    annotate(None, "error", {"event": "it failed", "error": "a text", "exc_info": error}, catalog=catalog)
    assert asked == [("classify", error), ("detect", "a text"), ("detect", "it failed: a text")]
    asked.clear()
    record = logging.makeLogRecord({"msg": "it failed: %s", "args": (error,), "levelno": logging.ERROR})
    ErrdexFilter(catalog=catalog).filter(record)
    assert asked == [("classify", error), ("detect", "it failed: 'x'")]
    asked.clear()
    patcher({"level": Level, "exception": None, "message": "it failed", "extra": {}}, catalog=catalog)
    assert asked == [("detect", "it failed")]


def test_a_catalog_that_is_none_is_refused_where_it_is_given() -> None:
    """Not later, in an error handler or in every record of a log."""
    folder: Any = "my-catalog"
    for make in (
        errdex.use,
        lambda given: errdex.retry.RetryPolicy(catalog=given),
        lambda given: ErrdexFilter(catalog=given),
    ):
        with pytest.raises(TypeError, match=r"Catalog\.load\(\) makes one from a folder"):
            make(folder)
