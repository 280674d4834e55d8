"""The rules that the box loads are those of the twin."""

from __future__ import annotations

import json
import subprocess
from importlib.resources import files
from pathlib import Path

from errdex.rules.compiled import read_rules
from errdex.site import twin
from errdex.site.packing import packed, texts
from tests.node import node

RUN = """
const fs = require("fs");
const [unpack, data] = process.argv.slice(2);
require(unpack);
const { packed, texts } = JSON.parse(fs.readFileSync(data, "utf8"));
fs.writeFileSync(1, JSON.stringify(errdexUnpack(packed, Object.assign({}, ...Object.values(texts)))));
"""


def test_what_is_packed_comes_out_the_same(tmp_path: Path) -> None:
    rules = twin.rules(read_rules())
    source = rules["columns"]["entry"].index("source")
    rules["entries"] = [[*row[:source], None, *row[source + 1 :]] for row in rules["entries"]]  # they are on the pages
    told = texts(rules)
    assert told["cohere"]["cohere/model-not-found"][0] == "No such model, or no access to it"
    (tmp_path / "data.json").write_text(json.dumps({"packed": packed(rules), "texts": told}), encoding="utf-8")
    (tmp_path / "run.js").write_text(RUN, encoding="utf-8")
    unpack = str(files("errdex.site").joinpath("assets", "unpack.js"))
    command = [node(), str(tmp_path / "run.js"), unpack, str(tmp_path / "data.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == json.loads(json.dumps(rules))
