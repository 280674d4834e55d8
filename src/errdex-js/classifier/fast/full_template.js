// Fast path: a full template outranks everything else, so families, codes, classes and statuses are skipped. Twin
// of classifier/fast/full_template.py.
"use strict";

const { FULL } = require("../../decide/candidate");
const { standsAlone } = require("../../match/template_matcher");

class FullTemplates {
  constructor(rules, decider) {
    this.rules = rules;
    this.decider = decider;
  }

  /** The best candidate, or null; `matches` are the templates already found in the messages. */
  best(evidence, matches) {
    const [first] = this.decider.order([...this.full(evidence, evidence.providers, matches)]);
    if (first && first.rank === FULL) return first;
    return this.decider.candidates(evidence, matches)[0] ?? null;
  }

  /** The candidates of messages, except families and those that a longer message is sure to outrank. */
  *full(evidence, pointed, matches) {
    const { byMessage } = this.decider;
    for (const message of evidence.messages) {
      let enough = 0;
      const possible = matches.possible(message);
      for (const number of possible) {
        const template = this.rules.templates[number];
        if (template.literal < enough) break;
        if (this.rules.entries[template.entry].kind === "family") continue;
        const candidate = byMessage.candidate(number, message, evidence, pointed, matches);
        if (candidate === null) continue;
        const found = matches.find(message, number);
        const decides = candidate.rank === FULL && !candidate.cut && (candidate.cue || !pointed.length);
        if (decides && number !== possible.at(-1) && standsAlone(found, message.text)) {
          enough = found.literal; // nothing shorter can win
        }
        yield candidate;
      }
    }
  }
}

module.exports = { FullTemplates };
