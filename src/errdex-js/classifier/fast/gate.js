// Fast path: rules out texts that cannot report an error, such as most log lines, by their words alone. Twin of
// classifier/fast/gate.py.
"use strict";

const { ERROR_OBJECT } = require("../../constants")("read.body_keys");
const { _ESCAPED_CHARACTER, _ESCAPED_LETTER } = require("../../constants")("classifier.fast.gate");
const { findNumbers } = require("../../read/signals/numbers");
const { mayBePage, normalise } = require("../../rules/normal_form");
const { isascii } = require("../../runtime/text");
const { ESCAPED_BLANK, STATUS_WORDS } = require("../../rules/tokens");
const { findall, search, sub } = require("../../runtime/re");
const { isSubset, union } = require("../../runtime/sets");

class Gate {
  constructor(vocabulary) {
    this.vocabulary = vocabulary;
  }

  /** The telling words of a text, including those after escapes. */
  wordsIn(text) {
    const seen = this.vocabulary.wordsIn(text);
    if (!text.includes("\\")) return seen;
    // A Markdown escape splits a word in two; a JSON escape sticks to the next word, or is a character that is one.
    const letter = (found) => String.fromCharCode(parseInt(found.g(1), 16)).toLowerCase();
    const low = sub(_ESCAPED_LETTER, letter, text.toLowerCase());
    const unescaped = sub(ESCAPED_BLANK, " ", low.replace(/(?<!\\)\\+_/g, "_"));
    const characters = findall(_ESCAPED_CHARACTER, low).map((code) => String.fromCharCode(parseInt(code, 16)));
    return union(seen, this.vocabulary.wordsIn(unescaped + characters.join("")));
  }

  /** Whether a text without any template's key words can report an error, given its trigger words. */
  mayReport(text, triggers) {
    if (triggers.size && (!isascii(text) || mayBePage(text))) text = normalise(text); // a quote or tag before a status
    if (triggers.size && (!isSubset(triggers, STATUS_WORDS) || this.mayHoldStatus(text, triggers))) return true;
    return text.includes("rror") && text.includes("{") && search(ERROR_OBJECT, text) !== null;
  }

  mayHoldStatus(text, statuses) {
    const { beforeStatuses, providers } = this.vocabulary;
    return findNumbers(text, statuses, providers.names, 0, beforeStatuses).length > 0;
  }
}

module.exports = { Gate };
