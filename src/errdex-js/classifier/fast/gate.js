// Texts that cannot report an error: what most lines of most logs are, told by their words alone; the same as
// classifier/fast/gate.py.
"use strict";

const { ERROR_OBJECT } = require("../../constants")("read.body_keys");
const { findNumbers } = require("../../read/signals/numbers");
const { ESCAPED_BLANK, STATUS_WORDS } = require("../../rules/tokens");
const { search, sub } = require("../../runtime/re");
const { isSubset, union } = require("../../runtime/sets");

class Gate {
  constructor(vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Those words of a text that tell anything, those behind escapes too. */
  wordsIn(text) {
    const seen = this.vocabulary.wordsIn(text);
    if (!text.includes("\\")) return seen;
    // Markdown's escape cuts a word in two, one of JSON clings to the next word.
    return union(seen, this.vocabulary.wordsIn(sub(ESCAPED_BLANK, " ", text.toLowerCase().replace(/(?<!\\)\\+_/g, "_"))));
  }

  /** Whether a text without a template's key words can report an error, by its trigger words. */
  mayReport(text, triggers) {
    const { names } = this.vocabulary.providers;
    if (triggers.size && (!isSubset(triggers, STATUS_WORDS) || findNumbers(text, triggers, names).length)) return true;
    return text.includes("rror") && text.includes("{") && search(ERROR_OBJECT, text) !== null;
  }
}

module.exports = { Gate };
