// Splits texts into the words of the word index. Twin of rules/tokens.py, with strings instead of bytes.
"use strict";

const { ESCAPED_BLANK, STATUS_WORDS } = require("../constants")("rules.tokens");

/** The words of a text: runs of ASCII letters, digits and underscores, in lower case. */
function words(text) {
  return (text.match(/[A-Za-z0-9_]+/g) ?? []).map((word) => word.toLowerCase());
}

/** The letters and digits of a text that are in no word: each one that is not ASCII is a word of its own. */
function characters(text) {
  return text.match(/[^\x00-\x7f]/gu)?.filter((char) => /[\p{L}\p{N}]/u.test(char)) ?? [];
}

module.exports = { ESCAPED_BLANK, STATUS_WORDS, characters, words };
