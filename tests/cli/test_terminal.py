"""No text of a log, a catalog or an argument controls the terminal, whatever command prints it."""

from __future__ import annotations

import io
import json
import re
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from errdex.cli import main
from errdex.model.printable import printable, printable_json
from tests.own_catalog import ENTRY, own_catalog

ODD = [
    *(
        "\x1b[31mR",
        "\x1b]0;t\x07",
        "\x9b31m",
        "\x9d0;t\x9c",
        "\u202e",
        "\u2066",
        "\u2028",
        "\x85",
        "\x7f",
        "\b\b",
        "\r",
    ),
    *("\x00", "\u200b", "\ufeff", "\ud83d", "\U000e0041", "\x0b"),
]
MESSAGE = "model '{}' not found, make sure the correct model ID was used and that you have access to the model."
ALL = "".join(ODD)


def _controls(text: str) -> list[str]:
    plain = re.sub(r"\x1b\[[0-9;]*m", "", text)  # colours of our own
    return sorted({char for char in plain if not char.isprintable() and char != "\n"})


def _run(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    with suppress(SystemExit):
        main(arguments)
    out, err = capsys.readouterr()
    assert "Traceback" not in err
    assert "\x1b[31mR" not in out + err
    return out + err


@pytest.mark.parametrize("command", [
    ["classify"], ["classify", "--why"], ["classify", "--all"], ["classify", "--json"], ["classify", "--json", "--why"],
    ["classify", "--color", "always"], ["classify", "--why", "--color", "always"],
])  # fmt: skip
@pytest.mark.parametrize("form", ["text", "json", "repr", "code"])
def test_texts(form: str, command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    for odd in ODD:
        message = MESSAGE.format(f"a{odd}z")
        text = {
            "text": message,
            "json": json.dumps({"message": message}),
            "repr": f"status_code: 404, body: {{'message': {message!r}}}",
            "code": json.dumps({"error": {"message": "x", "code": f"a{odd}z", "type": f"b{odd}"}}),
        }[form]
        assert _controls(_run(capsys, *command, text)) == [], odd


def test_json_is_of_the_same_value() -> None:
    value = {"a": ALL, "b": ["é", "\n", "\\", '"']}
    text = json.dumps(value, ensure_ascii=False, indent=2)
    assert json.loads(printable_json(text)) == value
    assert _controls(printable_json(text)) == []
    assert printable("a\x1b[31m\nb é 日本") == "a\\x1b[31m\\nb é 日本"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Return the folder of a catalog that loads and has control characters in its texts."""
    folder = own_catalog(tmp_path)
    odd = "x" + "".join(f"\\u{ord(char):04x}" for char in ALL if char < "\ud800") + "\\U000e0041y"
    text = ENTRY.replace("The widget is jammed", f'"{odd}"').replace("The widget cannot move.", f'"{odd}"')
    text = text.replace("Free widget {name} at step {step}.", f'"{odd}"')
    text += f'  steps: "{odd}"\n  note: "{odd}"\n  endpoints: ["{odd}"]\n  snippets: {{python: "{odd}"}}\n'
    text += f'  counterexamples: ["{odd}"]\n'
    (folder / "acme" / "widgets.yaml").write_text(text)
    return folder


@pytest.mark.parametrize("command", [
    ["explain", "acme/widget-jammed"], ["explain", "acme/widget-jammed", "--json"], ["list", "--provider", "acme"],
    ["list", "--provider", "acme", "--json"], ["classify", "widget 'w' is jammed at step 7, call the operator"],
    ["classify", "--json", "widget 'w' is jammed at step 7, call the operator"],
])  # fmt: skip
def test_catalogs(command: list[str], hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = _run(capsys, *command, "--catalog", str(hostile))
    assert "acme/widget-jammed" in said
    assert _controls(said) == []


def test_lint(hostile: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _controls(_run(capsys, "lint", str(hostile))) == []
    (hostile / "acme" / "broken.yaml").write_text('- id: "a\\e[31mR"\n  "\\e[31mR": c\n')
    for command in (["lint"], ["classify", "x", "--catalog"], ["docs", "--out", str(hostile / "out"), "--catalog"]):
        said = _run(capsys, *command, str(hostile))
        assert "broken.yaml" in said
        assert _controls(said) == []


@pytest.mark.parametrize("command", [
    ["annotate", f"no{ALL}file"[:90].replace("\x00", "")], ["explain", ALL], ["list", "--provider", ALL],
    ["lint", f"no{ALL}".replace("\x00", "")], ["classify", "--catalog", f"no{ALL}".replace("\x00", ""), "x"],
    ["classify", "--header", ALL, "x"], [ALL], ["list", f"--{ALL}"], ["list", "--status", ALL], ["classify", "x", ALL],
])  # fmt: skip
def test_arguments(command: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
    command = [argument.replace("\ud83d", "\udcff") for argument in command]  # as the system passes odd bytes
    assert _controls(_run(capsys, *command)) == []
