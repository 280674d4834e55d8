// Finds the entries whose messages are most similar to an unknown text, by shared words. Only the site's page uses it.
"use strict";

const { words } = require("../rules/tokens");
const { compare } = require("../runtime/sorting");

class Closest {
  constructor(rules) {
    this.rules = rules;
    this.keys = new Map();
    for (const [first, rows] of rules.words) {
      for (const [second, third, template] of rows) this.keys.set(template, new Set([first, second, third]));
    }
    this.weights = null;
  }

  to(text, count) {
    const seen = new Set(words(text));
    const best = new Map();
    for (const [number, keys] of this.keys) {
      let shared = 0;
      for (const key of keys) if (seen.has(key)) shared++;
      if (!shared) continue;
      const { id } = this.rules.entries[this.rules.templates[number].entry];
      const rank = [-shared, -this.likeness(number, seen), id];
      if (!best.has(id) || compare(rank, best.get(id)) < 0) best.set(id, rank);
    }
    return Array.from(best.values()).sort(compare).slice(0, count).map((rank) => rank[2]);
  }

  /** The share of a template's words that occur in a text; rare words count for more. */
  likeness(number, seen) {
    this.weights ??= this.weigh();
    let [all, shared] = [0, 0];
    for (const word of this.wordsOf(number)) {
      const weight = this.weights.get(word);
      all += weight;
      if (seen.has(word)) shared += weight;
    }
    return all ? shared / all : 0;
  }

  wordsOf(number) {
    return new Set(words(this.rules.templates[number].parts.filter((part) => typeof part === "string").join(" ")));
  }

  weigh() {
    const uses = new Map();
    const size = this.rules.templates.length;
    for (let number = 0; number < size; number++) {
      for (const word of this.wordsOf(number)) uses.set(word, (uses.get(word) ?? 0) + 1);
    }
    return new Map(Array.from(uses, ([word, used]) => [word, Math.log((size + 1) / used)]));
  }
}

module.exports = { Closest };
