// Texts that cannot report an error: what most lines of most logs are, told by their words alone; the same as
// classifier/fast/gate.py.
"use strict";

const { ERROR_OBJECT } = require("../../constants")("read.body_keys");
const { findNumbers } = require("../../read/signals/numbers");
const { STATUS_WORDS } = require("../../rules/tokens");
const { search } = require("../../runtime/re");
const { isSubset } = require("../../runtime/sets");

class Gate {
  constructor(vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** Whether a text without a template's key words can report an error, by its trigger words. */
  mayReport(text, triggers) {
    const { names } = this.vocabulary.providers;
    if (triggers.size && (!isSubset(triggers, STATUS_WORDS) || findNumbers(text, triggers, names).length)) return true;
    return text.includes("rror") && text.includes("{") && search(ERROR_OBJECT, text) !== null;
  }
}

module.exports = { Gate };
