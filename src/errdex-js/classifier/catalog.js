// The facade: turns raw text into evidence, evidence into ranked candidates, and the best one into the answer. Twin of
// classifier/catalog.py, for texts without hints.
"use strict";

const { Rules } = require("../rules/compiled");
const { Closest } = require("./closest");
const { Fast } = require("./fast/engine");
const { Full } = require("./full");

class Catalog {
  /** `data` is the parsed content of data/rules.json, `weights` that of data/weights.json. */
  constructor(data, weights) {
    const rules = new Rules(data);
    this.full = new Full(rules, weights);
    this.fast = new Fast(this.full);
    this.nearest = new Closest(rules);
  }

  /** The answer for an error: an object with the keys of Classification.to_dict(). */
  classify(text) {
    return this.fast.classify(text);
  }

  /** The answer for a text of which nobody says that it is an error; `basis` is "none" if it is none. */
  detect(text) {
    return this.fast.detect(text);
  }

  /** Ids of up to `count` entries whose messages share the most words with a text, best first. */
  closest(text, count) {
    return this.nearest.to(text, count);
  }
}

module.exports = { Catalog };
