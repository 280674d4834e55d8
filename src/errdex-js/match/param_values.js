// Converts the text matched by a hole to the value of a param. Twin of match/param_values.py.
"use strict";

const { seconds } = require("../rules/holes");
const re = require("../runtime/re");
const { rstrip, strip } = require("../runtime/text");

const { BODY } = require("../constants")("read.evidence");
const { _PUNCTUATION, _SPLIT } = require("../constants")("match.param_values");

/** A param that is a float in Python: JavaScript has no such distinction, but a fix shows floats differently. */
class Float {
  constructor(value) {
    this.value = value;
  }
}

/** The value of a hole: a text, an array of texts, a BigInt for an int, or a Float. */
function convert(kind, text) {
  text = text.replaceAll("\n", " ").replaceAll(BODY, "{…}");
  if (kind === "int") return BigInt(text.replace(/[,_]/g, ""));
  if (kind === "number") return new Float(Number(text.replace(/[,_]/g, "")));
  if (kind === "duration") return new Float(seconds(text));
  if (kind === "name") return strip(text, "'");
  return kind === "list" ? items(text) : text;
}

function items(text) {
  text = strip(text);
  const inside = strip(rstrip(text, "."), "[](){} ");
  if (text.startsWith("[") && !re.search(_PUNCTUATION, text)) return inside.split(/\s+/).filter(Boolean); // as Go prints a slice
  return re.split(_SPLIT, inside).map((part) => strip(part, " '[]")).filter(Boolean);
}

module.exports = { Float, convert };
