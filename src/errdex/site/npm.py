"""The twin as a package for npm: one ES module for Node and browsers, without dependencies, and its data.

It is made from the checkout's `src/errdex-js`, whose modules are those of CommonJS.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from errdex.site import bundle, twin

_MODULE: Final = "errdex.js"
_COPIED: Final = ("index.d.ts", "README.md")
_COMMAND: Final = "bin/classify.js"
_AS_MODULE: Final = (
    ('"use strict";\n\n', ""),
    ("const { createInterface } = require(", "import { createInterface } from "),
    ("const { classify, detect } = require(", "import { classify, detect } from "),
    ('"node:readline")', '"node:readline"'),
    ('"..")', '"../index.js"'),
)
"""What makes an ES module of the command."""
_INDEX: Final = """\
import { make } from "./%s";
import { rules } from "./rules.js";
import { weights } from "./weights.js";

let builtIn = null;

export function createCatalog(given = rules) {
  return make(given, weights);
}

export function classify(raw) {
  builtIn ??= createCatalog();
  return builtIn.classify(raw);
}

export function detect(text) {
  builtIn ??= createCatalog();
  return builtIn.detect(text);
}
"""


def package(compiled: dict[str, Any], licence: Path) -> dict[str, str]:
    """Return the files of the package, as path → text.

    Args:
        compiled: The rules of the compiled catalog.
        licence: The file with the licence.
    """
    told = json.loads((twin.CHECKOUT / "package.json").read_text(encoding="utf-8"))
    texts = {name: (twin.CHECKOUT / name).read_text(encoding="utf-8") for name in _COPIED}
    command = (twin.CHECKOUT / _COMMAND).read_text(encoding="utf-8")
    for old, new in _AS_MODULE:
        command = command.replace(old, new)
    return texts | {
        _COMMAND: command,
        "package.json": json.dumps(_told(told), indent=2) + "\n",
        "LICENSE": licence.read_text(encoding="utf-8"),
        "index.js": _INDEX % _MODULE,
        _MODULE: bundle.module(),
        "rules.js": _data("rules", twin.rules(compiled)),
        "weights.js": _data("weights", twin.weights()),
    }


def write(compiled: dict[str, Any], out: Path) -> list[Path]:
    """Write the package into a folder; return its files."""
    paths = []
    for name, text in package(compiled, twin.CHECKOUT.parents[1] / "LICENSE").items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        paths.append(path)
    return paths


def _told(told: dict[str, Any]) -> dict[str, Any]:
    """Return the package.json of the package, from that of the checkout."""
    kept = {key: told[key] for key in ("name", "version", "description", "license", "keywords", "repository")}
    return kept | {
        "type": "module",
        "exports": {".": {"types": "./index.d.ts", "default": "./index.js"}, "./package.json": "./package.json"},
        "types": "./index.d.ts",
        "bin": told["bin"],
        "files": ["*.js", "index.d.ts", "bin"],
        "sideEffects": False,
        "engines": told["engines"],
    }


def _data(name: str, value: Any) -> str:
    """Return a module of data; engines parse JSON in a string faster than they parse code."""
    text = json.dumps(twin.dump(value).strip(), ensure_ascii=False)
    return f"export const {name} = JSON.parse({text});\n".replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
