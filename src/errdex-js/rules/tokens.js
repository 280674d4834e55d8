// Splits texts into the words of the word index. Twin of rules/tokens.py, with strings instead of bytes.
"use strict";

const { ESCAPED_BLANK, STATUS_WORDS } = require("../constants")("rules.tokens");

/** The words of a text: runs of ASCII letters, digits and underscores, in lower case. */
function words(text) {
  return (text.match(/[A-Za-z0-9_]+/g) ?? []).map((word) => word.toLowerCase());
}

/** The longest word of a name; of several, the first, as with Python's max(). */
function longestWord(name) {
  return words(name).reduce((longest, word) => (word.length > longest.length ? word : longest));
}

module.exports = { ESCAPED_BLANK, STATUS_WORDS, longestWord, words };
