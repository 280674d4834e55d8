// The statements of a text of several lines. Twin of wording/statements.py.
"use strict";

const { Lines } = require("../read/lines");
const { finditer, match, search } = require("../runtime/re");

const { _ELSE, _HEAD, _LINE, _QUIET, _READ } = require("../constants")("wording.statements");

/** The lines of a text that may say what failed; none if it has a single line. */
function statementsOf(text) {
  if (!text.includes("\n")) return [];
  const lines = new Lines(text);
  const found = [...finditer(_LINE, text)].filter((seen) => !match(_ELSE, seen.g(0)) && !lines.isCode(seen.start));
  let telling = found.map((seen) => seen.g(0));
  if (telling.length > 2 * _READ) telling = [...telling.slice(0, _READ), ...telling.slice(-_READ)];
  const loud = telling.filter((line) => !search(_QUIET, line.slice(0, _HEAD)));
  return loud.length ? loud : telling;
}

module.exports = { statementsOf };
