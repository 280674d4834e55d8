// The constants of the Python modules: called with "read.signals.labels", this module gives those of errdex/read/signals/labels.py.
// They are named where it is required, `const { _ENDINGS, _KEYS } = …("read.signals.labels");`, and in no other form: by that
// the build knows which ones to write (errdex/site/constants.py).
//
// A tuple and a list are arrays, a frozenset is a Set, a dict is an object without prototype (so `key in dict` is
// safe), bytes are strings, and a pattern is one of runtime/re.js, whether Python has it as a string of the type
// `Pattern`, compiled, or as a bound method such as `re.compile(…).match`.
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

/** Values of which an unknown name is an error, and not undefined. */
function strict(values, module) {
  const get = (target, name) => {
    if (!(name in target)) throw new Error(`${module} has no constant ${String(name)}; run \`errdex build\``);
    return target[name];
  };
  return new Proxy(values, { get });
}

const modules = revive(require("./data/constants.json"));

module.exports = (module) => strict(modules[module] ?? {}, module);
