// Texts that are JSON from their first character to their last. Twin of read/json_text.py.
"use strict";

const json = require("../runtime/json");
const { lstrip } = require("../runtime/text");

/** Parse a text that is a JSON object or list; null for any other text. */
function asJson(text) {
  const isObject = "{[ \n\t".includes(text.slice(0, 1)) && ["{", "["].includes(lstrip(text).slice(0, 1));
  return isObject ? json.parse(text) : null;
}

module.exports = { asJson };
