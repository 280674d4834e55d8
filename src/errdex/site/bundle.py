"""The browser's matcher as one script: its modules, and the constants that they share with the Python they mirror."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from errdex.site.constants import constants

# A function and no statements: the page makes the Worker's code from its text, for a page read from the file system may
# load scripts but no Worker. Modules are functions too, called when another first needs them.
_HEAD = """\
globalThis.errdexMatcher = function (rules) {
  "use strict";
  const loaded = new Map();
  const resolve = (from, name) => {
    const path = from.split("/").slice(0, -1);
    for (const step of name.split("/")) {
      if (step === "..") path.pop();
      else if (step !== ".") path.push(step);
    }
    return path.join("/").replace(/\\.js$/, "");
  };
  const load = (name) => {
    if (!loaded.has(name)) {
      const module = { exports: {} };
      loaded.set(name, module);
      modules[name](module, (other) => load(resolve(name, other)));
    }
    return loaded.get(name).exports;
  };
  const modules = {
"""
_TAIL = """\
  };
  load("constants").inject(%s);
  return new (load("classifier/catalog").Catalog)(rules);
};
"""


def bundle(rules: dict[str, Any]) -> str:
    """Return the script that defines `errdexMatcher(rules)`, which gives the catalog, ready to classify.

    One of the shared constants, what introduces a message, holds the names of the providers of the compiled `rules`.
    """
    parts = [_HEAD]
    for name, text in sorted(_modules(twin_folder(), "")):
        parts.append(f"{json.dumps(name)}(module, require) {{\n{text}\n}},\n")
    table = json.dumps(constants(rules), ensure_ascii=False, separators=(",", ":"))
    return "".join([*parts, _TAIL % table])


def twin_folder() -> Traversable:
    """Return the folder of the JavaScript twin: packed beside this module, or that of a checkout."""
    packed = files("errdex.site").joinpath("errdex-js")
    return packed if packed.is_dir() else Path(__file__).parents[2] / "errdex-js"


def _modules(folder: Traversable, above: str) -> Iterator[tuple[str, str]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _modules(item, f"{above}{item.name}/")
        elif item.name.endswith(".js"):
            yield above + item.name.removesuffix(".js"), item.read_text(encoding="utf-8")
