// Words of a text: what the word index is made of; the same as rules/tokens.py, with texts for bytes.
"use strict";

const { ESCAPED_BLANK, STATUS_WORDS } = require("../constants")("rules.tokens");

/** Runs of ASCII letters, digits and underscores, in lower case. */
function words(text) {
  return (text.match(/[A-Za-z0-9_]+/g) ?? []).map((word) => word.toLowerCase());
}

/** The first of the longest words of a name, as Python's max() gives it. */
function longestWord(name) {
  return words(name).reduce((longest, word) => (word.length > longest.length ? word : longest));
}

module.exports = { ESCAPED_BLANK, STATUS_WORDS, longestWord, words };
