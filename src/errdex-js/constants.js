// The constants of the Python modules: called with "read.lines", this module returns those of errdex/read/lines.py.
// Always destructure them where this module is required, `const { _MAX_LINE, BULLET } = …("read.lines");`: the build
// (errdex/site/constants.py) finds the constants to write by this form.
//
// Tuples and lists become arrays, a frozenset a Set, a dict an object without a prototype (so that `key in dict` is
// safe), bytes a string, and a pattern a Pattern of runtime/re.js, whether in Python it is a string of type `Pattern`,
// a compiled pattern, or a bound method such as `re.compile(…).match`.
"use strict";

const { Pattern } = require("./runtime/re");

function revive(value) {
  if (Array.isArray(value)) return value.map(revive);
  if (value === null || typeof value !== "object") return value;
  if (typeof value.re === "string") return Pattern.of(value);
  if (Array.isArray(value.set)) return new Set(value.set);
  const dict = Object.create(null);
  for (const key of Object.keys(value)) dict[key] = revive(value[key]);
  return dict;
}

/** Make unknown names an error instead of undefined. */
function strict(values, module) {
  const get = (target, name) => {
    if (!(name in target)) throw new Error(`${module} has no constant ${String(name)}; run \`errdex build\``);
    return target[name];
  };
  return new Proxy(values, { get });
}

const modules = revive(require("./data/constants.json"));

module.exports = (module) => strict(modules[module] ?? {}, module);
