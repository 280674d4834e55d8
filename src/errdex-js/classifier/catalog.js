// The facade: turns raw text into evidence, evidence into ranked candidates, and the best one into the answer. Twin of
// classifier/catalog.py, for texts without hints.
"use strict";

const { Rules } = require("../rules/compiled");
const { Closest } = require("./closest");
const { Fast } = require("./fast/engine");
const { Full } = require("./full");

class Catalog {
  /** `data` is the parsed content of data/rules.json. */
  constructor(data) {
    const rules = new Rules(data);
    this.full = new Full(rules);
    this.fast = new Fast(this.full);
    this.nearest = new Closest(rules);
  }

  /** The answer for a text: an object with the keys of Classification.to_dict(); `basis` is "none" if no error. */
  classify(text) {
    return this.fast.classify(text);
  }

  /** Ids of up to `count` entries whose messages share the most words with a text, best first. */
  closest(text, count) {
    return this.nearest.to(text, count);
  }
}

module.exports = { Catalog };
