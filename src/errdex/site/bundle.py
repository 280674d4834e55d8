"""The twin as one script for a page: its modules, and the constants they share with the Python modules they mirror."""

from __future__ import annotations

import json
import re
from typing import Final

from errdex.site import twin
from errdex.site.constants import constants

# All in one function: the page makes the Worker's code from its text, because a page opened from the file system can
# load scripts but not Workers. Modules are functions too, called when another module first needs them.
_HEAD: Final = """\
%s = function () {
  "use strict"; // not beside a rest parameter: browsers reject that
  const given = [...arguments];
  const loaded = new Map();
  const resolve = (from, name) => {
    const path = from.split("/").slice(0, -1);
    for (const step of name.split("/")) {
      if (step === "..") path.pop();
      else if (step !== ".") path.push(step);
    }
    return path.join("/");
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
# Lines that begin like a comment; the twin has no strings over several lines.
_COMMENT: Final = re.compile(r"^[ \t]*(?://.*|/\*\*(?:[^*]|\*(?!/))*\*/[ \t]*)\n", re.MULTILINE)
# A comment behind code: without quotes, so that it is no part of a string.
_ASIDE: Final = re.compile(r"(?<=[;{},\[\]()\w]) // [^\n\"'`]*$", re.MULTILINE)
_INDENT: Final = re.compile(r"^[ \t]+", re.MULTILINE)
_TAIL: Final = """\
  };
  return %s;
};
"""
_SECRETS: Final = "rules/secrets"


def bundle() -> str:
    """Return the script that defines `errdexMatcher(rules, weights)`, which returns a catalog ready to classify."""
    return _bundle("errdexMatcher", twin.CATALOG, "new (load(%s).Catalog)(...given)")


def secrets() -> str:
    """Return the script that defines `errdexMasker()`, which returns what masks the secrets in a text."""
    return _bundle("errdexMasker", _SECRETS, "load(%s).masked")


def module() -> str:
    """Return the npm package's ES module: `make(rules, weights)` returns a catalog that takes errors of any kind."""
    return _bundle("make", twin.API, "new (load(%s).Catalog)(...given)", "export const %s")


def _bundle(name: str, entry: str, result: str, place: str = "globalThis.%s") -> str:
    modules = twin.modules(entry)
    parts = [_HEAD.replace("%s", place % name, 1)]
    for path, text in modules.items():
        parts.append(f"{json.dumps(path)}(module, require) {{\n{_without_comments(text)}\n}},\n")
    parts.append(f"{json.dumps(twin.CONSTANTS)}(module) {{\nmodule.exports = {twin.dump(constants(modules))}}},\n")
    return "".join([*parts, _TAIL % (result % json.dumps(entry))])


def _without_comments(text: str) -> str:
    """Return a module without its indentation and comments: a fifth of what a page loads of it."""
    return _INDENT.sub("", _ASIDE.sub("", _COMMENT.sub("", text)))
