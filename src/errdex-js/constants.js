// The constants of the Python modules: called with "read.signals.labels", this module gives those of errdex/read/signals/labels.py.
// They are named where it is required, `const { _ENDINGS, _KEYS } = …("read.signals.labels");`, and in no other form: by that
// the build knows which ones to write (errdex/site/constants.py).
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
