// What a hole took → the value of a param; the same as matching/values.py.
"use strict";

const { _DURATION, _PUNCTUATION, _SECONDS, _SPLIT } = require("../constants")("matching.values");
const re = require("../runtime/re");
const { rstrip, strip } = require("../runtime/text");

/** A param that is Python's float: JavaScript's numbers do not tell, and a fix shows them otherwise. */
class Float {
  constructor(value) {
    this.value = value;
  }
}

function seconds(text) {
  let total = 0;
  for (const [number, unit] of re.findall(_DURATION, text.toLowerCase())) {
    const scale = unit.startsWith("ms") || unit.startsWith("milli") ? 0.001 : _SECONDS[unit[0]];
    total += Number(number) * scale;
  }
  return Number(total.toFixed(6));
}

/** A text, an array of texts, a BigInt for an int, or a Float. */
function convert(kind, text) {
  text = text.replaceAll("\n", " ");
  if (kind === "int") return BigInt(text.replace(/[,_]/g, ""));
  if (kind === "number") return new Float(Number(text.replace(/[,_]/g, "")));
  if (kind === "duration") return new Float(seconds(text));
  if (kind === "name") return strip(text, "'");
  return kind === "list" ? items(text) : text;
}

function items(text) {
  text = strip(text);
  const inside = strip(rstrip(text, "."), "[](){} ");
  if (text.startsWith("[") && !re.search(_PUNCTUATION, text)) return inside.split(/\s+/); // as Go prints a slice
  return re.split(_SPLIT, inside).map((part) => strip(part, " '[]")).filter(Boolean);
}

module.exports = { Float, convert, seconds };
