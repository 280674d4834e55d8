"""What the JavaScript twin takes of Python's constants: all that it asks for, and nothing else."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

import errdex
from errdex.rules.compiled import read_rules
from errdex.site import twin
from errdex.site.bundle import bundle
from errdex.site.constants import ConstantError, constants, taken
from tests.node import node

TAKES = 'const { %s } = require("../constants")("%s");\n'


def test_a_constant_that_is_missing_stops_the_build_with_its_place() -> None:
    with pytest.raises(ConstantError, match=r"read/labels\.js: errdex\.read\.signals\.labels has no _NO_SUCH"):
        constants({"read/labels": TAKES % ("_KEYS, _NO_SUCH", "read.signals.labels")})
    with pytest.raises(ConstantError, match=r"read/x\.js: errdex\.read\.nowhere has no A"):
        constants({"read/x": TAKES % ("A", "read.nowhere")})


def test_a_constant_is_taken_where_it_is_declared() -> None:
    """Elsewhere nobody knows whether a string is a pattern."""
    with pytest.raises(ConstantError, match=r"rules/units\.js: KINDS is not declared in errdex\.rules\.units"):
        constants({"rules/units": TAKES % ("KINDS", "rules.units")})


def test_a_module_names_what_it_takes() -> None:
    with pytest.raises(ConstantError, match="constants must be taken with"):
        constants({"read/text": 'const constants = require("../constants")("read.text");\n'})


def test_a_value_that_is_no_data() -> None:
    with pytest.raises(ConstantError, match=r"read\.body\._NUMBERS: type is not plain data"):
        constants({"read/body": TAKES % ("_NUMBERS", "read.body")})


def test_types() -> None:
    """Strings are patterns by their declared type, in a dict too; frozensets can be told from lists."""
    table = constants(
        {
            "a": TAKES % ("ANSI, MAX_TEXT", "read.raw_text"),
            "d": TAKES % ("_QUOTES", "read.text"),
            "e": TAKES % ("_SAYING", "read.signals.status"),
            "b": TAKES % ("KINDS, OPEN, _DURATION: duration", "rules.holes"),
            "c": TAKES % ("_NO_WORDS", "match.template_matcher"),
        }
    )
    assert table["read.raw_text"].keys() == {"ANSI", "MAX_TEXT"}
    assert table["read.raw_text"]["ANSI"].keys() == {"re"}
    assert table["read.text"]["_QUOTES"] == ["'", '"', "`"]
    assert table["rules.holes"]["OPEN"] == {"set": ["list", "text"]}
    assert all("re" in kind for kind in table["rules.holes"]["KINDS"].values())
    assert table["rules.holes"]["_DURATION"].keys() == {"re"}
    assert table["match.template_matcher"]["_NO_WORDS"].keys() == {"re"}
    assert table["read.signals.status"]["_SAYING"].keys() == {"re"}  # compiled


def uses(name: str, text: str) -> int:
    return len(re.findall(rf"(?<![\w$])(?<![\w)\]]\.){name}\b", text))


def test_no_module_takes_what_it_does_not_use() -> None:
    unused = []
    for script, text in twin.modules().items():
        unused += [(script, name) for _, name in taken(script, text) if uses(name, text) < 2]
    assert unused == []


def test_nothing_is_required_that_is_not_used() -> None:
    unused = []
    for script, text in twin.modules().items():
        for names in re.findall(r"(?m)^const (?:\{([^{}]*)\}|\w+) =\s*require\(", text):
            required = (part.strip().rpartition(": ")[2] for part in names.split(","))
            unused += [(script, name) for name in required if name and uses(name, text) < 2]
    assert unused == []


def test_the_bundle_gives_the_answers_of_the_package(tmp_path: Path) -> None:
    """It is one script that needs no `require`."""
    (tmp_path / "matcher.js").write_text(bundle(), encoding="utf-8")
    (tmp_path / "rules.json").write_text(json.dumps(twin.rules(read_rules())), encoding="utf-8")
    (tmp_path / "weights.json").write_text(json.dumps(twin.weights()), encoding="utf-8")
    texts = ["invalid api token", "the frobnicator has far too many tokens for this model's context window"]
    program = """
        const { readFileSync } = require("node:fs");
        const { runInNewContext } = require("node:vm");
        const [script, rules, weights] = ["matcher.js", "rules.json", "weights.json"].map((name) => readFileSync(name, "utf8"));
        const catalog = runInNewContext(`${script}; errdexMatcher(${rules}, ${weights})`, {});
        process.stdout.write(JSON.stringify(TEXTS.map((text) => catalog.classify(text))));
    """.replace("TEXTS", json.dumps(texts))
    done = subprocess.run([node(), "-e", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [errdex.classify(text).to_dict() for text in texts]
