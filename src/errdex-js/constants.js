// The constants of the Python modules: `require("<relative>/constants")("read.labels")._ENDINGS`.
//
// The table is what errdex.site.constants writes; it is injected before any other module is loaded:
// `require("./constants").inject(table)`. In it a tuple, a list and a frozenset are arrays, a dict is an object without
// prototype (so `key in dict` is safe), bytes are strings, and a pattern is an object for runtime/re.js. Bound methods
// such as `_END = re.compile(…).match` are patterns as well: call `match(_END, text, position, end)`. A string that
// Python passes to `re` is a pattern too, whose `text` is the string as Python has it. What Python compiles at run time
// from the catalog's names is there as well: "read.labels" has the pattern `_label`, made for the compiled catalog.
"use strict";

const { Pattern } = require("./runtime/re");

let modules = null;

function revive(value) {
  if (Array.isArray(value)) return value.map(revive);
  if (value === null || typeof value !== "object") return value;
  if (typeof value.re === "string") return new Pattern(value.re, value.groups ?? null, value.names ?? {}, value.text);
  const dict = Object.create(null);
  for (const key of Object.keys(value)) dict[key] = revive(value[key]);
  return dict;
}

module.exports = (name) => {
  if (!modules) throw new Error("constants: inject(table) comes first");
  if (!modules[name]) throw new Error(`constants: no module ${name}`);
  return modules[name];
};

module.exports.inject = (table) => {
  modules = revive(table);
};
