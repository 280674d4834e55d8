// The facade: raw text → evidence → candidates in one total order → the answer; the same as classifier/catalog.py, for
// texts without hints.
"use strict";

const { Rules } = require("../rules/compiled");
const { Closest } = require("./closest");
const { Fast } = require("./fast/engine");
const { Full } = require("./full");

class Catalog {
  /** `data` is the content of data/rules.json. */
  constructor(data) {
    const rules = new Rules(data);
    this.full = new Full(rules);
    this.fast = new Fast(this.full);
    this.nearest = new Closest(rules);
  }

  /** The answer for a text: an object with the keys of Classification.to_dict(). `basis` is "none" for no error. */
  classify(text) {
    return this.fast.classify(text);
  }

  /** Ids of up to `count` entries whose messages share most words with a text, best first. */
  closest(text, count) {
    return this.nearest.to(text, count);
  }
}

module.exports = { Catalog };
