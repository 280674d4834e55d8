"""Catalogs from strangers: any file gives a catalog or a CatalogError with its place, in bounded time and memory."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from errdex.authoring.overlay import load_alone, load_over
from errdex.authoring.source import read
from errdex.classifier.catalog import Catalog
from errdex.lint.checks import lint
from errdex.model.errors import CatalogError
from errdex.rules.compiled import Rules
from tests.growth import MOST, growth
from tests.own_catalog import ENTRY, PROVIDER, own_catalog

MESSAGE = '"widget {name:name} is jammed at step {step:int}, call the operator"'


def entry(old: str = "", new: str = "") -> str:
    assert old in ENTRY
    return ENTRY.replace(old, new) if old else ENTRY


def _write(path: Path, content: str | bytes) -> None:
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))


REFUSED: dict[str, tuple[str, str | bytes]] = {
    "tag in settings": ("errdex.yaml", "disable: !foo [a]\n"),
    "code in settings": ("errdex.yaml", "disable: !!python/object/apply:os.system ['false']\n"),
    "code in an entry": ("acme/a.yaml", entry("The widget is jammed", "!!python/name:os.system")),
    "no such date in settings": ("errdex.yaml", "disable: 2026-99-99\n"),
    "5,000 digits in settings": ("errdex.yaml", "disable: [" + "9" * 5_000 + "]\n"),
    "a list as key of settings": ("errdex.yaml", "? [a, b]\n: c\n"),
    "a mapping as key of settings": ("errdex.yaml", "? {a: b}\n: c\n"),
    "a list for settings": ("errdex.yaml", "- a\n"),
    "nothing in settings": ("errdex.yaml", "disable:\n"),
    "a list as key of entries": ("acme/a.yaml", "? [a]\n: b\n"),
    "a list as key of an entry": ("acme/a.yaml", "- ? [a]\n  : b\n"),
    "keys that are no strings": ("acme/a.yaml", "- ~: b\n  1: c\n  true: d\n"),
    "5,000 digits": ("acme/a.yaml", entry("409", "9" * 5_000)),
    "a number to base 60": ("acme/a.yaml", entry("409", "1" + ":59" * 600_000)),
    "a hexadecimal number": ("acme/a.yaml", entry("409", "0x" + "f" * 100_000)),
    "an infinite number": ("acme/a.yaml", entry("409", "1e400")),
    "no number": ("acme/a.yaml", ENTRY + "  retry_after: .nan\n"),
    "no such date": ("acme/a.yaml", entry("2026-11-21", "2026-13-45")),
    "aliases": ("acme/a.yaml", "a: &a [x, x]\nb: [*a, *a]\n"),
    "merged aliases": ("acme/a.yaml", "- &a {id: acme/a}\n- <<: *a\n"),
    "open lists": ("acme/a.yaml", "[" * 100_000),
    "nested lists": ("acme/a.yaml", "[" * 50_000 + "]" * 50_000),
    "nested items": ("acme/a.yaml", "- " * 20_000 + "x"),
    "nested in a value": ("acme/a.yaml", entry("The widget cannot move.", "[" * 900 + "]" * 900)),
    "nested in settings": ("errdex.yaml", "disable: " + "[" * 990 + "]" * 990),
    "bytes that are no UTF-8": ("acme/a.yaml", ENTRY.encode() + b"\xff\xfe\n"),
    "UTF-16": ("acme/a.yaml", ENTRY.encode("utf-16")),
    "NUL": ("acme/a.yaml", ENTRY + "\0"),
    "a surrogate": ("acme/a.yaml", ENTRY + "# \ud800\n"),
    "too large": ("acme/a.yaml", "#" * 2_000_001),
    "nothing but mistakes": ("acme/a.yaml", "- {}\n" * 390_000),
    "the same key again and again": ("acme/a.yaml", "- {" + "a: b, " * 100_000 + "}\n"),
    "a message of punctuation": ("acme/a.yaml", entry(MESSAGE, '"!!! ... ???"')),
    "a message of blanks": ("acme/a.yaml", entry(MESSAGE, '" "')),
    "an empty name": ("acme/provider.yaml", PROVIDER.replace("Acme", "''")),
    "names of punctuation": ("acme/provider.yaml", PROVIDER + "modules: ['', ' ', '!']\nexceptions: {'.': 400}\n"),
    "a head of holes": ("acme/provider.yaml", PROVIDER + "heads: ['{status:int}', '{x:text}']\n"),
    "a head with touching holes": ("acme/provider.yaml", PROVIDER + "heads: ['{status:int}{x:int}']\n"),
    "a source with markup": ("acme/a.yaml", entry("https://example.com/widgets", '"https://x><script>"')),
    "a language with markup": ("acme/a.yaml", ENTRY + "  snippets: {'x\"><script>': y}\n"),
    "codes of punctuation": ("acme/a.yaml", entry(f"messages: [{MESSAGE}]", "match: [{code: '!!!'}, {field: {'.': x}}]")),
    "an unknown id": ("errdex.yaml", "disable: [acme/no-such-entry]\n"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_any_file_that_is_no_catalog_is_refused_with_its_place(name: str, tmp_path: Path) -> None:
    path, content = REFUSED[name]
    folder = own_catalog(tmp_path)
    _write(folder / path, content)
    with pytest.raises(CatalogError) as caught:
        load_over(folder)
    places = {issue.location.path for issue in caught.value.issues}
    assert str(folder / path) in places
    assert len(caught.value.issues) < 1_200
    assert all(map(str.isprintable, str(caught.value).split("\n")))
    assert len(lint(folder).issues) >= len(caught.value.issues)  # lint reports and does not raise


def _fifo(path: Path) -> None:
    os.mkfifo(path)


ODD: dict[str, Callable[[Path], None]] = {
    "a FIFO": _fifo,
    "an endless device": lambda path: path.symlink_to("/dev/zero"),
    "a terminal": lambda path: path.symlink_to("/dev/tty"),
    "a folder": Path.mkdir,
    "a link to itself": lambda path: path.symlink_to(path),
    "a link to nothing": lambda path: path.symlink_to("nowhere"),
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("path", ["acme/odd.yaml", "errdex.yaml"])
def test_what_is_no_file_is_refused(path: str, name: str, tmp_path: Path) -> None:
    """A FIFO would wait for ever, and a device has no end."""
    folder = own_catalog(tmp_path)
    ODD[name](folder / path)
    issues = read(folder)[1]
    assert [(issue.location.path, issue.code) for issue in issues] == [(str(folder / path), "unreadable")]


def test_names_and_texts_of_files_do_not_control_a_terminal(tmp_path: Path) -> None:
    folder = tmp_path / "a\x1b[31mb"
    (folder / "ac\x9bme").mkdir(parents=True)
    (folder / "ac\x9bme" / "c\nd.yaml").write_text('- id: "a\\e]0;t\\x07"\n  "\\x7fb": c\n')
    with pytest.raises(CatalogError) as caught:
        load_over(folder)
    assert len(caught.value.issues) > 1
    assert all(map(str.isprintable, str(caught.value).split("\n")))


OTHER_SCRIPTS = {
    "name": (PROVIDER.replace("name: Acme", "name: 株式会社"), "株式会社 error 429: boom"),
    "names": (PROVIDER + "names: [智谱]\n", "智谱 error 429: boom"),
    "hosts": (PROVIDER.replace("[api.acme.example]", "['例え.jp']"), "Client error '429' for url 'https://例え.jp/x'"),
    "prefixes": (PROVIDER + "prefixes: ['ошибка: ']\n", "acme: ошибка: widget 'w' is jammed at step 7, call the operator"),
    "heads": (PROVIDER + "heads: ['ошибка acme {status:int}: ']\n", "ошибка acme 429: boom"),
}  # fmt: skip


@pytest.mark.once
@pytest.mark.parametrize("what", OTHER_SCRIPTS)
def test_providers_in_other_scripts(what: str, tmp_path: Path) -> None:
    provider, text = OTHER_SCRIPTS[what]
    folder = own_catalog(tmp_path)
    keys = {line.partition(":")[0]: line for line in provider.splitlines()}  # the last of each key
    (folder / "acme" / "provider.yaml").write_text("\n".join(keys.values()), encoding="utf-8")
    catalog = Catalog.load(folder)
    answer = catalog.classify(text)
    assert (answer.provider, answer.status) == ("acme", 409 if what == "prefixes" else 429)
    assert catalog.classify("error 429: boom").provider is None


def test_exception_classes_in_other_scripts(tmp_path: Path) -> None:
    folder = own_catalog(tmp_path)
    (folder / "acme" / "provider.yaml").write_text(PROVIDER + "exceptions: {ОшибкаЛимита: 429}\n", encoding="utf-8")
    evidence = Catalog.load(folder).why("ОшибкаЛимита: boom")["evidence"]
    assert evidence is not None
    assert evidence["exceptions"] == ["ОшибкаЛимита"]


def test_codes_fields_and_classes_in_other_scripts(tmp_path: Path) -> None:
    folder = own_catalog(tmp_path)
    items = {
        "code": "配额已满",
        "field": {"причина": "лимит"},
        "exception": "엔진오류",
        "detail": {"理由": "満員 {_:word}"},
    }
    text = "".join(
        entry("acme/widget-jammed", f"acme/by-{key}")
        .replace(f"messages: [{MESSAGE}]", f"match: [{json.dumps({key: value}, ensure_ascii=False)}]")
        .replace("Free widget {name} at step {step}.", "Free it.")
        for key, value in items.items()
    )  # fmt: skip
    (folder / "acme" / "widgets.yaml").write_text(text, encoding="utf-8")
    catalog = Catalog.load(folder)
    assert catalog.classify({"error": {"code": "配额已满", "message": "x"}}).entry == "acme/by-code"
    assert catalog.classify({"причина": "лимит", "message": "x"}).entry == "acme/by-field"
    assert catalog.classify({"error": {"message": "x", "理由": "満員 です"}}).entry == "acme/by-detail"
    assert catalog.classify(type("엔진오류", (Exception,), {})("boom")).entry == "acme/by-exception"
    assert catalog.classify({"error": {"code": "配额", "message": "x"}}).entry is None


def test_loading_takes_linear_time(tmp_path: Path) -> None:
    """Many messages of one entry, which differ at their ends or from their beginnings."""

    def work(size: int, form: str) -> Callable[[], object]:
        folder = tmp_path / f"{form[:3]}{size}"
        (folder / "acme").mkdir(parents=True, exist_ok=True)
        messages = json.dumps([form.format(number) for number in range(size // 10)])
        (folder / "acme" / "a.yaml").write_text(entry(f"[{MESSAGE}]", messages))
        return partial(load_alone, folder)

    for form in ("message {} of the many messages here", "the many messages here all begin alike {}"):
        assert growth(partial(work, form=form)) <= MOST


def test_what_loads_classifies(tmp_path: Path) -> None:
    """Odd, and yet catalogs: long templates, many holes, names that look like patterns, control characters."""
    folder = own_catalog(tmp_path)
    messages = {
        "long": "word " * 20_000 + "end",
        "holes": "some words " + " ".join("{_:word} x" for _ in range(2_000)),
        "control": "some message\0with a nul \x01 inside it, and some words",
    }
    text = "".join(
        entry("acme/widget-jammed", f"acme/{name}").replace(MESSAGE, json.dumps(message)).replace(
            "Free widget {name} at step {step}.", "Free it."
        )
        for name, message in messages.items()
    )  # fmt: skip
    (folder / "acme" / "odd.yaml").write_text(text)
    names = json.dumps(["(a+)+$", "[x", "\\w", ".*x", "x" * 100_000, "a\0b"])
    (folder / "acme" / "provider.yaml").write_text(PROVIDER.replace("[acme]", names))
    catalog = Catalog(Rules(load_over(folder)[0]))
    for name, message in messages.items():
        assert catalog.classify(message.replace("{_:word}", "y")).entry == f"acme/{name}"
