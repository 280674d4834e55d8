// Words of a text: what the word index is made of; the same as rules/tokens.py, with texts for bytes.
"use strict";

const constants = require("../constants")("rules.tokens");
const { wordsIn } = require("../runtime/text");

const STATUS_WORDS = new Set(constants.STATUS_WORDS);

function words(text) {
  return (text.match(/[A-Za-z0-9_]+/g) ?? []).map((word) => word.toLowerCase());
}

/** The first of the longest, as Python's max() gives it. */
function longestWord(name) {
  return words(name).reduce((longest, word) => (word.length > longest.length ? word : longest));
}

module.exports = { STATUS_WORDS, words, wordsIn, longestWord };
